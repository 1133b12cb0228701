package dev.ifmatch.cli;

import dev.ifmatch.http.FieldList;
import dev.ifmatch.http.Method;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.policy.PathTemplate;
import dev.ifmatch.policy.Plan;
import dev.ifmatch.policy.Route;
import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.RouteTable;
import dev.ifmatch.policy.TargetTemplate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The method that a backend may take a request for, which a field of the request can override. */
final class EffectiveMethod {
  /** Makes of every unsafe request a write, which then tells what the request is taken for. */
  private static final RouteTable GUARDING_ALL =
      new RouteTable(
          List.of(
              new Route(
                  PathTemplate.ALL,
                  Set.of(),
                  Optional.of(new TargetTemplate("/")),
                  RoutePolicy.DEFAULT)),
          RoutePolicy.DEFAULT);

  private EffectiveMethod() {}

  /** Asks {@link Plan}, which alone knows which fields count. */
  static Method of(RequestHead request) {
    FieldList overrides = new FieldList();
    for (String name : Plan.METHOD_OVERRIDES) {
      request.fields().all(name).forEach(value -> overrides.add(name, value));
    }
    Method sent = Method.of(request.method().name().toUpperCase(Locale.ROOT));
    Plan plan = Plan.of(new RequestHead(sent, "/", overrides), GUARDING_ALL);
    return plan instanceof Plan.Write write ? write.method() : sent;
  }
}
