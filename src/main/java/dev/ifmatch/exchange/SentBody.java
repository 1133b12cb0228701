package dev.ifmatch.exchange;

import dev.ifmatch.http.EntityTag;
import dev.ifmatch.http.FieldName;
import dev.ifmatch.http.Fields;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.policy.Plan;
import dev.ifmatch.policy.RoutePolicy.WriteTag;
import dev.ifmatch.representation.ContentCoding;
import dev.ifmatch.representation.Fingerprint;
import java.util.Locale;
import java.util.Optional;

/**
 * The fingerprint of what a write sends, made as those of the resource are, so that the two can be
 * compared. Known for a PUT of the resource itself, where somebody may ask for it.
 */
final class SentBody {
  private final Fields write;
  private final Optional<ContentCoding> coding;
  private Optional<Fingerprint> fingerprint;
  private Optional<EntityTag> tag = Optional.empty();

  SentBody(Plan.Write plan, RequestHead request) {
    this.write = request.fields();
    boolean wanted =
        plan.conditions().ifMatch().isPresent() || plan.policy().writeTag() == WriteTag.VERBATIM;
    this.coding = wanted && plan.replaces() ? ContentCoding.of(request.fields()) : Optional.empty();
    this.fingerprint = coding.map(known -> new Fingerprint(plan.guarded().tag(), known));
  }

  /** What is to see the body. */
  BodyObserver observer() {
    return fingerprint.isPresent() ? new Fingerprinting(fingerprint.get()) : BodyObserver.NONE;
  }

  /** The body was seen as a whole. Nothing of it is kept while the write waits. */
  void finish() {
    boolean plain = coding.filter(ContentCoding.IDENTITY::equals).isPresent();
    tag = fingerprint.flatMap(Fingerprint::tag).map(made -> plain ? made : made.withoutCoding());
    fingerprint = Optional.empty();
  }

  /** The fingerprint; empty before {@link #finish}, and where nobody asks for it. */
  Optional<EntityTag> fingerprint() {
    return tag;
  }

  /**
   * The fingerprint, where the body is also said to be what this answer's content is: equal bytes
   * of another type, in another language or of a part are something else (RFC 9110 §8.3, §14.5).
   */
  Optional<EntityTag> fingerprint(Fields answer) {
    boolean same =
        !write.has(FieldName.CONTENT_RANGE)
            && agrees(answer, FieldName.CONTENT_TYPE)
            && agrees(answer, FieldName.CONTENT_LANGUAGE);
    return tag.filter(known -> same);
  }

  private boolean agrees(Fields answer, String name) {
    Optional<String> said = write.first(name);
    Optional<String> answered = answer.first(name);
    return said.isEmpty()
        || said.equals(answered)
        || said.map(SentBody::plain).equals(answered.map(SentBody::plain));
  }

  /** Without case, white space, and the charset that goes without saying. */
  private static String plain(String value) {
    String plain = value.toLowerCase(Locale.ROOT).replaceAll("[ \\t\"]", "");
    return plain.replaceFirst(";charset=utf-8$", "");
  }
}
