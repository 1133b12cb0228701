package dev.ifmatch.policy;

import dev.ifmatch.http.Method;
import dev.ifmatch.http.RequestHead;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What in a table of routes cannot work, found by asking {@link Plan} about a request for each. For
 * one use; not thread-safe.
 */
public final class RouteLint {
  private static final List<Method> WRITES = List.of(Method.PUT, Method.PATCH, Method.DELETE);

  /** Stands for every method that no route names. */
  private static final Method ANY_OTHER = new Method("ANY-OTHER");

  private final RouteSamples samples;
  private final RoutePolicy common;
  private final Map<String, Set<Route>> found = new LinkedHashMap<>();

  private RouteLint(RouteTable table) {
    this.samples = new RouteSamples(table);
    this.common = table.otherwise().policy();
  }

  /** The warnings, in the order of the routes; one that concerns several routes is given once. */
  public static List<RouteWarning> warnings(RouteTable table) {
    RouteLint lint = new RouteLint(table);
    for (int index = 0; index < lint.samples.all().size(); index++) {
      lint.lookAt(index);
    }
    return lint.found.entrySet().stream()
        .map(entry -> new RouteWarning(List.copyOf(entry.getValue()), entry.getKey()))
        .toList();
  }

  private void lookAt(int index) {
    Route route = samples.all().get(index);
    lookAtMethods(route);
    if (!isReached(index)) {
      lookAtTakers(index);
      return;
    }
    if (route.policy().mode() == Mode.OFF) {
      return;
    }
    PolicyLint.ofProbe(route.policy().probe()).forEach(text -> warn(route, text));
    PolicyLint.ofUpgrade(route.policy().upgrade()).forEach(text -> warn(route, text));
    samples.read(index).ifPresent(get -> lookAtRead(route, get));
    samples
        .write(index)
        .ifPresent(
            write -> {
              lookAtWrite(route, write);
              if (samples.read(index).isEmpty()) {
                lookAtUnusedTag(route, write);
              }
            });
    lookAtCrossings(index);
  }

  private void lookAtMethods(Route route) {
    for (Method method : route.methods()) {
      String upper = method.name().toUpperCase(Locale.ROOT);
      if (!method.name().equals(upper)) {
        warn(
            route,
            "the method %s never comes, since methods are compared in upper case; write %s"
                .formatted(method, upper));
      }
    }
    if (route.guard().isPresent() && route.methods().stream().anyMatch(Method::isRead)) {
      warn(
          route,
          "GET or HEAD stands in the methods of a route with a guard, which passes reads on without"
              + " a tag; take it out, and another route tags them");
    }
  }

  private boolean isReached(int index) {
    return methodsOf(index).anyMatch(method -> samples.request(index, method).isPresent());
  }

  private Stream<Method> methodsOf(int index) {
    Set<Method> named = samples.all().get(index).methods();
    return named.isEmpty()
        ? Stream.concat(
            samples.all().stream().flatMap(route -> route.methods().stream()).distinct(),
            Stream.of(ANY_OTHER))
        : named.stream();
  }

  private void lookAtTakers(int index) {
    if (index == samples.all().size() - 1) {
      return; // that nothing is left for the defaults is no mistake
    }
    Set<Route> takers = new LinkedHashSet<>();
    methodsOf(index).forEach(method -> takers.addAll(samples.takers(index, method)));
    String names = takers.stream().map(t -> t.path().text()).collect(Collectors.joining(", "));
    warn(
        samples.all().get(index),
        "this route never holds, since %s fits its requests as well and comes first; remove one"
            .formatted(names));
  }

  private void lookAtRead(Route route, RequestHead get) {
    PolicyLint.ofTag(route.policy().tag()).forEach(text -> warn(route, text));
    List<Route> writers =
        WRITES.stream()
            .map(method -> samples.route(RouteSamples.head(method, get.target())))
            .distinct()
            .toList();
    if (writers.stream().allMatch(writer -> writer.policy().mode() == Mode.OFF)) {
      warn(
          route,
          "its reads get tags, but PUT, PATCH and DELETE of its paths go to %s, where mode is off"
                  .formatted(writers.get(0).path())
              + " and nothing is checked; name these methods here too, or set that mode");
    }
  }

  private void lookAtWrite(Route route, Plan.Write write) {
    PolicyLint.ofWrite(write, common).forEach(text -> warn(route, text));
    String resource = RouteSamples.readable(write.guarded().target());
    RequestHead get = RouteSamples.head(Method.GET, write.guarded().target());
    if (!(samples.plan(get) instanceof Plan.Read)) {
      warn(route, noTags(resource, samples.route(get)));
    }
    if (locksAnother(write)) {
      warn(
          route,
          "it locks its guard %s, but writes to %s itself lock that one's own guard, so that the"
                  .formatted(resource, resource)
              + " two do not wait for each other; give both the same guard");
    }
  }

  private static String noTags(String resource, Route reader) {
    String fact =
        "its writes need the tag of %s, but a GET of that goes to %s, "
            .formatted(resource, reader.path());
    return reader.guard().isPresent()
        ? fact
            + "which has a guard and tags no reads; add a route %s without one".formatted(resource)
        : fact
            + "where mode is off, so that only a backend with strong tags gives one; set that mode";
  }

  private boolean locksAnother(Plan.Write write) {
    return write.guarded().elsewhere()
        && WRITES.stream()
            .map(method -> samples.plan(RouteSamples.head(method, write.guarded().target())))
            .filter(Plan.Write.class::isInstance)
            .anyMatch(own -> !((Plan.Write) own).key().equals(write.key()));
  }

  private void lookAtUnusedTag(Route route, Plan.Write write) {
    List<Object> used = List.of(common.tag(), RoutePolicy.DEFAULT.tag(), write.guarded().tag());
    if (!used.contains(route.policy().tag())) {
      Route reader = samples.route(RouteSamples.head(Method.GET, write.guarded().target()));
      warn(
          route,
          "its tag settings are never used: it tags no reads, and its writes are compared with tags"
              + " as a GET gets them from %s; set tag there".formatted(reader.path()));
    }
  }

  /** Where one of two routes is for a part of what the other is for, the order is plain. */
  private void lookAtCrossings(int index) {
    Route route = samples.all().get(index);
    for (int next = index + 1; next < samples.all().size(); next++) {
      Route other = samples.all().get(next);
      boolean nested =
          RouteSamples.covers(other.path(), route.path())
              != RouteSamples.covers(route.path(), other.path());
      boolean holds = isReached(next) && other.policy().mode() != Mode.OFF;
      if (holds
          && !nested
          && sharesMethods(route, other)
          && RouteSamples.guardsDiffer(route, other)) {
        warn(
            List.of(route, other),
            "both fit some of the same requests, but guard different resources, and only the first"
                + " one's guard is locked and checked; give both the same guard");
      }
    }
  }

  private static boolean sharesMethods(Route one, Route other) {
    return one.methods().isEmpty()
        || other.methods().isEmpty()
        || one.methods().stream().anyMatch(other.methods()::contains);
  }

  private void warn(Route route, String text) {
    warn(List.of(route), text);
  }

  private void warn(List<Route> routes, String text) {
    found.computeIfAbsent(text, unused -> new LinkedHashSet<>()).addAll(routes);
  }
}
