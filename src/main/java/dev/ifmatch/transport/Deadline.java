package dev.ifmatch.transport;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Calls back when nothing was touched for a time. Touching is cheap: a task that is under way is
 * not rescheduled, but looks again when its time has come. Confined to its event loop.
 */
final class Deadline implements Runnable {
  private final EventLoop loop;
  private long nanos;
  private final Runnable onReached;
  private long touchedAt;
  private long looksAt;
  private boolean running;
  private Optional<Future<?>> task = Optional.empty();

  Deadline(EventLoop loop, Duration time, Runnable onReached) {
    this.loop = loop;
    this.nanos = time.toNanos();
    this.onReached = onReached;
  }

  /** Starts over with another time. */
  void touch(Duration time) {
    nanos = time.toNanos();
    touch();
  }

  /** Starts over: the time counts from now. */
  void touch() {
    touchedAt = System.nanoTime();
    running = true;
    if (task.isPresent() && looksAt - touchedAt > nanos) {
      task.get().cancel(false); // it would look too late
      task = Optional.empty();
    }
    if (task.isEmpty()) {
      schedule(nanos);
    }
  }

  /** How long ago it was touched last. */
  long elapsedNanos() {
    return System.nanoTime() - touchedAt;
  }

  /** Calls back no more, until it is touched again. */
  void stop() {
    running = false;
  }

  @Override
  public void run() {
    task = Optional.empty();
    if (!running) {
      return;
    }
    long left = nanos - elapsedNanos();
    if (left > 0) {
      schedule(left);
    } else {
      running = false;
      onReached.run();
    }
  }

  private void schedule(long delayNanos) {
    looksAt = System.nanoTime() + delayNanos;
    task = Optional.of(loop.schedule(this, delayNanos, TimeUnit.NANOSECONDS));
  }
}
