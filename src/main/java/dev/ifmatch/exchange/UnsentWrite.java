package dev.ifmatch.exchange;

import dev.ifmatch.http.EntityTag;
import dev.ifmatch.http.Field;
import dev.ifmatch.http.FieldName;
import dev.ifmatch.http.Fields;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.http.ResponseHead;
import dev.ifmatch.policy.Cors;
import dev.ifmatch.policy.Plan;
import dev.ifmatch.policy.Preference;
import dev.ifmatch.policy.Problem;
import dev.ifmatch.policy.Refusal;
import dev.ifmatch.policy.WriteDecision;
import java.util.ArrayList;
import java.util.List;

/** How a guarded write is answered that the origin does not get. */
final class UnsentWrite {
  private final Plan.Write plan;
  private final RequestHead request;
  private final ExchangePort port;
  private final ExchangeListener listener;

  UnsentWrite(Plan.Write plan, RequestHead request, ExchangePort port, ExchangeListener listener) {
    this.plan = plan;
    this.request = request;
    this.port = port;
    this.listener = listener;
  }

  /** Answers as decided, where that was not to forward the write. Final. */
  void answer(WriteDecision decision, WriteProbe probe) {
    if (decision instanceof WriteDecision.Refuse refuse) {
      refuse(refuse, probe.cors(), probe);
    } else if (decision instanceof WriteDecision.Satisfied satisfied) {
      port.relayHead(satisfied(probe.head(), satisfied));
    } else {
      port.relay(probe.head());
    }
  }

  /**
   * Refuses in a problem document, or with the current representation. Final.
   *
   * @param cors what lets a browser's script read the answer
   */
  void refuse(WriteDecision.Refuse refuse, List<Field> cors, WriteProbe probe) {
    Problem problem = problem(refuse);
    if (probe.isShownWith(refuse)) {
      listener.onRefused(problem);
      EntityTag tag = refuse.currentTag().orElseThrow();
      port.relay(showing(probe.head(), problem.status(), tag));
    } else {
      port.reply(
          problem.withChanged(probe.changes(refuse)),
          plan.guarded().elsewhere() ? Cors.withGuard(cors) : cors);
    }
  }

  /** The refusal as the client and the listener are told of it. */
  Problem problem(WriteDecision.Refuse refuse) {
    return problem(refuse.refusal(), refuse.why()).with(refuse.currentTag());
  }

  /** The refusal, where no state was looked at. */
  Problem problem(Refusal refusal, String why) {
    return Problem.of(refusal, request, why, plan.policy().status()).guardedBy(plan.guarded());
  }

  /** The head for a refusal that shows the current representation (RFC 7240 §4.2, RFC 8144 §3). */
  private ResponseHead showing(ResponseHead probe, int status, EntityTag tag) {
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
  private static ResponseHead satisfied(ResponseHead probe, WriteDecision.Satisfied satisfied) {
    ReadExchange.CONTENT_FIELDS.forEach(probe.fields()::remove);
    probe.fields().set(FieldName.ETAG, satisfied.currentTag().toString());
    Cors.exposeTag(probe.fields());
    return probe.with(satisfied.status());
  }
}
