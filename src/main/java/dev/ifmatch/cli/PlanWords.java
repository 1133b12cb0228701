package dev.ifmatch.cli;

import dev.ifmatch.policy.Plan;
import dev.ifmatch.policy.Problem;

/** What is done with a request, in a few words. */
final class PlanWords {
  private PlanWords() {}

  static String of(Plan plan) {
    if (plan instanceof Plan.Write write) {
      return of(write);
    }
    if (plan instanceof Plan.Relay relay) {
      return relay.observed().map(p -> "passed on; logged as " + of(p)).orElse("passed on");
    }
    return plan instanceof Plan.Refuse refuse ? "refused: " + of(refuse.problem()) : "tagged";
  }

  private static String of(Plan.Write write) {
    String checked = write.isObserved() ? "observed" : "checked";
    return write.guarded().elsewhere()
        ? "%s by the tag of %s".formatted(checked, write.guarded().target())
        : checked;
  }

  private static String of(Problem problem) {
    return "%d %s".formatted(problem.status(), problem.refusal());
  }
}
