package dev.ifmatch.exchange;

import dev.ifmatch.http.EntityTag;
import dev.ifmatch.http.ResourceState;
import dev.ifmatch.http.ResponseHead;
import dev.ifmatch.policy.Plan;
import dev.ifmatch.policy.WriteDecision;
import dev.ifmatch.policy.WriteDecision.ProbeAnswer;
import dev.ifmatch.representation.ContentCoding;
import dev.ifmatch.representation.Fingerprint;
import dev.ifmatch.representation.FormFallback;
import dev.ifmatch.representation.TagRecipe;
import dev.ifmatch.representation.Variant;
import java.util.Optional;

/** Makes the resource's state of the answer to a probe or a reread. */
final class ProbeReading {
  private final ResponseHead head;
  private final Optional<ContentCoding> coding;
  private Optional<Fingerprint> fingerprint;
  private final Optional<Capture> capture;
  private Optional<FormFallback> fallback = Optional.empty();
  private Optional<ResourceState> seen = Optional.empty();

  /**
   * A reading that has seen the head.
   *
   * @param captures whether the body is kept too
   */
  ProbeReading(ResponseHead head, TagRecipe recipe, boolean captures) {
    this.head = head;
    this.coding = ContentCoding.of(head.fields());
    this.fingerprint = coding.map(known -> Fingerprint.withFormer(recipe, known));
    this.capture =
        captures && coding.filter(ContentCoding.IDENTITY::equals).isPresent()
            ? Optional.of(
                new Capture(new Fingerprinting(fingerprint.orElseThrow()), recipe.maxJsonBytes()))
            : Optional.empty();
  }

  ResponseHead head() {
    return head;
  }

  ProbeAnswer kind() {
    return ProbeAnswer.of(head.status());
  }

  boolean isPresent() {
    return kind() == ProbeAnswer.PRESENT;
  }

  /** Whether the body would be waited for in vain. */
  boolean isEndless() {
    return ReadExchange.isStream(head);
  }

  /** What is to see the answer's body before {@link #state} is asked. */
  BodyObserver observer() {
    if (!isPresent() || fingerprint.isEmpty()) {
      return BodyObserver.NONE;
    }
    return capture.isPresent() ? capture.get() : new Fingerprinting(fingerprint.get());
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
    Optional<EntityTag> ours = fingerprint.flatMap(Fingerprint::tag).map(this::ofContent);
    Optional<EntityTag> former = fingerprint.flatMap(Fingerprint::formerTag).map(this::ofContent);
    fallback = fingerprint.flatMap(Fingerprint::fallback);
    fingerprint = Optional.empty(); // the origin may take long to carry the write out
    return own.isEmpty() && ours.isEmpty()
        ? Optional.empty()
        : Optional.of(new ResourceState.Present(own, ours, former, head.lastModified()));
  }

  /**
   * What is to become of the write. To be asked once the body was seen, where that is wanted.
   *
   * @param sent the fingerprint of the write's body, where it is known
   */
  WriteDecision decide(Plan.Write plan, Optional<EntityTag> sent) {
    if (isEndless()) {
      String why = "a GET of it answered with a stream that does not end";
      return WriteDecision.ofUnusable(plan, ProbeAnswer.UNVERIFIABLE, why);
    }
    if (!isPresent() && kind() != ProbeAnswer.ABSENT) {
      String who = kind() == ProbeAnswer.FAILED ? "the backend" : "a GET of it";
      return WriteDecision.ofUnusable(plan, kind(), who + " answered " + head.status());
    }
    seen = state();
    if (seen.isEmpty()) {
      String why = "a GET of it answered in a content coding that cannot be taken off";
      return WriteDecision.ofUnusable(plan, ProbeAnswer.UNVERIFIABLE, why);
    }
    return WriteDecision.of(plan, seen.get(), sent);
  }

  /** The state that the decision was made by; empty where there was none to be seen. */
  Optional<ResourceState> seen() {
    return seen;
  }

  /** The tag of the content itself, whatever coding the probe got it in. */
  private EntityTag ofContent(EntityTag tag) {
    boolean plain = coding.orElseThrow() == ContentCoding.IDENTITY;
    return Variant.of(head.fields()).mark(plain ? tag : tag.withoutCoding());
  }

  /** The body, once it was seen, where it was to be kept and could be. */
  Optional<byte[]> body() {
    return capture.flatMap(Capture::body);
  }

  /** Why the fingerprint is not of the form that was asked for; known after {@link #state}. */
  Optional<FormFallback> fallback() {
    return fallback;
  }
}
