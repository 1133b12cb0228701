package dev.ifmatch.config;

import dev.ifmatch.balance.KnownName;
import dev.ifmatch.transport.OriginLimits;
import dev.ifmatch.transport.Patience;
import java.time.Duration;

/** Those of {@code limits} that are about the origins. */
final class OriginLimitsSection implements Section<OriginLimits> {
  private static final Scalar<Duration> TIME = Quantities.DURATION;

  @Override
  public OriginLimits bind(Keys in, OriginLimits or) {
    return new OriginLimits(
        in.get(
            "connect-timeout",
            TIME,
            or.connectTimeout(),
            "how long connecting to the backend takes; beyond it 502"),
        patience(in, or.patience()),
        in.get(
            "origin-idle", TIME, or.idle(), "how long an unused connection to the backend is kept"),
        in.get(
            "origin-rest",
            TIME,
            or.rest(),
            "how long an address that failed is left alone, where there are others"),
        in.get(
            "origin-connections",
            Scalar.count(1, Integer.MAX_VALUE),
            or.connections(),
            "how many connections to the backend there are, unused ones included"),
        in.get(
            "origin-queue",
            Scalar.count(0, Integer.MAX_VALUE),
            or.queue(),
            "how many requests wait for one of them; beyond it 503"),
        in.get(
            "origin-wait",
            TIME,
            or.longestWait(),
            "how long a request waits for one of them; beyond it 503"),
        names(in, or.names()));
  }

  private static Patience patience(Keys in, Patience or) {
    return new Patience(
        in.get(
            "origin-timeout",
            TIME,
            or.head(),
            "how long the backend takes to begin its answer; beyond it 504"),
        in.get(
            "body-timeout",
            TIME,
            or.body(),
            "how long the backend takes or sends no more of a body; beyond it 504"));
  }

  private static KnownName.Terms names(Keys in, KnownName.Terms or) {
    return new KnownName.Terms(
        in.get(
            "dns-ttl-min",
            TIME,
            or.least(),
            "how long the addresses of the backend's name hold at least"),
        in.get(
            "dns-ttl-max",
            TIME,
            or.most(),
            "how long they hold at most, before they are looked up again"),
        in.get(
            "dns-stale",
            TIME,
            or.stale(),
            "how long they count behind that, while the name cannot be looked up"));
  }
}
