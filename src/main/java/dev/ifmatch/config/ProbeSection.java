package dev.ifmatch.config;

import dev.ifmatch.http.Field;
import dev.ifmatch.policy.ProbePolicy;
import dev.ifmatch.policy.TargetTemplate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code policy.probe}: how the current representation is read before a write.
 *
 * @param target which targets a route can name; empty where there is no route
 */
record ProbeSection(Optional<Scalar<TargetTemplate>> target) implements Section<ProbePolicy> {
  private static final Scalar<String> ACCEPT =
      Scalar.text(
          "TYPE", "a media type such as application/json", ProbeFields::checkedValue, type -> type);

  @Override
  public ProbePolicy bind(Keys in, ProbePolicy or) {
    List<Field> fields =
        in.get(
            "fields",
            new ProbeFields(),
            or.fields(),
            "fields that are set on the probe, in place of the writer's");
    Optional<String> accept =
        in.get(
            "accept", ACCEPT.optional(), or.accept(), "the probe's Accept, whatever the writer's");
    Optional<TargetTemplate> path = or.path();
    if (target.isPresent()) {
      path =
          in.get(
              "path",
              target.get().optional(),
              or.path(),
              "where the representation is read, when not at the resource itself");
    }
    Optional<Duration> timeout =
        in.get(
            "timeout",
            Quantities.DURATION.optional(),
            or.timeout(),
            "how long the backend is silent during a probe (default that of limits)");
    return new ProbePolicy(fields, accept, path, timeout);
  }
}
