package dev.ifmatch.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.lock.ResourceLock.Denial;
import dev.ifmatch.lock.ResourceLock.Lease;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what it is told, and how often. */
final class RecordingWaiter implements ResourceLock.Waiter {
  private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();
  private final AtomicInteger times = new AtomicInteger();

  @Override
  public void onGranted(Lease lease) {
    times.incrementAndGet();
    told.add(lease);
  }

  @Override
  public void onRefused(Denial denial) {
    times.incrementAndGet();
    told.add(denial);
  }

  /** Waits for a grant; fails on a refusal, or after long. */
  Lease lease() {
    return answer(Lease.class);
  }

  /** Waits for a refusal; fails on a grant, or after long. */
  Denial denial() {
    return answer(Denial.class);
  }

  int timesTold() {
    return times.get();
  }

  /** Gives back what it holds, if it was granted anything. */
  void releaseIfGranted() {
    if (told.peek() instanceof Lease lease) {
      lease.release(Optional.empty());
    }
  }

  /** Waits for either, and tells whether it was a grant. */
  boolean awaitAnswerAndRelease() {
    Object answer = answer(Object.class);
    if (answer instanceof Lease lease) {
      lease.release(Optional.empty());
    }
    return answer instanceof Lease;
  }

  private <T> T answer(Class<T> type) {
    try {
      Object answer = told.poll(10, TimeUnit.SECONDS);
      assertThat(answer).as("what the waiter was told").isInstanceOf(type);
      return type.cast(answer);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
