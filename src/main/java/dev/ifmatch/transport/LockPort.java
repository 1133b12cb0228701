package dev.ifmatch.transport;

import dev.ifmatch.lock.ResourceLock;
import dev.ifmatch.lock.ResourceLock.Denial;
import dev.ifmatch.lock.ResourceLock.Lease;
import dev.ifmatch.policy.ResourceKey;
import dev.ifmatch.policy.Sighting;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;

/**
 * One exchange's dealings with the lock, brought onto the exchange's event loop. Only {@link
 * ResourceLock}'s own calls come from other threads.
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
  private boolean acquiring;
  private boolean abandoned;
  private Optional<ResourceLock.Claim> claim = Optional.empty();
  private Optional<Lease> lease = Optional.empty();

  LockPort(ResourceLock lock, EventLoop loop, Listener listener) {
    this.lock = lock;
    this.loop = loop;
    this.listener = listener;
  }

  void acquire(ResourceKey key, Duration wait) {
    acquiring = true;
    claim = Optional.of(lock.acquire(key, wait, this));
    acquiring = false;
  }

  void abandon() {
    abandoned = true;
    claim.ifPresent(ResourceLock.Claim::abandon);
  }

  void release(Optional<Sighting> sighting) {
    lease.ifPresent(held -> held.release(sighting));
    lease = Optional.empty();
  }

  /** Ends these dealings however they stand: gives up waiting, or releases after a while. */
  void abandonOrReleaseAfter(Duration grace) {
    if (lease.isPresent()) {
      releaseAfter(grace);
    } else {
      abandon();
    }
  }

  /** Releases after a while, in which a write may still be going on. */
  void releaseAfter(Duration grace) {
    Optional<Lease> held = lease;
    lease = Optional.empty();
    try {
      held.ifPresent(l -> l.releaseAfter(grace));
    } catch (RejectedExecutionException stopping) {
      // the proxy ends with this write still undecided: nobody can wait for the lock any more
    }
  }

  @Override
  public void onGranted(Lease granted) {
    onLoop(
        () -> {
          if (!abandoned) {
            lease = Optional.of(granted);
            listener.onLockGranted(granted.sighting());
          }
        });
  }

  @Override
  public void onRefused(Denial denial) {
    onLoop(
        () -> {
          if (!abandoned) {
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
