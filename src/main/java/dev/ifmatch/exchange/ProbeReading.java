package dev.ifmatch.exchange;

import dev.ifmatch.http.EntityTag;
import dev.ifmatch.http.ResourceState;
import dev.ifmatch.http.ResponseHead;
import dev.ifmatch.policy.WriteDecision.ProbeAnswer;
import dev.ifmatch.representation.ContentCoding;
import dev.ifmatch.representation.Fingerprint;
import dev.ifmatch.representation.HashAlgorithm;
import dev.ifmatch.representation.TagRecipe;
import java.util.Optional;

/** Makes the resource's state of the answer to a probe or a reread. */
final class ProbeReading {
  private final ResponseHead head;
  private final Optional<Fingerprint> fingerprint;

  ProbeReading(ResponseHead head, HashAlgorithm hash) {
    this.head = head;
    this.fingerprint =
        ContentCoding.of(head.fields())
            .map(coding -> new Fingerprint(TagRecipe.DEFAULT.with(hash), coding));
  }

  ResponseHead head() {
    return head;
  }

  ProbeAnswer kind() {
    return ProbeAnswer.of(head.status());
  }

  /** Whether the body would be waited for in vain. */
  boolean isEndless() {
    return ReadExchange.isStream(head);
  }

  /** What is to see the answer's body before {@link #state} is asked. */
  BodyObserver observer() {
    boolean wanted = kind() == ProbeAnswer.PRESENT && fingerprint.isPresent();
    return wanted ? fingerprint.get()::update : BodyObserver.NONE;
  }

  /**
   * The state, once the body was seen. To be asked once.
   *
   * @return empty where the answer shows a representation that has no tag
   */
  Optional<ResourceState> state() {
    if (kind() == ProbeAnswer.ABSENT) {
      return Optional.of(new ResourceState.Absent());
    }
    Optional<EntityTag> own = head.strongTag();
    Optional<EntityTag> ours = fingerprint.flatMap(Fingerprint::tag).map(EntityTag::withoutCoding);
    return own.isEmpty() && ours.isEmpty()
        ? Optional.empty()
        : Optional.of(new ResourceState.Present(own, ours, head.lastModified()));
  }
}
