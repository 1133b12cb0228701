package dev.ifmatch.cli;

import dev.ifmatch.config.Configuration;
import dev.ifmatch.http.FieldList;
import dev.ifmatch.http.Method;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.policy.Mode;
import dev.ifmatch.policy.Plan;
import dev.ifmatch.policy.Route;
import dev.ifmatch.policy.RouteTable;
import dev.ifmatch.policy.TargetTemplate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which routes there are, how they treat requests, and which requests go to which. */
final class RouteListing {
  private static final List<Method> USUAL =
      List.of(Method.GET, Method.HEAD, Method.POST, Method.PUT, Method.PATCH, Method.DELETE);

  private static final String NOTHING = "-";

  private final RouteTable table;
  private final RouteNames names;

  RouteListing(Configuration configuration) {
    this.table = configuration.table();
    this.names = new RouteNames(configuration);
  }

  /** All routes in the order in which they hold, with what differs from the defaults. */
  List<String> routes() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("path", "methods", "mode", "guard", "tag"));
    List<Route> routes = new ArrayList<>(table.routes());
    routes.add(table.otherwise());
    routes.forEach(route -> rows.add(row(route)));
    List<String> lines = new ArrayList<>();
    List<List<String>> blocks = Columns.blocks("  ", rows);
    lines.addAll(blocks.get(0));
    for (int i = 0; i < routes.size(); i++) {
      lines.addAll(blocks.get(i + 1));
      lines.addAll(details(routes.get(i)));
    }
    return lines;
  }

  /** A route that holds for its guard too tags that one's reads. */
  private static boolean isGuardedElsewhere(Route route) {
    String itself = route.path().text().replaceFirst("/\\*\\*$", "");
    return route.guard().filter(guard -> !guard.text().equals(itself)).isPresent();
  }

  private static List<String> row(Route route) {
    boolean reads = route.methods().isEmpty() || route.methods().stream().anyMatch(Method::isRead);
    boolean off = route.policy().mode() == Mode.OFF;
    String tag = PolicyWords.tag(route.policy().tag());
    String used = isGuardedElsewhere(route) ? "(the guard's)" : reads ? tag : "(as for GET)";
    return List.of(
        route.path().text(),
        methods(route),
        route.policy().mode().toString(),
        route.guard().map(TargetTemplate::text).orElse(NOTHING),
        off ? NOTHING : used);
  }

  private static String methods(Route route) {
    return route.methods().isEmpty()
        ? "all"
        : route.methods().stream()
            .sorted(Comparator.comparing(RouteListing::rank).thenComparing(Method::name))
            .map(Method::name)
            .collect(Collectors.joining(" "));
  }

  private static int rank(Method method) {
    int index = USUAL.indexOf(method);
    return index < 0 ? USUAL.size() : index;
  }

  private static List<String> details(Route route) {
    List<String> words = PolicyWords.differences(route.policy());
    return route.policy().mode() == Mode.OFF || words.isEmpty()
        ? List.of()
        : Paragraph.of("      ", String.join(", ", words));
  }

  /** What becomes of requests for a target, the methods that fare alike in one line. */
  List<String> requests(String target, List<Method> methods) {
    Map<List<String>, List<String>> alike = new LinkedHashMap<>();
    for (Method method : methods) {
      RequestHead request = new RequestHead(method, target, new FieldList());
      String treated = PlanWords.of(Plan.of(request, table));
      String route = names.full(table.route(method, target));
      alike.computeIfAbsent(List.of(route, treated), key -> new ArrayList<>()).add(method.name());
    }
    List<List<String>> rows = new ArrayList<>();
    alike.forEach(
        (fate, named) -> rows.add(List.of(String.join(" ", named), fate.get(0), fate.get(1))));
    List<String> lines = new ArrayList<>(List.of(target));
    lines.addAll(Columns.of("  ", rows));
    return lines;
  }
}
