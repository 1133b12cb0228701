package dev.ifmatch.cli;

import dev.ifmatch.config.Configuration;
import dev.ifmatch.http.FieldName;
import dev.ifmatch.http.Method;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.policy.Admission;
import dev.ifmatch.policy.Mode;
import dev.ifmatch.policy.Plan;
import dev.ifmatch.policy.ProbeRequest;
import dev.ifmatch.policy.Problem;
import dev.ifmatch.policy.ResourceKey;
import dev.ifmatch.policy.Route;
import dev.ifmatch.policy.RouteTable;
import dev.ifmatch.policy.Upgrade;
import dev.ifmatch.policy.WriteDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What would be done with one request, in lines for a terminal. For one use. */
final class Explanation {
  private static final String INDENT = " ".repeat(13);

  private final RequestHead request;
  private final RouteTable table;
  private final RouteNames names;
  private final List<String> lines = new ArrayList<>();

  private Explanation(RequestHead request, Configuration configuration) {
    this.request = request;
    this.table = configuration.table();
    this.names = new RouteNames(configuration);
  }

  static List<String> of(RequestHead request, Configuration configuration) {
    Explanation explanation = new Explanation(request, configuration);
    explanation.explain();
    return explanation.lines;
  }

  private void explain() {
    lines.add("%s %s".formatted(request.method(), request.target()));
    Optional<Problem> refused = notAdmitted();
    if (refused.isPresent()) {
      refusal(refused.get());
      return;
    }
    Plan plan = Plan.of(request.copy(), table);
    Method chooses = choosing(plan);
    Route route = table.route(chooses, request.target());
    say("route", routeWords(route, chooses));
    if (plan instanceof Plan.Write write) {
      write(write, route);
    } else if (plan instanceof Plan.Read read) {
      read(read);
      upgrade(read.upgrade(), route);
    } else if (plan instanceof Plan.Refuse refuse) {
      refusal(refuse.problem());
    } else {
      relay((Plan.Relay) plan, route);
    }
  }

  /** What a client library adds by itself is not asked for here. */
  private Optional<Problem> notAdmitted() {
    RequestHead whole = request.copy();
    if (!whole.fields().has(FieldName.HOST)) {
      whole.fields().set(FieldName.HOST, "localhost");
    }
    return Admission.refuse(whole, 1);
  }

  /** The method by which the route was chosen: where a field overrides it, one of the two. */
  private Method choosing(Plan plan) {
    Method taken = EffectiveMethod.of(request);
    boolean bySent =
        plan instanceof Plan.Write write
            && !table.route(taken, request.target()).policy().equals(write.policy());
    return bySent ? request.method() : taken;
  }

  private String routeWords(Route route, Method chooses) {
    List<Route> all = new ArrayList<>(table.routes());
    all.add(table.otherwise());
    String others =
        all.stream()
            .filter(other -> !other.equals(route) && fits(other, chooses))
            .map(other -> other.path().text())
            .collect(Collectors.joining(", "));
    return "%s  (%s%s)"
        .formatted(
            route.path(), names.place(route), others.isEmpty() ? "" : "; also fits: " + others);
  }

  private boolean fits(Route route, Method chooses) {
    RouteTable alone = new RouteTable(List.of(route), table.otherwise().policy());
    return alone.route(chooses, request.target()).equals(route);
  }

  private void refusal(Problem problem) {
    say("plan", "refuse: %d %s".formatted(problem.status(), problem.refusal()));
    say("why", problem.detail());
  }

  private void relay(Plan.Relay plan, Route route) {
    say("plan", "relay: passed on as it is, and so is the answer");
    say("why", plan.observed().map(this::observed).orElseGet(() -> unguarded(route)));
    upgrade(plan.upgrade(), route);
  }

  private String observed(Problem problem) {
    return "mode observe: in mode require it would be refused with %d %s, which is logged"
        .formatted(problem.status(), problem.refusal());
  }

  private String unguarded(Route route) {
    Method method = request.method();
    if (route.policy().mode() == Mode.OFF) {
      return "mode off";
    }
    if (method.isRead() && route.guard().isPresent()) {
      return "its route has a guard, and reads of such a route get no tag";
    }
    if (method.isRead()) {
      return "a read with a body, or with a field that overrides its method, gets no tag";
    }
    return method.isSafe()
        ? "%s neither reads nor writes a representation".formatted(method)
        : "a %s without a precondition is not checked, unless its route names %s in methods"
            .formatted(method, method);
  }

