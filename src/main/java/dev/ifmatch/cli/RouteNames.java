package dev.ifmatch.cli;

import dev.ifmatch.config.Configuration;
import dev.ifmatch.policy.Route;

/** What the routes of a configuration are called when it is spoken of. */
final class RouteNames {
  private final Configuration configuration;

  RouteNames(Configuration configuration) {
    this.configuration = configuration;
  }

  /** Where it stands in the file: {@code routes[1]}, or {@code policy} for what fits no route. */
  String place(Route route) {
    int index = configuration.routes().indexOf(route);
    return index < 0 ? "policy" : "routes[%d]".formatted(index);
  }

  /** Its path and where it stands: {@code /orders/{id} (routes[1])}. */
  String full(Route route) {
    return "%s (%s)".formatted(route.path(), place(route));
  }
}
