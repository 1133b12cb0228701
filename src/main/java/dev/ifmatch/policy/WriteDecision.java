package dev.ifmatch.policy;

import dev.ifmatch.http.EntityTag;
import dev.ifmatch.http.Method;
import dev.ifmatch.http.Preconditions.WriteOutcome;
import dev.ifmatch.http.ResourceState;
import dev.ifmatch.http.TagCondition;
import dev.ifmatch.policy.RoutePolicy.AlreadyApplied;
import dev.ifmatch.policy.RoutePolicy.NoOp;
import dev.ifmatch.policy.RoutePolicy.Star;
import dev.ifmatch.policy.RoutePolicy.Unverifiable;
import dev.ifmatch.representation.Variant;
import java.util.Optional;

/** Whether a write may be forwarded, given what the probe has shown. */
public sealed interface WriteDecision {

  /** Without a body, as a 204 is; what a PUT that was already applied has for its success. */
  int NO_CONTENT = 204;

  /**
   * Send it to the origin.
   *
   * @param observed why it would be refused, were its route more than observed
   */
  record Forward(Optional<Refuse> observed) implements WriteDecision {
    static final Forward FREELY = new Forward(Optional.empty());
  }

  /** Pass the probe's own answer on: it is what the write would have met. */
  record RelayProbe() implements WriteDecision {}

  /**
   * Answer in the origin's place that the current state is what the write asks for.
   *
   * @param status the answer's status code
   * @param currentTag the current state's tag
   */
  record Satisfied(int status, EntityTag currentTag) implements WriteDecision {}

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
    /** Nothing of the kind that the writer asked for: it is not known what else there is. */
    NOT_ACCEPTABLE,
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
        case 406 -> NOT_ACCEPTABLE;
        case 405, 501 -> UNVERIFIABLE;
        default -> status >= 500 ? FAILED : UNVERIFIABLE;
      };
    }
  }

  /**
   * Whether the write can be decided without a probe: nothing was asked and nothing is required.
   */
  static boolean needsProbe(Plan.Write plan) {
    return plan.policy().mode() != Mode.OPTIONAL || !plan.conditions().isEmpty();
  }

  /**
   * Decides by the current state.
   *
   * @param sent the fingerprint of the request's body, where it is known
   */
  static WriteDecision of(Plan.Write plan, ResourceState state, Optional<EntityTag> sent) {
    if (state instanceof ResourceState.Absent && !saysThatThereIsNone(plan)) {
      String why = "a GET of it, in the representation that your tag names, found none";
      return ofUnusable(plan, ProbeAnswer.NOT_ACCEPTABLE, why);
    }
    WriteOutcome outcome = plan.conditions().evaluateWrite(state, plan.policy().comparison());
    return unlessObserved(
        plan,
        switch (outcome) {
          case CONFIRMED -> confirmed(plan, state, sent);
          case UNSTATED -> unstated(plan, state);
          case STALE -> stale(plan, state, sent);
          case WEAK -> refuse(Refusal.WEAK_TAG, state);
          case EXISTS -> refuse(Refusal.EXISTS, state);
          case MODIFIED -> refuse(Refusal.MODIFIED, state);
          case UNDATED -> refuse(Refusal.UNDATED, state);
          case ABSENT -> absent(plan, state);
        });
  }

  /**
   * Decides where the probe's answer shows no state to compare with. What only the client's own
   * words have made the origin not answer, no policy allows.
   */
  static WriteDecision ofUnusable(Plan.Write plan, ProbeAnswer answer, String why) {
    return unlessObserved(
        plan,
        switch (answer) {
          case NOT_ADMITTED -> new RelayProbe();
          case FAILED -> new Refuse(Refusal.PROBE_FAILED, why, Optional.empty());
          case NOT_ACCEPTABLE -> new Refuse(Refusal.UNVERIFIABLE, why, Optional.empty());
          default ->
              plan.policy().unverifiable() == Unverifiable.ALLOW && !ProbeRequest.namesVariant(plan)
                  ? Forward.FREELY
                  : new Refuse(Refusal.UNVERIFIABLE, why, Optional.empty());
        });
  }

  /**
   * Whether a probe that found nothing says that there is nothing: a client's tag that made it ask
   * for one representation only must not pass for a resource that can be created.
   */
  private static boolean saysThatThereIsNone(Plan.Write plan) {
    return plan.conditions().ifMatch().isPresent() || !ProbeRequest.namesVariant(plan);
  }

  /** Whether what was sent is, by its tag, what is there. */
  static boolean isSame(Optional<EntityTag> sent, ResourceState state) {
    return sent.isPresent()
        && state instanceof ResourceState.Present present
        && present
            .fingerprint()
            .filter(now -> Variant.of(now).mark(sent.get()).matchesWeakly(now))
            .isPresent();
  }

  private static WriteDecision unlessObserved(Plan.Write plan, WriteDecision decision) {
    if (!plan.isObserved() || decision instanceof Forward) {
      return decision;
    }
    return new Forward(
        Optional.of(decision).filter(Refuse.class::isInstance).map(Refuse.class::cast));
  }

  private static WriteDecision confirmed(
      Plan.Write plan, ResourceState state, Optional<EntityTag> sent) {
    boolean denied = plan.policy().star() == Star.DENY && isAny(plan);
    if (denied) {
      return unstated(plan, state);
    }
    boolean changesNothing =
        plan.policy().noOp() == NoOp.UNCHANGED && plan.replaces() && isSame(sent, state);
    return changesNothing
        ? new Satisfied(plan.policy().status().unchanged(), state.announcedTag().orElseThrow())
        : Forward.FREELY;
  }

  private static WriteDecision unstated(Plan.Write plan, ResourceState state) {
    boolean losesNothing = state instanceof ResourceState.Absent;
    if (losesNothing || plan.policy().mode() == Mode.OPTIONAL) {
      return Forward.FREELY;
    }
    String tag = state.announcedTag().map(EntityTag::toString).orElse("");
    return new Refuse(Refusal.MISSING, tag, state.announcedTag());
  }

  private static WriteDecision stale(
      Plan.Write plan, ResourceState state, Optional<EntityTag> sent) {
    if (!plan.replaces() || !isSame(sent, state)) {
      return refuse(Refusal.STALE, state);
    }
    return plan.policy().alreadyApplied() == AlreadyApplied.ACCEPT
        ? new Satisfied(NO_CONTENT, state.announcedTag().orElseThrow())
        : refuse(Refusal.ALREADY_APPLIED, state);
  }

  /** PUT would create what the client believes to change; the others meet the origin's own 404. */
  private static WriteDecision absent(Plan.Write plan, ResourceState state) {
    boolean meetsOwn404 = !plan.method().equals(Method.PUT) && !plan.guarded().elsewhere();
    return meetsOwn404 && !isAny(plan) ? new RelayProbe() : refuse(Refusal.ABSENT, state);
  }

  private static boolean isAny(Plan.Write plan) {
    return plan.conditions().ifMatch().filter(TagCondition.Any.class::isInstance).isPresent();
  }

  private static WriteDecision refuse(Refusal refusal, ResourceState state) {
    return new Refuse(refusal, "", state.announcedTag());
  }
}
