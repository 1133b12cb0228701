package dev.ifmatch.config;

import dev.ifmatch.http.Method;
import dev.ifmatch.policy.PathTemplate;
import dev.ifmatch.policy.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * {@code routes}: a list in which no route stands in another's place.
 *
 * @param section how each of them is read
 */
record RouteList(RouteSection section) implements Kind<List<Route>> {
  private static final Pattern VARIABLE = Pattern.compile("\\{[^{}]*\\}");

  /** Stands for all methods; no method that a route can name is written so. */
  private static final Set<Method> ALL = Set.of(Method.of("*"));

  /** Where requests are that no other route can be for. */
  private record Place(List<Object> path, Method method) {
    static List<Place> of(Route route) {
      List<Object> path = withoutNames(route.path());
      Set<Method> methods = route.methods().isEmpty() ? ALL : route.methods();
      return methods.stream().map(method -> new Place(path, method)).toList();
    }
  }

  @Override
  public List<Route> read(Value value, List<Route> otherwise) {
    return value.items().map(this::routes).orElse(otherwise);
  }

  private List<Route> routes(List<Value> items) {
    List<Route> routes = new ArrayList<>();
    Map<Place, Value> taken = new HashMap<>();
    for (Value item : items) {
      Optional<Route> route = section.read(item, Optional.empty());
      route.ifPresent(routes::add);
      route.stream()
          .flatMap(found -> Place.of(found).stream())
          .map(place -> Optional.ofNullable(taken.putIfAbsent(place, item)))
          .flatMap(Optional::stream)
          .findFirst()
          .ifPresent(first -> item.problem(twice(route.get(), first)));
    }
    return routes;
  }

  private static String twice(Route route, Value first) {
    return "the route on line %d is for the same paths%s already"
        .formatted(first.line(), route.methods().isEmpty() ? "" : " and methods");
  }

  /** What a path fits does not hang on what its variables are called. */
  private static List<Object> withoutNames(PathTemplate path) {
    int[] count = {0};
    String renamed =
        VARIABLE.matcher(path.text()).replaceAll(found -> "{v%d}".formatted(count[0]++));
    PathTemplate plain = PathTemplate.parse(renamed);
    return List.of(plain.segments(), plain.open());
  }

  @Override
  public Map<String, Object> schema(List<Route> otherwise, boolean defaults) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "array");
    schema.put("items", section.schema(Optional.empty(), false));
    return schema;
  }
}
