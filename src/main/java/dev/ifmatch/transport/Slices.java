package dev.ifmatch.transport;

import dev.ifmatch.exchange.BodyObserver;
import io.netty.channel.EventLoop;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Lets an observer finish, slice by slice, so that the event loop serves others in between; one
 * observer at a time. Confined to that loop.
 */
final class Slices {

  /** For whom something is finished. */
  interface Owner {
    /** Ends it all after an unexpected error: what an observer threw, or what follows it. */
    void crash(Throwable cause);
  }

  private final EventLoop loop;
  private final Owner owner;
  private Optional<Future<?>> next = Optional.empty();

  Slices(EventLoop loop, Owner owner) {
    this.loop = loop;
    this.owner = owner;
  }

  /**
   * Does the first slice, and the others in turns of their own.
   *
   * @param then comes behind the last slice, perhaps before this returns; never once cancelled
   */
  void finish(BodyObserver observer, Runnable then) {
    next = Optional.empty();
    try {
      if (observer.finish()) {
        then.run();
      } else {
        // by the clock: before the loop looks at its connections again, it executes whatever it is
        // given, also what it is given meanwhile
        next = Optional.of(loop.schedule(() -> finish(observer, then), 0, TimeUnit.NANOSECONDS));
      }
    } catch (RuntimeException | Error bug) {
      owner.crash(bug);
    }
  }

  /** What is not finished stays so. */
  void cancel() {
    next.ifPresent(slice -> slice.cancel(false));
    next = Optional.empty();
  }
}
