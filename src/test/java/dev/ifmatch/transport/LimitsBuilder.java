package dev.ifmatch.transport;

import dev.ifmatch.balance.KnownName;
import java.time.Duration;
import java.util.Optional;

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
  private Duration connectTimeout = OriginLimits.DEFAULT.connectTimeout();
  private Duration headTimeout = OriginLimits.DEFAULT.patience().head();
  private Duration bodyTimeout = OriginLimits.DEFAULT.patience().body();
  private Duration originIdle = OriginLimits.DEFAULT.idle();
  private Duration originRest = OriginLimits.DEFAULT.rest();
  private int originConnections = OriginLimits.DEFAULT.connections();
  private int originQueue = OriginLimits.DEFAULT.queue();
  private Duration originWait = OriginLimits.DEFAULT.longestWait();
  private KnownName.Terms names = OriginLimits.DEFAULT.names();
  private Duration clientTimeout = Limits.DEFAULT.clientTimeout();
  private Duration tunnelIdle = Limits.DEFAULT.tunnelIdle();
  private Optional<Duration> exchangeTimeout = Limits.DEFAULT.exchangeTimeout();
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

  /** How long the origin may be silent: before its answer begins, and within a body. */
  LimitsBuilder originTimeout(long millis) {
    return headTimeout(millis).bodyTimeout(millis);
  }

  LimitsBuilder headTimeout(long millis) {
    headTimeout = Duration.ofMillis(millis);
    return this;
  }

  LimitsBuilder bodyTimeout(long millis) {
    bodyTimeout = Duration.ofMillis(millis);
    return this;
  }

  LimitsBuilder exchangeTimeout(long millis) {
    exchangeTimeout = Optional.of(Duration.ofMillis(millis));
    return this;
  }

  LimitsBuilder originRest(long millis) {
    originRest = Duration.ofMillis(millis);
    return this;
  }

  /** How many connections to origins there may be, and how many requests wait for one how long. */
  LimitsBuilder originConnections(int most, int queue, long waitMillis) {
    originConnections = most;
    originQueue = queue;
    originWait = Duration.ofMillis(waitMillis);
    return this;
  }

  /** How long the addresses of names hold. */
  LimitsBuilder names(long leastMillis, long mostMillis, long staleMillis) {
    names =
        new KnownName.Terms(
            Duration.ofMillis(leastMillis),
            Duration.ofMillis(mostMillis),
            Duration.ofMillis(staleMillis));
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
        new OriginLimits(
            connectTimeout,
            new Patience(headTimeout, bodyTimeout),
            originIdle,
            originRest,
            originConnections,
            originQueue,
            originWait,
            names),
        clientTimeout,
        tunnelIdle,
        exchangeTimeout,
        grace,
        drain);
  }
}
