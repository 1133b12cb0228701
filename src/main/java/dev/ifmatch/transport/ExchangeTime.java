package dev.ifmatch.transport;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** How long one exchange may take in all. Confined to its event loop. */
final class ExchangeTime {
  /** Any time, which is the same for all. */
  private static final ExchangeTime ANY = new ExchangeTime("");

  private final String words;
  private Optional<Future<?>> timer = Optional.empty();
  private boolean over;

  private ExchangeTime(String words) {
    this.words = words;
  }

  static ExchangeTime any() {
    return ANY;
  }

  /**
   * A time that begins now.
   *
   * @param onOver is run when it is over, unless it is stopped before
   */
  static ExchangeTime start(EventLoop loop, Duration time, Runnable onOver) {
    ExchangeTime started =
        new ExchangeTime("the exchange took longer than %d ms".formatted(time.toMillis()));
    started.timer =
        Optional.of(
            loop.schedule(
                () -> {
                  started.over = true;
                  onOver.run();
                },
                time.toNanos(),
                TimeUnit.NANOSECONDS));
    return started;
  }

  boolean isOver() {
    return over;
  }

  void stop() {
    timer.ifPresent(running -> running.cancel(false));
  }

  /** What is told of it: a clause that can stand behind "but". */
  String words() {
    return words;
  }
}
