package dev.ifmatch.policy;

import dev.ifmatch.http.EntityTag;
import dev.ifmatch.http.Method;
import dev.ifmatch.http.ResourceState;
import dev.ifmatch.http.TagCondition;
import java.util.Optional;

/** Whether a write may be forwarded, given what the probe has shown. */
public sealed interface WriteDecision {

  /** Send it to the origin. */
  record Forward() implements WriteDecision {}

  /** Pass the probe's own answer on: it is what the write would have met. */
  record RelayProbe() implements WriteDecision {}

  /**
   * Answer in the origin's place.
   *
   * @param refusal why
   * @param why what this occurrence adds to the refusal's words
   * @param currentTag the current state's tag, where it is known
   */
  record Refuse(Refusal refusal, String why, Optional<EntityTag> currentTag)
      implements WriteDecision {}

  /** What the status of a probe's answer says. */
  enum ProbeAnswer {
    /** There is a current representation, and this is it. */
    PRESENT,
    /** There is none. */
    ABSENT,
    /** The writer is not let in: the origin's own words are the best answer. */
    NOT_ADMITTED,
    /** Nothing that a precondition could be compared with. */
    UNVERIFIABLE,
    /** The origin failed. */
    FAILED;

    /** Classifies a final status code. */
    public static ProbeAnswer of(int status) {
      return switch (status) {
        case 200, 203, 204 -> PRESENT;
        case 404, 410 -> ABSENT;
        case 401, 403, 407, 429 -> NOT_ADMITTED;
        case 405, 501 -> UNVERIFIABLE;
        default -> status >= 500 ? FAILED : UNVERIFIABLE;
      };
    }
  }

  /**
   * Whether the write can be decided without a probe: nothing was asked and nothing is required.
   */
  static boolean needsProbe(Plan.Write plan) {
    return plan.policy().mode() == Mode.REQUIRE || !plan.conditions().isEmpty();
  }

  /** Decides by the current state. */
  static WriteDecision of(Plan.Write plan, ResourceState state) {
    return switch (plan.conditions().evaluateWrite(state)) {
      case CONFIRMED -> new Forward();
      case UNSTATED -> unstated(plan, state);
      case STALE -> refuse(Refusal.STALE, state);
      case WEAK -> refuse(Refusal.WEAK_TAG, state);
      case EXISTS -> refuse(Refusal.EXISTS, state);
      case MODIFIED -> refuse(Refusal.MODIFIED, state);
      case UNDATED -> refuse(Refusal.UNDATED, state);
      case ABSENT -> absent(plan, state);
    };
  }

  private static WriteDecision unstated(Plan.Write plan, ResourceState state) {
    boolean losesNothing = state instanceof ResourceState.Absent;
    if (losesNothing || plan.policy().mode() == Mode.OPTIONAL) {
      return new Forward();
    }
    String tag = state.announcedTag().map(EntityTag::toString).orElse("");
    return new Refuse(Refusal.MISSING, tag, state.announcedTag());
  }

  /** PUT would create what the client believes to change; the others meet the origin's own 404. */
  private static WriteDecision absent(Plan.Write plan, ResourceState state) {
    boolean any =
        plan.conditions().ifMatch().filter(TagCondition.Any.class::isInstance).isPresent();
    return plan.method().equals(Method.PUT) || any
        ? refuse(Refusal.ABSENT, state)
        : new RelayProbe();
  }

  private static WriteDecision refuse(Refusal refusal, ResourceState state) {
    return new Refuse(refusal, "", state.announcedTag());
  }
}
