package dev.ifmatch.exchange;

import dev.ifmatch.http.EntityTag;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.policy.Plan;
import dev.ifmatch.policy.RoutePolicy.WriteTag;
import dev.ifmatch.representation.ContentCoding;
import dev.ifmatch.representation.Fingerprint;
import java.util.Optional;

/**
 * The fingerprint of what a write sends, made as those of the resource are, so that the two can be
 * compared. Known for a PUT of the resource itself, where somebody may ask for it.
 */
final class SentBody {
  private final Optional<ContentCoding> coding;
  private final Optional<Fingerprint> fingerprint;
  private Optional<EntityTag> tag = Optional.empty();

  SentBody(Plan.Write plan, RequestHead request) {
    boolean wanted =
        plan.conditions().ifMatch().isPresent() || plan.policy().writeTag() == WriteTag.VERBATIM;
    this.coding = wanted && plan.replaces() ? ContentCoding.of(request.fields()) : Optional.empty();
    this.fingerprint = coding.map(known -> new Fingerprint(plan.guarded().tag(), known));
  }

  /** What is to see the body. */
  BodyObserver observer() {
    return fingerprint.isPresent() ? fingerprint.get()::update : BodyObserver.NONE;
  }

  /** The body was seen as a whole. */
  void finish() {
    boolean plain = coding.filter(ContentCoding.IDENTITY::equals).isPresent();
    tag = fingerprint.flatMap(Fingerprint::tag).map(made -> plain ? made : made.withoutCoding());
  }

  /** The fingerprint; empty before {@link #finish}, and where nobody asks for it. */
  Optional<EntityTag> fingerprint() {
    return tag;
  }
}
