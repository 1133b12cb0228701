package dev.ifmatch.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.http.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any table can be looked over, and what is said of routes that never hold is true. */
class RouteLintPropertiesTest {
  private static final List<Method> METHODS =
      List.of(Method.GET, Method.PUT, Method.POST, Method.OPTIONS);

  @Provide
  Arbitrary<List<Route>> routes() {
    Arbitrary<String> segments =
        Arbitraries.of("a", "b", "{x%d}", "{x%d}.json", "a{x%d}")
            .list()
            .ofMaxSize(3)
            .map(RouteLintPropertiesTest::path);
    Arbitrary<PathTemplate> paths =
        Combinators.combine(segments, Arbitraries.of("", "/**"))
            .as(
                (path, end) ->
                    PathTemplate.parse(path.isEmpty() && end.isEmpty() ? "/" : path + end));
    Arbitrary<Set<Method>> methods = Arbitraries.of(METHODS).set().ofMaxSize(2);
    Arbitrary<Optional<TargetTemplate>> guards =
        Arbitraries.of("/a", "/b/a", "/").map(TargetTemplate::new).optional(0.3);
    Arbitrary<RoutePolicy> policies = Arbitraries.of(Mode.values()).map(RoutePolicy.DEFAULT::with);
    return Combinators.combine(paths, methods, guards, policies).as(Route::new).list().ofMaxSize(6);
  }

  private static String path(List<String> segments) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < segments.size(); i++) {
      path.append('/').append(segments.get(i).formatted(i));
    }
    return path.toString();
  }

  @Provide
  Arbitrary<List<String>> targets() {
    return Arbitraries.of("a", "b", "c", "ab", "c.json", "a.json", "a%2fb")
        .list()
        .ofMaxSize(4)
        .map(segments -> "/" + String.join("/", segments))
        .list()
        .ofSize(40);
  }

  @Property(tries = 500)
  void noRequestGoesToARouteThatNeverHolds(
      @ForAll("routes") List<Route> routes, @ForAll("targets") List<String> targets) {
    RouteTable table = new RouteTable(routes, RoutePolicy.DEFAULT);
    Set<Route> reached = new HashSet<>();
    for (String target : targets) {
      METHODS.forEach(method -> reached.add(table.route(method, target)));
    }

    Set<Route> dead =
        RouteLint.warnings(table).stream()
            .filter(warning -> warning.text().startsWith("this route never holds"))
            .flatMap(warning -> warning.routes().stream())
            .filter(route -> routes.stream().filter(route::equals).count() == 1)
            .collect(Collectors.toSet());

    assertThat(dead).doesNotContainAnyElementsOf(reached);
  }
}
