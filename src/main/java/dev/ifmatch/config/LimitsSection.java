package dev.ifmatch.config;

import dev.ifmatch.transport.Limits;
import java.time.Duration;

/** {@code limits}: how much and how long. */
final class LimitsSection implements Section<Limits> {
  private static final Scalar<Integer> MEMORY = Quantities.MEMORY;
  private static final Scalar<Duration> TIME = Quantities.DURATION;

  @Override
  public Limits bind(Keys in, Limits or) {
    return new Limits(
        in.get("max-target", MEMORY, or.maxTargetBytes(), "longest request target; beyond it 414"),
        in.get("max-head", MEMORY, or.maxHeadBytes(), "largest request head; beyond it 431"),
        in.get(
            "max-body",
            Quantities.BYTES,
            or.maxBodyBytes(),
            "largest body of a guarded write; beyond it 413"),
        in.get(
            "body-memory",
            MEMORY,
            or.bodyMemoryBytes(),
            "how much of such a body stays in memory; the rest goes to a file"),
        in.get(
            "tag-buffer",
            MEMORY,
            or.tagBufferBytes(),
            "largest answer that gets an ETag in its head"),
        in.get(
            "conflict-cache",
            MEMORY,
            or.conflictCacheBytes(),
            "how much is kept of what clients have read, to tell what has changed"),
        in.get(
            "lock-queue",
            Scalar.count(0, Integer.MAX_VALUE),
            or.lockQueue(),
            "how many writes wait for one resource; beyond it 503"),
        in.get(
            "lock-wait", TIME, or.lockWait(), "how long a write waits for its turn; beyond it 503"),
        new OriginLimitsSection().bind(in, or.origin()),
        in.get(
            "client-timeout",
            TIME,
            or.clientTimeout(),
            "how long a client sends or reads nothing; beyond it 408"),
        in.get(
            "tunnel-idle",
            TIME,
            or.tunnelIdle(),
            "how long a WebSocket is kept over which nothing passes"),
        in.get(
            "exchange-timeout",
            TIME.optional(),
            or.exchangeTimeout(),
            "how long a request and its answer may take in all (default any time); beyond it 504"),
        in.get(
            "grace", TIME, or.grace(), "how long a resource stays locked after an unknown outcome"),
        in.get("drain", TIME, or.drain(), "how long requests in flight may take after SIGTERM"));
  }
}
