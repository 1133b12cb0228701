package dev.ifmatch.cli;

import dev.ifmatch.http.EntityTag;
import dev.ifmatch.http.FieldName;
import dev.ifmatch.http.Method;
import dev.ifmatch.http.Preconditions;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.http.ResourceState;
import dev.ifmatch.policy.Plan;
import dev.ifmatch.policy.RoutePolicy.AlreadyApplied;
import dev.ifmatch.policy.RoutePolicy.NoOp;
import dev.ifmatch.policy.RouteTable;
import dev.ifmatch.policy.WriteDecision;
import dev.ifmatch.policy.WriteDecision.Forward;
import dev.ifmatch.policy.WriteDecision.ProbeAnswer;
import dev.ifmatch.policy.WriteDecision.Refuse;
import dev.ifmatch.policy.WriteDecision.Satisfied;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What comes of a write, by what the probe shows: rows of a state and its outcome. */
final class WriteOutcomes {
  private final Plan.Write plan;
  private final Plan.Write careful;
  private final List<List<String>> rows = new ArrayList<>();

  /** For a plan, and for that of the same request with an {@code If-Match}. */
  private WriteOutcomes(Plan.Write plan, Plan.Write careful) {
    this.plan = plan;
    this.careful = careful;
  }

  static List<List<String>> of(Plan.Write plan, RequestHead request, RouteTable table) {
    if (!WriteDecision.needsProbe(plan)) {
      return List.of(List.of("in any state", "forwarded"));
    }
    WriteOutcomes outcomes = new WriteOutcomes(plan, withTag(plan, request, table));
    outcomes.byState();
    outcomes.bySameBody();
    outcomes.byUnusableProbe();
    return outcomes.rows;
  }

  private static Plan.Write withTag(Plan.Write plan, RequestHead request, RouteTable table) {
    RequestHead careful = request.copy();
    Preconditions.FIELDS.forEach(careful.fields()::remove);
    careful.fields().set(FieldName.IF_MATCH, ConditionStates.CURRENT.toString());
    return Plan.of(careful, table) instanceof Plan.Write write ? write : plan;
  }

  private void byState() {
    ConditionStates.of(plan.conditions())
        .forEach((label, state) -> add(label, decide(plan, state, Optional.empty())));
    if (plan.conditions().isEmpty()) {
      add("with If-Match: its ETag", decide(careful, ConditionStates.there(), Optional.empty()));
      add("with If-Match: another", decide(careful, ConditionStates.changed(), Optional.empty()));
    }
  }

  /** Only where it makes a difference that the request's body is what is there already. */
  private void bySameBody() {
    Optional<EntityTag> sent = Optional.of(ConditionStates.CURRENT);
    if (plan.replaces() && plan.policy().noOp() == NoOp.UNCHANGED) {
      add("its ETag, and its state as body", decide(careful, ConditionStates.there(), sent));
    }
    if (plan.replaces() && plan.policy().alreadyApplied() == AlreadyApplied.ACCEPT) {
      Optional<EntityTag> changed = Optional.of(ConditionStates.ANOTHER);
      add("another, and its state as body", decide(careful, ConditionStates.changed(), changed));
    }
  }

  private void byUnusableProbe() {
    add("the probe gets 401, 403, 407, 429", unusable(ProbeAnswer.NOT_ADMITTED));
    add("the probe gets 3xx, or another 4xx", unusable(ProbeAnswer.UNVERIFIABLE));
    add("the probe gets 5xx, or nothing", unusable(ProbeAnswer.FAILED));
  }

  private static WriteDecision decide(
      Plan.Write asked, ResourceState state, Optional<EntityTag> sent) {
    return WriteDecision.of(asked, state, sent);
  }

  private WriteDecision unusable(ProbeAnswer answer) {
    return WriteDecision.ofUnusable(plan, answer, "");
  }

  private void add(String state, WriteDecision decision) {
    rows.add(List.of(state, words(decision)));
  }

  private String words(WriteDecision decision) {
    if (decision instanceof Forward forward) {
      return forward.observed().map(r -> "forwarded; logged as " + words(r)).orElse("forwarded");
    }
    if (decision instanceof Satisfied satisfied) {
      return "answered %d, and nothing is sent".formatted(satisfied.status());
    }
    return decision instanceof Refuse refuse
        ? words(refuse)
        : "answered as the probe was, and nothing is sent";
  }

  private String words(Refuse refuse) {
    int status = refuse.refusal().status(plan.policy().status());
    return "%d %s".formatted(status, refuse.refusal());
  }

  /** What the answer to a forwarded write carries. */
  static String answer(Plan.Write plan) {
    boolean stays = plan.method().equals(Method.PUT) || plan.method().equals(Method.PATCH);
    String without = "the backend's, without the new ETag";
    return switch (plan.policy().writeTag()) {
      case OFF -> without + " (write-tag: off)";
      case VERBATIM ->
          plan.replaces()
              ? "the backend's, with the new ETag if what was sent is what is there"
              : without + " (write-tag: verbatim)";
      case ALWAYS -> {
        if (plan.guarded().elsewhere()) {
          yield "the backend's, with Guard-ETag: the new one of " + plan.guarded().target();
        }
        yield stays ? "the backend's, with the new ETag" : without;
      }
    };
  }
}
