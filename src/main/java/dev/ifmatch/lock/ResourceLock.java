package dev.ifmatch.lock;

import dev.ifmatch.policy.ResourceKey;
import dev.ifmatch.policy.Sighting;
import java.time.Duration;
import java.util.Optional;

/**
 * One lock for each resource key, granted first come first served. Implementations are thread-safe.
 *
 * <p>Every claim ends in exactly one of three ways: it is granted, it is refused, or it is
 * abandoned before either was told.
 */
public interface ResourceLock {

  /**
   * Asks for the lock of a key. Never blocks.
   *
   * @param key what to lock
   * @param wait how long the claim may stand in the queue before it is refused
   * @param waiter who is told; on any thread, and perhaps before this method returns
   */
  Claim acquire(ResourceKey key, Duration wait, Waiter waiter);

  /** Who waits for a grant. Exactly one method is called, once, or none after an abandonment. */
  interface Waiter {
    /** The lock is held from now on, until the lease is released. */
    void onGranted(Lease lease);

    /** The lock will not be granted to this claim. */
    void onRefused(Denial denial);
  }

  /** One claim on a lock. */
  interface Claim {
    /**
     * Gives the claim up, whatever has become of it: it leaves the queue, or its lease goes to the
     * next. A grant that crosses this call on its way to the waiter is void.
     */
    void abandon();
  }

  /** The right to write one resource. Releasing it a second time does nothing. */
  interface Lease {
    /** What the holder before saw last, where the lock went from hand to hand. */
    Optional<Sighting> sighting();

    /** Gives the lock to the next, who is told what this holder saw. */
    void release(Optional<Sighting> sighting);

    /** Gives the lock to the next after a time in which a write may still be going on. */
    void releaseAfter(Duration grace);
  }

  /** Why a claim is refused. */
  enum Denial {
    /** It stood in the queue for as long as it may. */
    TIMED_OUT,
    /** The queue is as long as it may be. */
    QUEUE_FULL
  }
}
