package dev.ifmatch.exchange;

import dev.ifmatch.http.EntityTag;
import dev.ifmatch.http.FieldName;
import dev.ifmatch.http.Fields;
import dev.ifmatch.http.Preconditions;
import dev.ifmatch.http.ResourceState;
import dev.ifmatch.http.TagCondition;
import dev.ifmatch.policy.Plan;
import dev.ifmatch.policy.WriteDecision;
import java.util.Optional;

/** Which preconditions a write takes along to the origin. */
final class OriginConditions {
  private final Plan.Write plan;

  OriginConditions(Plan.Write plan) {
    this.plan = plan;
  }

  /**
   * Takes off and puts on, by whether the write was checked.
   *
   * @param probed what the probe saw, where there was one
   */
  void applyTo(Fields write, Optional<ResourceState> probed) {
    boolean unchecked = WriteDecision.needsProbe(plan) && probed.isEmpty();
    if (plan.isObserved() || unchecked) {
      leave(write, probed);
    } else {
      replace(write, probed);
    }
  }

  /**
   * On a write that was checked. Our tags mean nothing to the origin, so conditions are taken off;
   * its own tag it can enforce itself, which closes the window to writers that do not come through
   * here.
   */
  private void replace(Fields write, Optional<ResourceState> probed) {
    Preconditions.FIELDS.forEach(write::remove);
    ownTag(probed).ifPresent(tag -> write.set(FieldName.IF_MATCH, tag.toString()));
    boolean creates = probed.filter(ResourceState.Absent.class::isInstance).isPresent();
    if (creates && !plan.guarded().elsewhere() && plan.conditions().ifNoneMatch().isPresent()) {
      write.set(FieldName.IF_NONE_MATCH, "*");
    }
  }

  /**
   * On a write that is passed on although it was not or could not be confirmed: the origin meets
   * what it would meet without us, but for tags that only we can have made.
   */
  private void leave(Fields write, Optional<ResourceState> probed) {
    boolean tags =
        plan.conditions().ifMatch().filter(TagCondition.OneOf.class::isInstance).isPresent();
    boolean ours =
        probed.filter(ResourceState.Present.class::isInstance).isPresent()
            && ownTag(probed).isEmpty();
    if (tags && ours) {
      write.remove(FieldName.IF_MATCH);
    }
  }

  /** What the origin tagged somewhere else than at the write's target says nothing about that. */
  private Optional<EntityTag> ownTag(Optional<ResourceState> probed) {
    return probed
        .filter(state -> !plan.guarded().elsewhere() && plan.policy().probe().path().isEmpty())
        .flatMap(
            s -> s instanceof ResourceState.Present present ? present.own() : Optional.empty());
  }
}
