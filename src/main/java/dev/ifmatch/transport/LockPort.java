package dev.ifmatch.transport;

import dev.ifmatch.lock.ResourceLock;
import dev.ifmatch.lock.ResourceLock.Denial;
import dev.ifmatch.lock.ResourceLock.Lease;
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

  /** Who is told, on the event loop. */
  interface Listener {
    void onLockGranted(Optional<Sighting> sighting);

    void onLockRefused(Denial denial);
  }

  private final ResourceLock lock;
  private final EventLoop loop;
  private final Listener listener;
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

  LockPort(ResourceLock lock, EventLoop loop, Listener listener) {
    this.lock = lock;
    this.loop = loop;
    this.listener = listener;
  }

  /** Takes one lock after the other. */
  void acquire(List<ResourceKey> all, Duration wait) {
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
  void abandonOrReleaseAfter(Duration grace) {
    if (!leases.isEmpty() && leases.size() == keys.size()) {
      releaseAfter(grace);
    } else {
      abandon();
    }
  }

  /** Releases after a while, in which a write may still be going on. */
  void releaseAfter(Duration grace) {
    List<Lease> held = leases;
    leases = List.of();
    try {
      held.forEach(lease -> lease.releaseAfter(grace));
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
      listener.onLockGranted(sighting);
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
            listener.onLockRefused(denial);
          }
        });
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
