package dev.ifmatch.config;

import dev.ifmatch.transport.Checkup;
import java.time.Duration;
import java.util.Optional;

/** {@code health}: how each backend is asked whether it is well; without it, none is. */
final class HealthSection implements Section<Optional<Checkup>> {
  private static final Checkup DEFAULT =
      new Checkup("/", Duration.ofSeconds(5), Duration.ofSeconds(2), 200, 2, 3);
  private static final Scalar<String> PATH =
      Scalar.text("PATH", "a path such as /health", path -> path, path -> path).matching("^/");
  private static final Scalar<Duration> TIME = Quantities.DURATION;
  private static final int MANY = 1_000;

  @Override
  public Optional<Checkup> bind(Keys in, Optional<Checkup> or) {
    Checkup known = or.orElse(DEFAULT);
    Optional<String> path =
        in.require(
            "path", PATH.optional(), or.map(Checkup::path), "what each backend is asked for");
    Duration interval = in.get("interval", TIME, known.interval(), "how often");
    Duration timeout =
        in.get("timeout", TIME, known.timeout(), "how long the answer takes, connecting included");
    int expect =
        in.get("expect", Scalar.count(200, 599), known.expect(), "the status of one that is well");
    int up =
        in.get(
            "up",
            Scalar.count(1, MANY),
            known.up(),
            "how many good answers in a row bring a backend back");
    int down =
        in.get(
            "down", Scalar.count(1, MANY), known.down(), "how many failures in a row take it out");
    return path.map(asked -> new Checkup(asked, interval, timeout, expect, up, down));
  }
}
