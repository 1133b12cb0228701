package dev.ifmatch.transport;

import dev.ifmatch.exchange.BodyObserver;
import io.netty.channel.EventLoop;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Lets an observer finish, slice by slice, so that the event loop serves others in between; one
 * observer at a time. Confined to that loop.
 */
final class Slices {
  private final EventLoop loop;
  private final Consumer<Throwable> onBug;
  private Optional<Future<?>> next = Optional.empty();

  /**
   * Nothing to finish yet.
   *
   * @param onBug is told of what an observer throws, or what follows it
   */
  Slices(EventLoop loop, Consumer<Throwable> onBug) {
    this.loop = loop;
    this.onBug = onBug;
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
      onBug.accept(bug);
    }
  }

  /** What is not finished stays so. */
  void cancel() {
    next.ifPresent(slice -> slice.cancel(false));
    next = Optional.empty();
  }
}
