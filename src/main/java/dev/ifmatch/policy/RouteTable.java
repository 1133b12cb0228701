package dev.ifmatch.policy;

import dev.ifmatch.http.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All routes: of those that fit a request, the most specific holds. Immutable.
 *
 * <p>A path with encoded slashes is read both ways, and the stricter of what fits holds, or else
 * the more specific: a spelling must not lead around a route.
 */
public final class RouteTable {
  private static final Comparator<Route> ORDER =
      Comparator.comparing(Route::path, PathTemplate.MOST_SPECIFIC_FIRST)
          .thenComparing(route -> route.methods().isEmpty());

  private final List<Route> ordered;
  private final Match otherwise;

  /**
   * A request's route.
   *
   * @param route the route
   * @param values what the variables of its path stand for
   */
  record Match(Route route, Map<String, String> values) {
    Mode mode() {
      return route.policy().mode();
    }

    /** Whether an unsafe request with this method is a guarded write. */
    boolean guards(Method method, boolean conditional) {
      return mode() != Mode.OFF && !method.isSafe() && (conditional || route.guards(method));
    }
  }

  /**
   * A table.
   *
   * @param routes in the order in which they hold where they fit equally well
   * @param otherwise how requests are treated that fit none
   */
  public RouteTable(List<Route> routes, RoutePolicy otherwise) {
    List<Route> sorted = new ArrayList<>(routes);
    sorted.sort(ORDER);
    this.ordered = List.copyOf(sorted);
    this.otherwise =
        new Match(new Route(PathTemplate.ALL, Set.of(), Optional.empty(), otherwise), Map.of());
  }

  /** A table without routes. */
  public static RouteTable of(RoutePolicy everything) {
    return new RouteTable(List.of(), everything);
  }

  /** The routes, the most specific first. */
  public List<Route> routes() {
    return ordered;
  }

  /** The route of requests that fit no other. */
  public Route otherwise() {
    return otherwise.route();
  }

  /** Whether there is anything that is not simply passed on. */
  boolean isInForce() {
    return otherwise.mode() != Mode.OFF
        || ordered.stream().anyMatch(route -> route.policy().mode() != Mode.OFF);
  }

  /** The route that holds for a request. */
  public Route route(Method method, String target) {
    return match(method, target).route();
  }

  Match match(Method method, String target) {
    if (ordered.isEmpty()) {
      return otherwise;
    }
    Match plain = match(method, PathSegments.byPlainSlashes(target));
    if (!PathSegments.hasOtherSlashes(target)) {
      return plain;
    }
    Match other = match(method, PathSegments.of(target));
    int stricter = other.mode().compareTo(plain.mode());
    return stricter > 0 || (stricter == 0 && rank(other) < rank(plain)) ? other : plain;
  }

  private Match match(Method method, PathSegments path) {
    for (Route route : ordered) {
      if (route.methods().isEmpty() || route.methods().contains(method)) {
        Optional<Map<String, String>> values = route.path().match(path);
        if (values.isPresent()) {
          return new Match(route, values.get());
        }
      }
    }
    return otherwise;
  }

  private int rank(Match match) {
    int index = ordered.indexOf(match.route());
    return index < 0 ? ordered.size() : index;
  }
}