  private void read(Plan.Read plan) {
    say("plan", "read: the answer gets a tag; conditions and ranges are evaluated by ifmatch");
    say("asked", ConditionWords.of(plan.conditions()));
    say("tag", PolicyWords.tag(plan.policy().tag()));
    say("origin", "GET %s without If-… and Range".formatted(request.target()));
    outcomes(ReadOutcomes.of(plan));
  }

  private void upgrade(Optional<Upgrade> passing, Route route) {
    if (passing.isPresent()) {
      String protocols = String.join(", ", passing.get().protocols());
      say("upgrade", protocols + ": offered to the backend; what then passes is not checked");
    } else if (request.fields().has(FieldName.UPGRADE)) {
      String allowed = route.policy().upgrade().toString();
      say("upgrade", "not offered to the backend: see ifmatch.yaml, key upgrade: " + allowed);
    }
  }

  private void write(Plan.Write plan, Route route) {
    say("plan", "write: " + treated(plan));
    String override =
        Plan.METHOD_OVERRIDES.stream()
            .filter(request.fields()::has)
            .collect(Collectors.joining(", "));
    if (!override.isEmpty()) {
      say("taken for", "%s, by %s".formatted(plan.method(), override));
    } else if (!plan.method().isWrite()) {
      say("why", unusual(plan.method(), route));
    }
    say("resource", ResourceKey.of(request.target()).toString());
    if (plan.guarded().elsewhere()) {
      say("lock", plan.key().toString());
    }
    say("asked", ConditionWords.of(plan.conditions()));
    Route reader = table.route(Method.GET, plan.guarded().target());
    say(
        "tag",
        "%s  (as a GET of %s gets it from %s)"
            .formatted(
                PolicyWords.tag(plan.guarded().tag()), plan.guarded().target(), reader.path()));
    if (WriteDecision.needsProbe(plan)) {
      probe(ProbeRequest.of(request.copy(), plan));
    } else {
      say("probe", "none");
    }
    outcomes(WriteOutcomes.of(plan, request, table));
    say("answer", WriteOutcomes.answer(plan));
  }

  private String treated(Plan.Write plan) {
    String guard =
        plan.guarded().elsewhere() ? "guarded by %s; ".formatted(plan.guarded().target()) : "";
    return guard
        + switch (plan.policy().mode()) {
          case OBSERVE ->
              "mode observe: locked and checked, forwarded all the same; what mode require would"
                  + " refuse is logged";
          case OPTIONAL ->
              plan.conditions().isEmpty()
                  ? "mode optional: locked, and forwarded unchecked, since nothing was asked"
                  : "mode optional: locked, checked, and forwarded or refused";
          default -> "locked, checked, and forwarded or refused";
        };
  }

  private static String unusual(Method method, Route route) {
    String why =
        route.guard().isPresent()
            ? "its route has a guard"
            : route.methods().contains(method) ? "its route names it" : "it carries a precondition";
    return "a %s is checked like this because %s".formatted(method, why);
  }

  private void probe(RequestHead probe) {
    List<String> text = new ArrayList<>();
    text.add("%s %s".formatted(probe.method(), probe.target()));
    probe.fields().remove(FieldName.HOST);
    probe.fields().forEach(field -> text.add("%s: %s".formatted(field.name(), field.value())));
    text.add("(and Host, Via, X-Forwarded-For and -Proto, as every request has)");
    lines.add("  %-10s %s".formatted("probe", text.get(0)));
    text.stream().skip(1).forEach(line -> lines.add(INDENT + line));
  }

  private void outcomes(List<List<String>> rows) {
    List<String> text = Columns.of(INDENT, rows);
    lines.add("  %-10s %s".formatted("then", text.get(0).substring(INDENT.length())));
    lines.addAll(text.subList(1, text.size()));
  }

  private void say(String label, String text) {
    lines.addAll(Paragraph.of("  %-10s ".formatted(label), text));
  }
}
