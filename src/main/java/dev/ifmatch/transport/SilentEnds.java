package dev.ifmatch.transport;

import java.time.Duration;

/**
 * Remembers for a while that the origin ended a connection right behind an answer without having
 * said so. To one that does, a write on a kept connection would go astray. Shared by all event
 * loops; thread-safe.
 */
final class SilentEnds {
  private static final long MEMORY_NANOS = Duration.ofMinutes(1).toNanos();

  private volatile long forgottenAt = System.nanoTime();

  void onSeen() {
    forgottenAt = System.nanoTime() + MEMORY_NANOS;
  }

  /** Whether one was seen lately. */
  boolean isRecent() {
    return forgottenAt - System.nanoTime() > 0;
  }
}
