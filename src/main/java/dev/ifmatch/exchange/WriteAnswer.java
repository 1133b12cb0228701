package dev.ifmatch.exchange;

import dev.ifmatch.http.EntityTag;
import dev.ifmatch.http.FieldName;
import dev.ifmatch.http.Fields;
import dev.ifmatch.http.Method;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.http.ResourceState;
import dev.ifmatch.http.ResponseHead;
import dev.ifmatch.policy.Admission;
import dev.ifmatch.policy.Cors;
import dev.ifmatch.policy.Plan;
import dev.ifmatch.policy.Preference;
import dev.ifmatch.policy.RoutePolicy.WriteTag;
import dev.ifmatch.policy.WriteDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the head of the answer to a write says of the resource's state. */
final class WriteAnswer {
  private final Plan.Write plan;
  private final String host;

  WriteAnswer(Plan.Write plan, RequestHead request) {
    this.plan = plan;
    this.host = request.fields().first(FieldName.HOST).orElse("");
  }

  /** Whether an answer may tell of a new state, and is to (RFC 9110 §8.8, §9.3.4). */
  boolean needsReread(ResponseHead answer) {
    return switch (plan.policy().writeTag()) {
      case ALWAYS -> changes(answer);
      case VERBATIM -> changes(answer) && plan.replaces();
      case OFF -> false;
    };
  }

  private boolean changes(ResponseHead answer) {
    boolean keepsTarget = plan.method().equals(Method.PUT) || plan.method().equals(Method.PATCH);
    boolean done = answer.status() == 200 || answer.status() == 201 || answer.status() == 204;
    return done && (keepsTarget || plan.guarded().elsewhere());
  }

  /**
   * Puts the tag of the new state on the origin's answer.
   *
   * @param now the state, where it is known
   * @param sent the fingerprint of the request's body, where it is known
   */
  void tag(ResponseHead answer, Optional<ResourceState> now, Optional<EntityTag> sent) {
    boolean tells =
        plan.policy().writeTag() != WriteTag.VERBATIM
            || now.filter(state -> WriteDecision.isSame(sent, state)).isPresent();
    Optional<EntityTag> tag = now.filter(state -> tells).flatMap(ResourceState::announcedTag);
    if (plan.guarded().elsewhere() && !isOfGuard(answer)) {
      tag.ifPresent(known -> tagGuard(answer.fields(), known));
    } else if (tag.isPresent()) {
      answer.fields().set(FieldName.ETAG, tag.get().toString());
      Cors.exposeTag(answer.fields());
    } else if (changes(answer)) {
      answer.fields().remove(FieldName.ETAG);
    }
  }

  /** Whether the answer holds the guard's own representation (RFC 9110 §8.7). */
  private boolean isOfGuard(ResponseHead answer) {
    return answer.status() != WriteDecision.NO_CONTENT
        && answer.fields().first(FieldName.CONTENT_LOCATION).filter(this::isGuard).isPresent();
  }

  private boolean isGuard(String location) {
    String path = Admission.originForm(location.trim());
    boolean here = Admission.authority(location.trim()).stream().allMatch(host::equalsIgnoreCase);
    return here && path.matches("/[^/].*") && plan.guarded().isAt(path);
  }

  /** The target's answer cannot carry another resource's tag in {@code ETag}. */
  private void tagGuard(Fields answer, EntityTag tag) {
    answer.set(FieldName.GUARD_LOCATION, plan.guarded().target());
    answer.set(FieldName.GUARD_ETAG, tag.toString());
    Cors.expose(answer, FieldName.GUARD_LOCATION);
    Cors.expose(answer, FieldName.GUARD_ETAG);
  }

  /** The head for a refusal that shows the current representation (RFC 7240 §4.2, RFC 8144 §3). */
  ResponseHead showing(ResponseHead probe, int status, EntityTag tag) {
    Fields fields = probe.fields();
    fields.set(FieldName.ETAG, tag.toString());
    fields.set(FieldName.CACHE_CONTROL, "no-store");
    fields.set(FieldName.CONTENT_LOCATION, plan.guarded().target());
    fields.set(FieldName.PREFERENCE_APPLIED, Preference.RETURN_REPRESENTATION);
    List<String> varying = new ArrayList<>(fields.members(FieldName.VARY));
    varying.add(FieldName.PREFER);
    fields.set(FieldName.VARY, String.join(", ", varying));
    Cors.exposeTag(fields);
    return probe.with(status);
  }

  /** The head for a write that needs not be sent, since the state is what it asks for. */
  static ResponseHead satisfied(ResponseHead probe, int status, EntityTag tag) {
    ReadExchange.CONTENT_FIELDS.forEach(probe.fields()::remove);
    probe.fields().set(FieldName.ETAG, tag.toString());
    Cors.exposeTag(probe.fields());
    return probe.with(status);
  }
}
