package dev.ifmatch.lock;

import dev.ifmatch.policy.ResourceKey;
import dev.ifmatch.policy.Sighting;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Locks within one process. A key that nobody holds takes no memory.
 *
 * <p>All that happens to one key happens inside the map's {@code compute} for it, one after the
 * other; waiters are told outside.
 */
public final class LocalLock implements ResourceLock {
  private final ConcurrentMap<ResourceKey, Deque<Ticket>> queues = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer;
  private volatile int maxWaiting;

  /**
   * A lock without holders.
   *
   * @param timer ends waiting and grace times; must outlive the lock
   * @param maxWaiting how many claims may wait for one key, beside its holder
   */
  public LocalLock(ScheduledExecutorService timer, int maxWaiting) {
    this.timer = timer;
    this.maxWaiting = maxWaiting;
  }

  @Override
  public Claim acquire(ResourceKey key, Duration wait, Waiter waiter) {
    Ticket ticket = new Ticket(key, waiter);
    queues.compute(key, (k, waiting) -> ticket.enter(waiting));
    switch (ticket.entered) {
      case GRANTED -> waiter.onGranted(ticket);
      case REFUSED -> waiter.onRefused(Denial.QUEUE_FULL);
      default -> ticket.expireAfter(wait);
    }
    return ticket;
  }

  /** Lets so many claims wait for one key from now on; those that wait already stay. */
  public void allowWaiting(int most) {
    maxWaiting = most;
  }

  /** How many keys are held. */
  public int heldKeys() {
    return queues.size();
  }

  private enum State {
    WAITING,
    GRANTED,
    /** Released, but kept from the next for a while. */
    GRACE,
    REFUSED,
    ENDED
  }

  /** One claim and, once granted, its lease. The state changes only inside {@code compute}. */
  private final class Ticket implements Claim, Lease {
    private final ResourceKey key;
    private final Waiter waiter;
    private volatile State state = State.WAITING;

    /** As {@code enter} left it: by now, others may have granted the lock and told the waiter. */
    private State entered = State.WAITING;

    private volatile Optional<Sighting> sighting = Optional.empty();
    private volatile Optional<Future<?>> expiry = Optional.empty();

    Ticket(ResourceKey key, Waiter waiter) {
      this.key = key;
      this.waiter = waiter;
    }

    /** A key without a queue is free; an empty queue is that of a holder whom nobody follows. */
    Deque<Ticket> enter(Deque<Ticket> waiting) {
      if (waiting == null) {
        entered = State.GRANTED;
      } else if (waiting.size() >= maxWaiting) {
        entered = State.REFUSED;
      } else {
        waiting.addLast(this);
      }
      state = entered;
      return waiting == null ? new ArrayDeque<>(0) : waiting;
    }

    void expireAfter(Duration wait) {
      expiry = Optional.of(timer.schedule(this::expire, wait.toNanos(), TimeUnit.NANOSECONDS));
      if (state != State.WAITING) {
        cancelExpiry(); // the grant came before there was a timer to cancel
      }
    }

    private void expire() {
      if (become(State.WAITING, State.REFUSED)) {
        waiter.onRefused(Denial.TIMED_OUT);
      }
    }

    /** Leaves one state for another, and the queue; does nothing in any other state. */
    private boolean become(State from, State to) {
      boolean[] done = new boolean[1];
      queues.computeIfPresent(
          key,
          (k, waiting) -> {
            if (state == from) {
              state = to;
              waiting.remove(this);
              done[0] = true;
            }
            return waiting;
          });
      return done[0];
    }

    @Override
    public void abandon() {
      become(State.WAITING, State.ENDED);
      cancelExpiry();
      release(Optional.empty());
    }

    @Override
    public Optional<Sighting> sighting() {
      return sighting;
    }

    @Override
    public void release(Optional<Sighting> seen) {
      handOn(State.GRANTED, seen);
    }

    private void handOn(State from, Optional<Sighting> seen) {
      Ticket[] next = new Ticket[1];
      queues.computeIfPresent(
          key,
          (k, waiting) -> {
            if (state != from) {
              return waiting;
            }
            state = State.ENDED;
            next[0] = waiting.pollFirst();
            if (next[0] == null) {
              return null;
            }
            next[0].sighting = seen;
            next[0].state = State.GRANTED;
            return waiting;
          });
      if (next[0] != null) {
        next[0].cancelExpiry();
        next[0].waiter.onGranted(next[0]);
      }
    }

    @Override
    public void releaseAfter(Duration grace) {
      if (become(State.GRANTED, State.GRACE)) {
        timer.schedule(
            () -> handOn(State.GRACE, Optional.empty()), grace.toNanos(), TimeUnit.NANOSECONDS);
      }
    }

    private void cancelExpiry() {
      expiry.ifPresent(future -> future.cancel(false));
    }
  }
}
