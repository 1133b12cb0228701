package dev.ifmatch.exchange;

import dev.ifmatch.http.EntityTag;
import dev.ifmatch.http.Field;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.http.ResourceState;
import dev.ifmatch.http.ResponseHead;
import dev.ifmatch.policy.Cors;
import dev.ifmatch.policy.Plan;
import dev.ifmatch.policy.Preference;
import dev.ifmatch.policy.ProbeRequest;
import dev.ifmatch.policy.Refusal;
import dev.ifmatch.policy.Sighting;
import dev.ifmatch.policy.WriteDecision;
import java.util.List;
import java.util.Optional;

/**
 * What a guarded write finds out about its resource: by the probe, by the check before the upload,
 * by the reread behind the write, and from what the lock's last holder saw.
 *
 * <p>One answer is read at a time; the last one stays to be told of.
 */
final class WriteProbe {
  private final Plan.Write plan;
  private final RequestHead request;
  private final ExchangePort port;
  private final ExchangeListener listener;
  private final SentBody sent;
  private final LastRead lastRead;
  private final boolean showsCurrent;

  /** What is asked before the write, and again behind it; made when it is first needed. */
  private Optional<RequestHead> question = Optional.empty();

  private Optional<ProbeReading> reading = Optional.empty();

  /** Whether the answer's body is kept, to be shown. */
  private boolean kept;

  /** What the probe saw. */
  private Optional<ResourceState> seen = Optional.empty();

  WriteProbe(
      Plan.Write plan,
      RequestHead request,
      ExchangePort port,
      ExchangeListener listener,
      SentBody sent,
      RecentBodies bases) {
    this.plan = plan;
    this.request = request;
    this.port = port;
    this.listener = listener;
    this.sent = sent;
    this.lastRead = new LastRead(plan, bases);
    this.showsCurrent =
        Preference.wantsRepresentation(request.fields()) && plan.policy().probe().isTheWritersOwn();
  }

  /** Asks the origin. The head of its answer is for one of the {@code begin} methods. */
  void ask() {
    port.fetch(question(), plan.policy().probe().timeout());
  }

  /** One for all: a write that is forwarded loses fields, but none that a probe carries. */
  private RequestHead question() {
    if (question.isEmpty()) {
      question = Optional.of(ProbeRequest.of(request, plan));
    }
    return question.get();
  }

  /** Whether what the last holder saw is enough to refuse: not where more is to be told of it. */
  Optional<WriteDecision.Refuse> refusedBy(Sighting last) {
    boolean same = last.answers(question(), plan.guarded().tag());
    boolean applied = WriteDecision.isSame(sent.fingerprint(), last.state());
    if (!same || applied || showsCurrent || lastRead.isKnown()) {
      return Optional.empty();
    }
    return WriteDecision.of(plan, last.state(), Optional.empty())
            instanceof WriteDecision.Refuse refuse
        ? Optional.of(refuse)
        : Optional.empty();
  }

  /**
   * The head of the answer before the write is here.
   *
   * @return what is to become of the write; empty where the body is to be read before that
   */
  Optional<WriteDecision> begin(ResponseHead head) {
    ProbeReading probe = begin(head, lastRead.isKnown());
    if (isWorthReading(probe)) {
      return Optional.empty();
    }
    WriteDecision decision = decide();
    if (decision instanceof WriteDecision.Forward) {
      if (!probe.isEndless()) {
        return Optional.empty(); // reading it to its end saves its connection
      }
      port.abort();
    }
    return Optional.of(decision);
  }

  /**
   * The head of the answer behind the write is here.
   *
   * @return whether the body is to be read
   */
  boolean beginReread(ResponseHead head) {
    return isWorthReading(begin(head, lastRead.wanted()));
  }

  private ProbeReading begin(ResponseHead head, boolean captures) {
    ProbeReading begun = new ProbeReading(head, plan.guarded().tag(), captures);
    reading = Optional.of(begun);
    return begun;
  }

  private static boolean isWorthReading(ProbeReading answer) {
    return answer.isPresent() && !answer.isEndless();
  }

  /**
   * Reads the answer's body.
   *
   * @param last whether nothing is asked again before the client can be shown it
   */
  void read(boolean last) {
    kept = showsCurrent && last && reading().isPresent();
    if (kept) {
      port.collect(reading().observer());
    } else {
      port.drain(reading().observer());
    }
  }

  boolean isKept() {
    return kept;
  }

  /** Goes on reading a body that is too large to be kept. */
  void readOn() {
    discard();
    port.drain(reading().observer());
  }

  /** Keeps the body no longer. */
  void discard() {
    if (kept) {
      kept = false;
      port.discard();
    }
  }

  /** The origin failed: nothing is kept of its answer. */
  void lose() {
    kept = false;
  }

  /** What is to become of the write, once as much of the answer was read as is needed. */
  WriteDecision decide() {
    ProbeReading probe = reading();
    WriteDecision decision = probe.decide(plan, sent.fingerprint(probe.head().fields()));
    seen = probe.seen();
    probe.fallback().ifPresent(why -> listener.onFallback(request, why));
    return decision;
  }

  /** The new state, once the reread was read; empty where it has no tag. To be asked once. */
  Optional<ResourceState> decideReread() {
    Optional<ResourceState> now = reading().state();
    lastRead.replace(now, reading().body());
    return now;
  }

  private ProbeReading reading() {
    return reading.orElseThrow();
  }

  /** The head of the answer that was read last. */
  ResponseHead head() {
    return reading().head();
  }

  /** The state that was decided by; empty where there was none to be seen. */
  Optional<ResourceState> seen() {
    return seen;
  }

  /** What the next holder of the lock may be told, before the write. */
  Optional<Sighting> sighting() {
    return seen.map(state -> sighting(state, cors()));
  }

  /** What the next holder of the lock may be told of a state, with what stood beside it. */
  Sighting sighting(ResourceState state, List<Field> cors) {
    return new Sighting(question(), plan.guarded().tag(), state, cors);
  }

  /** What lets a browser's script read a refusal, as far as the origin has told it. */
  List<Field> cors() {
    return reading.map(probe -> Cors.of(probe.head().fields())).orElse(List.of());
  }

  /** The tag of what was sent, where the last answer's content is said to be the same thing. */
  Optional<EntityTag> tagSent() {
    return reading.flatMap(reread -> sent.fingerprint(reread.head().fields()));
  }

  /** Whether the client is shown what is there, together with this refusal. */
  boolean isShownWith(WriteDecision.Refuse refuse) {
    return kept && refuse.refusal() != Refusal.MISSING && refuse.currentTag().isPresent();
  }

  /** What has changed since the client read the resource, where this refusal is to tell it. */
  Optional<List<String>> changes(WriteDecision.Refuse refuse) {
    boolean tells = refuse.refusal() == Refusal.STALE;
    return lastRead.changes(reading.filter(probe -> tells).flatMap(ProbeReading::body));
  }
}
