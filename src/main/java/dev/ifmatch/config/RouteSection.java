package dev.ifmatch.config;

import dev.ifmatch.http.Method;
import dev.ifmatch.policy.PathTemplate;
import dev.ifmatch.policy.Route;
import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.TargetTemplate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One of {@code routes}.
 *
 * @param policy what holds where the route says nothing
 */
record RouteSection(RoutePolicy policy) implements Section<Optional<Route>> {
  private static final Scalar<PathTemplate> PATH =
      Scalar.text(
              "PATH",
              "a path template such as /orders/{id}",
              PathTemplate::parse,
              PathTemplate::toString)
          .matching("^/");
  private static final ScalarList<Method> METHODS =
      new ScalarList<>(
          Scalar.text("METHOD", "a method such as PUT", RouteSection::method, Method::toString)
              .matching("^[A-Z][A-Z0-9_-]*$"),
          1);

  /** A route; empty where there is none without its path. */
  @Override
  public Optional<Route> bind(Keys in, Optional<Route> or) {
    Optional<PathTemplate> path =
        in.require(
            "path",
            PATH.optional(),
            or.map(Route::path),
            "the paths it is for: /orders/{id}, /orders/** for all below; the most specific holds");
    List<Method> methods =
        in.get("methods", METHODS, List.of(), "the methods it is for; without it, all of them");
    Scalar<TargetTemplate> target = target(path);
    Optional<TargetTemplate> guard =
        in.get(
            "guard",
            target.optional(),
            Optional.empty(),
            "the resource whose state is checked and locked, when not the target itself");
    RoutePolicy treated = new PolicySection(Optional.of(target)).bind(in, policy);
    return path.map(known -> new Route(known, Set.copyOf(methods), guard, treated));
  }

  /** A target with no other variables than the path has. */
  private static Scalar<TargetTemplate> target(Optional<PathTemplate> path) {
    return Scalar.text(
            "TARGET",
            "a path such as /orders/{id}",
            text -> {
              TargetTemplate target = new TargetTemplate(text);
              path.ifPresent(known -> requireVariables(known, target));
              return target;
            },
            TargetTemplate::toString)
        .matching("^/");
  }

  /** As {@link Route} does, at the target's own place, and without showing what the path is. */
  private static void requireVariables(PathTemplate path, TargetTemplate target) {
    for (String name : target.variables()) {
      if (!path.variables().contains(name)) {
        throw new IllegalArgumentException(
            "'%s': the route's path has no variable {%s}".formatted(target, name));
      }
    }
  }

  private static Method method(String text) {
    if (!text.matches("[A-Z][A-Z0-9_-]*")) {
      throw new IllegalArgumentException(
          "'%s' is not a method; write it in capitals, e.g. PUT".formatted(text));
    }
    return Method.of(text);
  }
}
