package dev.ifmatch.transport;

import dev.ifmatch.lock.ResourceLock;
import dev.ifmatch.lock.ResourceLock.Denial;
import dev.ifmatch.lock.ResourceLock.Lease;
import dev.ifmatch.policy.Refusal;
import dev.ifmatch.policy.ResourceKey;
import dev.ifmatch.policy.Sighting;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;

/**
 * One exchange's dealings with the locks that it needs, brought onto the exchange's event loop.
 * Only {@link ResourceLock}'s own calls come from other threads.
 */
final class LockPort implements ResourceLock.Waiter {

  private final ResourceLock lock;
  private final EventLoop loop;
  private final Limits limits;
  private final ExchangeEvents exchange;
  private List<ResourceKey> keys = List.of();

  /** When waiting ends, as {@link System#nanoTime} tells it. */
  private long waitUntil;

  private boolean acquiring;
  private boolean waiting;
  private boolean abandoned;
  private List<ResourceLock.Claim> claims = List.of();
  private List<Lease> leases = List.of();

  /** What the holder before saw last, if nobody can have written since. */
  private Optional<Sighting> sighting = Optional.empty();

  LockPort(ResourceLock lock, EventLoop loop, Limits limits, ExchangeEvents exchange) {
    this.lock = lock;
    this.loop = loop;
    this.limits = limits;
    this.exchange = exchange;
  }

  /** Takes one lock after the other. */
  void acquire(List<ResourceKey> all) {
    Duration wait = limits.lockWait();
    keys = all;
    claims = new ArrayList<>(all.size());
    leases = new ArrayList<>(all.size());
    waitUntil = System.nanoTime() + wait.toNanos();
    acquireNext(wait);
  }

  private void acquireNext(Duration wait) {
    acquiring = true;
    waiting = true;
    claims.add(lock.acquire(keys.get(leases.size()), wait, this));
    acquiring = false;
  }

  /** Whether the lock was asked for, and is still to be granted or refused. */
  boolean isWaiting() {
    return waiting;
  }

  void abandon() {
    waiting = false;
    abandoned = true;
    claims.forEach(ResourceLock.Claim::abandon);
  }

  void release(Optional<Sighting> seen) {
    leases.forEach(held -> held.release(seen));
    leases = List.of();
  }

  /** Ends these dealings however they stand: gives up waiting, or releases after a while. */
  void abandonOrReleaseAfterGrace() {
    if (!leases.isEmpty() && leases.size() == keys.size()) {
      releaseAfterGrace();
    } else {
      abandon();
    }
  }

  /** Releases after a while, in which a write may still be going on. */
  void releaseAfterGrace() {
    List<Lease> held = leases;
    leases = List.of();
    try {
      held.forEach(lease -> lease.releaseAfter(limits.grace()));
    } catch (RejectedExecutionException stopping) {
      // the proxy ends with this write still undecided: nobody can wait for the lock any more
    }
  }

  @Override
  public void onGranted(Lease granted) {
    onLoop(
        () -> {
          if (!abandoned) {
            hold(granted);
          }
        });
  }

  /** While another lock is waited for, who has that one may write what was seen before. */
  private void hold(Lease granted) {
    leases.add(granted);
    sighting = granted.sighting().or(() -> acquiring ? sighting : Optional.empty());
    if (leases.size() == keys.size()) {
      waiting = false;
      Optional<Sighting> seen = sighting;
      exchange.tell(machine -> machine.onLockGranted(seen));
    } else {
      acquireNext(Duration.ofNanos(Math.max(1, waitUntil - System.nanoTime())));
    }
  }

  @Override
  public void onRefused(Denial denial) {
    onLoop(
        () -> {
          if (!abandoned) {
            waiting = false;
            release(Optional.empty());
            tellRefused(denial);
          }
        });
  }

  private void tellRefused(Denial denial) {
    switch (denial) {
      case TIMED_OUT -> {
        String why = "%d ms".formatted(limits.lockWait().toMillis());
        exchange.tell(machine -> machine.onRefused(Refusal.LOCK_TIMEOUT, why));
      }
      case QUEUE_FULL -> {
        String why = "%d others are waiting already".formatted(limits.lockQueue());
        exchange.tell(machine -> machine.onRefused(Refusal.LOCK_QUEUE_FULL, why));
      }
    }
  }

  /**
   * Runs at once where it comes from within {@link #acquire}; else in a turn of its own, so that a
   * long queue does not unwind in one deep stack.
   */
  private void onLoop(Runnable event) {
    if (loop.inEventLoop() && acquiring) {
      event.run();
    } else {
      loop.execute(event);
    }
  }
}
