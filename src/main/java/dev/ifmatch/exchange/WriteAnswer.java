package dev.ifmatch.exchange;

import dev.ifmatch.http.EntityTag;
import dev.ifmatch.http.Field;
import dev.ifmatch.http.FieldName;
import dev.ifmatch.http.Fields;
import dev.ifmatch.http.Method;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.http.ResourceState;
import dev.ifmatch.http.ResponseHead;
import dev.ifmatch.policy.Admission;
import dev.ifmatch.policy.Cors;
import dev.ifmatch.policy.Plan;
import dev.ifmatch.policy.RoutePolicy.WriteTag;
import dev.ifmatch.policy.WriteDecision;
import java.util.List;
import java.util.Optional;

/** The origin's answer to a write, and what its head says of the resource's state. */
final class WriteAnswer {
  private final Plan.Write plan;
  private final String host;
  private Optional<ResponseHead> head = Optional.empty();

  WriteAnswer(Plan.Write plan, RequestHead request) {
    this.plan = plan;
    this.host = request.fields().first(FieldName.HOST).orElse("");
  }

  /** The head is here. All else can be asked only then. */
  void begin(ResponseHead begun) {
    head = Optional.of(begun);
  }

  ResponseHead head() {
    return head.orElseThrow();
  }

  /** What lets a browser's script read it, as the origin sent that. */
  List<Field> cors() {
    return Cors.of(head().fields());
  }

  /**
   * Whether a gateway before the origin gave up on the write (RFC 9110 §15.6.3, §15.6.5): the
   * origin may still be carrying it out.
   */
  boolean isUndecided() {
    return head().status() == 502 || head().status() == 504;
  }

  /** Whether the answer may tell of a new state, and is to (RFC 9110 §8.8, §9.3.4). */
  boolean needsReread() {
    return switch (plan.policy().writeTag()) {
      case ALWAYS -> changes();
      case VERBATIM -> changes() && plan.replaces();
      case OFF -> false;
    };
  }

  private boolean changes() {
    int status = head().status();
    boolean keepsTarget = plan.method().equals(Method.PUT) || plan.method().equals(Method.PATCH);
    boolean done = status == 200 || status == 201 || status == 204;
    return done && (keepsTarget || plan.guarded().elsewhere());
  }

  /**
   * Puts the tag of the new state on the answer.
   *
   * @param now the state, where it is known
   * @param sent the fingerprint of the request's body, where it is known
   */
  void tag(Optional<ResourceState> now, Optional<EntityTag> sent) {
    Fields fields = head().fields();
    boolean tells =
        plan.policy().writeTag() != WriteTag.VERBATIM
            || now.filter(state -> WriteDecision.isSame(sent, state)).isPresent();
    Optional<EntityTag> tag = now.filter(state -> tells).flatMap(ResourceState::announcedTag);
    if (plan.guarded().elsewhere() && !isOfGuard()) {
      tag.ifPresent(this::tagGuard);
    } else if (tag.isPresent()) {
      fields.set(FieldName.ETAG, tag.get().toString());
      Cors.exposeTag(fields);
    } else if (changes()) {
      fields.remove(FieldName.ETAG);
    }
  }

  /** Whether the answer holds the guard's own representation (RFC 9110 §8.7). */
  private boolean isOfGuard() {
    return head().status() != WriteDecision.NO_CONTENT
        && head().fields().first(FieldName.CONTENT_LOCATION).filter(this::isGuard).isPresent();
  }

  private boolean isGuard(String location) {
    String path = Admission.originForm(location.trim());
    boolean here = Admission.authority(location.trim()).stream().allMatch(host::equalsIgnoreCase);
    return here && path.matches("/[^/].*") && plan.guarded().isAt(path);
  }

  /** The target's answer cannot carry another resource's tag in {@code ETag}. */
  private void tagGuard(EntityTag tag) {
    Fields fields = head().fields();
    fields.set(FieldName.GUARD_LOCATION, plan.guarded().target());
    fields.set(FieldName.GUARD_ETAG, tag.toString());
    Cors.expose(fields, FieldName.GUARD_LOCATION);
    Cors.expose(fields, FieldName.GUARD_ETAG);
  }
}
