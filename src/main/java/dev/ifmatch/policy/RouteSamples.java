package dev.ifmatch.policy;

import dev.ifmatch.http.FieldList;
import dev.ifmatch.http.Method;
import dev.ifmatch.http.RequestHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Requests that stand for all that a route is for. Their variables have values that no fixed text
 * of a template holds, so that what fits one of them fits every request of its length.
 */
final class RouteSamples {
  private static final List<Method> WRITES = List.of(Method.PUT, Method.PATCH, Method.DELETE);

  private static final String NUL = "%00";

  private final RouteTable table;
  private final List<Route> all;
  private final int longest;

  RouteSamples(RouteTable table) {
    this.table = table;
    List<Route> routes = new ArrayList<>(table.routes());
    routes.add(table.otherwise());
    this.all = List.copyOf(routes);
    this.longest = all.stream().mapToInt(route -> route.path().segments().size()).max().orElse(0);
  }

  /** All routes in the order in which they hold, with the one that is left for everything else. */
  List<Route> all() {
    return all;
  }

  /** A request with this method for which a route holds; empty where others take them all. */
  Optional<RequestHead> request(int index, Method method) {
    Route route = all.get(index);
    if (!route.methods().isEmpty() && !route.methods().contains(method)) {
      return Optional.empty();
    }
    return targets(route.path())
        .filter(target -> all.indexOf(table.route(method, target)) == index)
        .map(target -> head(method, target))
        .findFirst();
  }

  /** A write for which a route holds and that it checks; empty where there is none. */
  Optional<Plan.Write> write(int index) {
    return Stream.concat(WRITES.stream(), all.get(index).methods().stream())
        .flatMap(method -> request(index, method).stream())
        .map(this::plan)
        .filter(Plan.Write.class::isInstance)
        .map(Plan.Write.class::cast)
        .findFirst();
  }

  /** A read for which a route holds and that it tags; empty where there is none. */
  Optional<RequestHead> read(int index) {
    return request(index, Method.GET).filter(get -> plan(get) instanceof Plan.Read);
  }

  /** What is done with a request. */
  Plan plan(RequestHead request) {
    return Plan.of(request.copy(), table);
  }

  /** The route of a request. */
  Route route(RequestHead request) {
    return table.route(request.method(), request.target());
  }

  /** The routes that take what a route seems to be for. */
  List<Route> takers(int index, Method method) {
    return targets(all.get(index).path())
        .map(target -> table.route(method, target))
        .distinct()
        .toList();
  }

  static RequestHead head(Method method, String target) {
    return new RequestHead(method, target, new FieldList());
  }

  /** One target of every length that makes a difference to some template. */
  private Stream<String> targets(PathTemplate path) {
    int most = path.open() ? longest + 1 - path.segments().size() : 0;
    return IntStream.rangeClosed(0, most).mapToObj(more -> target(path.segments(), more));
  }

  /** A target that fits both templates; empty where there is none. */
  private static Optional<String> common(PathTemplate one, PathTemplate other) {
    List<PathTemplate.Segment> merged = new ArrayList<>();
    for (int i = 0; i < Math.max(one.segments().size(), other.segments().size()); i++) {
      boolean both = i < Math.min(one.segments().size(), other.segments().size());
      PathTemplate longer = i < one.segments().size() ? one : other;
      merged.add(
          both ? merge(one.segments().get(i), other.segments().get(i)) : longer.segments().get(i));
    }
    return Optional.of(target(merged, 0)).filter(t -> fits(one, t) && fits(other, t));
  }

  /** Whether a template fits all that another fits. */
  static boolean covers(PathTemplate one, PathTemplate other) {
    int more = other.open() ? 1 : 0;
    return fits(one, target(other.segments(), 0)) && fits(one, target(other.segments(), more));
  }

  /** Whether a request that fits two routes is guarded by different resources in them. */
  static boolean guardsDiffer(Route one, Route other) {
    if (one.guard().isEmpty() || other.guard().isEmpty()) {
      return false;
    }
    return common(one.path(), other.path())
        .filter(target -> !guardKey(one, target).equals(guardKey(other, target)))
        .isPresent();
  }

  private static ResourceKey guardKey(Route route, String target) {
    var values = route.path().match(PathSegments.of(target)).orElseThrow();
    return ResourceKey.of(route.guard().orElseThrow().expand(values));
  }

  private static boolean fits(PathTemplate path, String target) {
    return path.match(PathSegments.of(target)).isPresent();
  }

  private static PathTemplate.Segment merge(PathTemplate.Segment one, PathTemplate.Segment other) {
    if (one.variable().isEmpty()) {
      return one;
    }
    return other.variable().isEmpty()
        ? other
        : new PathTemplate.Segment(
            longer(one.before(), other.before()),
            one.variable(),
            longer(one.after(), other.after()));
  }

  private static String longer(String one, String other) {
    return one.length() >= other.length() ? one : other;
  }

  private static String target(List<PathTemplate.Segment> segments, int more) {
    StringBuilder target = new StringBuilder();
    for (PathTemplate.Segment segment : segments) {
      String value = segment.variable().map(RouteSamples::value).orElse("");
      target.append('/').append(segment.before()).append(value).append(segment.after());
    }
    for (int i = 0; i < more; i++) {
      target.append('/').append(value("any"));
    }
    return target.isEmpty() ? "/" : target.toString();
  }

  /** NUL is in no path that anybody writes. */
  private static String value(String name) {
    return NUL + name + NUL;
  }

  /** A sample, or what was made of one, as a template: {@code /orders/{id}}. */
  static String readable(String target) {
    return target.replaceAll(NUL + "(\\w+)" + NUL, "{$1}");
  }
}
