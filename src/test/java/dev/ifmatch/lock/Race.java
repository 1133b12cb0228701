package dev.ifmatch.lock;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Runs two actions at the same moment, as nearly as threads can. */
final class Race implements AutoCloseable {
  private final ExecutorService opponent = Executors.newSingleThreadExecutor();

  /** Returns when both are over. */
  void run(Runnable one, Runnable other) {
    AtomicInteger ready = new AtomicInteger();
    Future<?> second = opponent.submit(() -> startTogether(ready, other));
    startTogether(ready, one);
    try {
      second.get(20, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("the other side of a race failed", e);
    }
  }

  private static void startTogether(AtomicInteger ready, Runnable action) {
    ready.incrementAndGet();
    for (int spins = 0; ready.get() < 2; spins++) {
      if (spins < 10_000) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(1); // the other thread needs a processor to come
      }
    }
    action.run();
  }

  @Override
  public void close() {
    opponent.shutdownNow();
  }
}
