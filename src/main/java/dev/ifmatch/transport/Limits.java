package dev.ifmatch.transport;

import java.time.Duration;
import java.util.Optional;

/**
 * How much and how long.
 *
 * @param maxTargetBytes the longest request target; beyond it 414
 * @param maxHeadBytes the largest request head, target included; beyond it 431
 * @param maxBodyBytes the largest body of a guarded write; beyond it 413
 * @param bodyMemoryBytes how much of such a body stays in memory; what is beyond goes to a file
 * @param tagBufferBytes the largest answer that is kept until its tag is known
 * @param conflictCacheBytes how much is kept of what clients have read, to tell what has changed
 * @param lockQueue how many writes may wait for one resource, beside the one in progress
 * @param lockWait how long a write may wait for its turn
 * @param origin how much and how long with the origins
 * @param clientTimeout how long a client may be silent, or read nothing, or take for a request head
 * @param tunnelIdle how long nothing may pass, either way, once a protocol was switched
 * @param exchangeTimeout how long a request and its answer may take in all; empty for any time
 * @param grace how long a resource stays locked after a write whose outcome is unknown
 * @param drain how long requests in flight may take when the proxy is stopped
 */
public record Limits(
    int maxTargetBytes,
    int maxHeadBytes,
    long maxBodyBytes,
    int bodyMemoryBytes,
    int tagBufferBytes,
    int conflictCacheBytes,
    int lockQueue,
    Duration lockWait,
    OriginLimits origin,
    Duration clientTimeout,
    Duration tunnelIdle,
    Optional<Duration> exchangeTimeout,
    Duration grace,
    Duration drain) {

  /**
   * Checks the amounts.
   *
   * @throws IllegalArgumentException if a size leaves no room for a request, or a count is negative
   */
  public Limits {
    atLeast(16, maxTargetBytes, "the longest request target");
    atLeast(256, maxHeadBytes, "the largest request head");
    atLeast(0, maxBodyBytes, "the largest body");
    atLeast(0, bodyMemoryBytes, "the memory for a body");
    atLeast(0, tagBufferBytes, "the tag buffer");
    atLeast(0, conflictCacheBytes, "the conflict cache");
    atLeast(0, lockQueue, "the lock queue");
  }

  /** What holds where nothing else is said. */
  public static final Limits DEFAULT =
      new Limits(
          8 << 10,
          32 << 10,
          100L << 20,
          64 << 10,
          1 << 20,
          16 << 20,
          256,
          Duration.ofSeconds(5),
          OriginLimits.DEFAULT,
          Duration.ofSeconds(60),
          Duration.ofHours(1),
          Optional.empty(),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30));

  private static void atLeast(long least, long value, String what) {
    if (value < least) {
      throw new IllegalArgumentException("%s is %d, below %d".formatted(what, value, least));
    }
  }
}
