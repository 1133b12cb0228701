package dev.ifmatch.balance;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * A number of permits, and a bounded queue for those who come when there is none: whoever has
 * waited the longest is given the next. Thread-safe.
 *
 * <p>As long as nobody waits, taking and giving back is one atomic operation. Who begins to wait
 * first says so and then looks once more for a permit, and who gives one back does that first and
 * then looks whether anybody waits: so one of the two sees the other.
 */
public final class Permits {
  private volatile int most;
  private volatile int mostWaiting;
  private final AtomicInteger taken = new AtomicInteger();

  /** Guarded by itself. */
  private final Set<Waiter> queue = new LinkedHashSet<>();

  private volatile int waiting;

  /** Who waits for a permit; told by whoever gave one back, so it must not block. */
  @FunctionalInterface
  public interface Waiter {
    /** The permit is there; from now on it must be given back. */
    void onGranted();
  }

  /** What comes of asking for a permit. */
  public enum Entry {
    GRANTED,
    /** It will be granted later, see {@link Waiter#onGranted}, unless the queue is left before. */
    WAITING,
    /** Too many wait already. */
    REFUSED
  }

  /**
   * Permits of which none is taken.
   *
   * @param most how many there are, at least 1
   * @param mostWaiting how many may wait for one
   */
  public Permits(int most, int mostWaiting) {
    resize(most, mostWaiting);
  }

  /** Has other numbers hold; who is in the queue stays there, and who has a permit keeps it. */
  public void resize(int permits, int places) {
    if (permits < 1 || places < 0) {
      throw new IllegalArgumentException("%d permits, %d waiting".formatted(permits, places));
    }
    List<Waiter> granted;
    synchronized (queue) {
      most = permits;
      mostWaiting = places;
      granted = grant();
    }
    granted.forEach(Waiter::onGranted);
  }

  /** Takes a permit, or a place in the queue. A waiter must not be in it already. */
  public Entry acquire(Waiter waiter) {
    if (waiting == 0 && take()) {
      return Entry.GRANTED;
    }
    List<Waiter> granted;
    synchronized (queue) {
      if (queue.size() >= mostWaiting) {
        return queue.isEmpty() && take() ? Entry.GRANTED : Entry.REFUSED;
      }
      queue.add(waiter);
      waiting = queue.size();
      granted = grant();
    }
    boolean own = granted.remove(waiter);
    granted.forEach(Waiter::onGranted);
    return own ? Entry.GRANTED : Entry.WAITING;
  }

  /** Gives a permit back. */
  public void release() {
    if (taken.getAndDecrement() < 1) {
      throw new IllegalStateException("more permits are given back than were taken");
    }
    if (waiting > 0) {
      List<Waiter> granted;
      synchronized (queue) {
        granted = grant();
      }
      granted.forEach(Waiter::onGranted);
    }
  }

  /**
   * Leaves the queue.
   *
   * @return false if it is too late: the permit was granted, and must be given back
   */
  public boolean leave(Waiter waiter) {
    synchronized (queue) {
      boolean left = queue.remove(waiter);
      waiting = queue.size();
      return left;
    }
  }

  /**
   * Hands the caller's permit on to the one who has waited the longest, if it is acceptable; that
   * one is taken from the queue, and is not told.
   */
  public Optional<Waiter> handOn(Predicate<Waiter> acceptable) {
    synchronized (queue) {
      Iterator<Waiter> waiters = queue.iterator();
      if (!waiters.hasNext()) {
        return Optional.empty();
      }
      Waiter first = waiters.next();
      if (!acceptable.test(first)) {
        return Optional.empty();
      }
      waiters.remove();
      waiting = queue.size();
      return Optional.of(first);
    }
  }

  /** How many wait now. */
  public int waiting() {
    return waiting;
  }

  /** How many are taken now. */
  public int taken() {
    return taken.get();
  }

  private boolean take() {
    for (int now = taken.get(); now < most; now = taken.get()) {
      if (taken.compareAndSet(now, now + 1)) {
        return true;
      }
    }
    return false;
  }

  /** Takes from the queue whom there are permits for. */
  private List<Waiter> grant() {
    List<Waiter> granted = new ArrayList<>();
    Iterator<Waiter> waiters = queue.iterator();
    while (waiters.hasNext() && take()) {
      granted.add(waiters.next());
      waiters.remove();
    }
    waiting = queue.size();
    return granted;
  }
}
