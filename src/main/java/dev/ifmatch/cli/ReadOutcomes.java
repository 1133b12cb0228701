package dev.ifmatch.cli;

import dev.ifmatch.http.ResourceState.Present;
import dev.ifmatch.policy.Plan;
import dev.ifmatch.policy.Refusal;
import java.util.ArrayList;
import java.util.List;

/** What comes of a read: rows of a state and its outcome. */
final class ReadOutcomes {
  private ReadOutcomes() {}

  static List<List<String>> of(Plan.Read plan) {
    List<List<String>> rows = new ArrayList<>();
    ConditionStates.of(plan.conditions())
        .forEach(
            (label, state) -> {
              if (state instanceof Present present) {
                rows.add(List.of(label, outcome(plan, present)));
              }
            });
    rows.add(List.of("any other status than 200", "passed on without a tag"));
    return rows;
  }

  private static String outcome(Plan.Read plan, Present state) {
    return switch (plan.conditions().evaluateRead(state.fingerprint(), state.lastModified())) {
      case PROCEED -> "200 with its ETag";
      case NOT_MODIFIED -> "304";
      case FAILED ->
          "%d %s".formatted(Refusal.READ_PRECONDITION.status(), Refusal.READ_PRECONDITION);
    };
  }
}
