package dev.ifmatch.transport;

import java.time.Duration;

/** The default limits but for some, which are named. */
final class LimitsBuilder {
  private int maxTargetBytes = Limits.DEFAULT.maxTargetBytes();
  private int maxHeadBytes = Limits.DEFAULT.maxHeadBytes();
  private long maxBodyBytes = Limits.DEFAULT.maxBodyBytes();
  private int bodyMemoryBytes = Limits.DEFAULT.bodyMemoryBytes();
  private int tagBufferBytes = Limits.DEFAULT.tagBufferBytes();
  private int conflictCacheBytes = Limits.DEFAULT.conflictCacheBytes();
  private int lockQueue = Limits.DEFAULT.lockQueue();
  private Duration lockWait = Limits.DEFAULT.lockWait();
  private Duration connectTimeout = Limits.DEFAULT.connectTimeout();
  private Duration originTimeout = Limits.DEFAULT.originTimeout();
  private Duration originIdle = Limits.DEFAULT.originIdle();
  private Duration clientTimeout = Limits.DEFAULT.clientTimeout();
  private Duration tunnelIdle = Limits.DEFAULT.tunnelIdle();
  private Duration grace = Limits.DEFAULT.grace();
  private Duration drain = Limits.DEFAULT.drain();

  static LimitsBuilder limits() {
    return new LimitsBuilder();
  }

  LimitsBuilder maxTarget(int bytes) {
    maxTargetBytes = bytes;
    return this;
  }

  LimitsBuilder maxHead(int bytes) {
    maxHeadBytes = bytes;
    return this;
  }

  LimitsBuilder maxBody(long bytes) {
    maxBodyBytes = bytes;
    return this;
  }

  LimitsBuilder bodyMemory(int bytes) {
    bodyMemoryBytes = bytes;
    return this;
  }

  LimitsBuilder tagBuffer(int bytes) {
    tagBufferBytes = bytes;
    return this;
  }

  LimitsBuilder conflictCache(int bytes) {
    conflictCacheBytes = bytes;
    return this;
  }

  LimitsBuilder lockQueue(int count) {
    lockQueue = count;
    return this;
  }

  LimitsBuilder lockWait(long millis) {
    lockWait = Duration.ofMillis(millis);
    return this;
  }

  LimitsBuilder connectTimeout(long millis) {
    connectTimeout = Duration.ofMillis(millis);
    return this;
  }

  LimitsBuilder originTimeout(long millis) {
    originTimeout = Duration.ofMillis(millis);
    return this;
  }

  LimitsBuilder originIdle(long millis) {
    originIdle = Duration.ofMillis(millis);
    return this;
  }

  LimitsBuilder clientTimeout(long millis) {
    clientTimeout = Duration.ofMillis(millis);
    return this;
  }

  LimitsBuilder tunnelIdle(long millis) {
    tunnelIdle = Duration.ofMillis(millis);
    return this;
  }

  LimitsBuilder grace(long millis) {
    grace = Duration.ofMillis(millis);
    return this;
  }

  LimitsBuilder drain(long millis) {
    drain = Duration.ofMillis(millis);
    return this;
  }

  Limits build() {
    return new Limits(
        maxTargetBytes,
        maxHeadBytes,
        maxBodyBytes,
        bodyMemoryBytes,
        tagBufferBytes,
        conflictCacheBytes,
        lockQueue,
        lockWait,
        connectTimeout,
        originTimeout,
        originIdle,
        clientTimeout,
        tunnelIdle,
        grace,
        drain);
  }
}
