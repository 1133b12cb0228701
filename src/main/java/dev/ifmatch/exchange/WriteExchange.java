package dev.ifmatch.exchange;

import dev.ifmatch.http.EntityTag;
import dev.ifmatch.http.Field;
import dev.ifmatch.http.FieldName;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.http.ResourceState;
import dev.ifmatch.http.ResponseHead;
import dev.ifmatch.policy.Cors;
import dev.ifmatch.policy.Mode;
import dev.ifmatch.policy.Plan;
import dev.ifmatch.policy.Preference;
import dev.ifmatch.policy.ProbeRequest;
import dev.ifmatch.policy.Problem;
import dev.ifmatch.policy.Refusal;
import dev.ifmatch.policy.Sighting;
import dev.ifmatch.policy.WriteDecision;
import java.util.List;
import java.util.Optional;

/**
 * A guarded write: body, lock, probe, decision, forward, reread, release, answer.
 *
 * <p>The table of its transitions stands in the package's description.
 */
final class WriteExchange implements Exchange {

  enum State {
    NEW,
    /** Before {@code 100 Continue}, without the lock: is the upload worth the while? */
    CHECKING,
    CHECKING_BODY,
    RECEIVING,
    WAITING,
    PROBING,
    PROBING_BODY,
    FORWARDING,
    ANSWERING,
    REREADING,
    REREADING_BODY,
    /** The client left while the origin has the write. */
    ORPHANED,
    ORPHANED_BODY,
    OVER
  }

  private final Plan.Write plan;
  private final RequestHead request;
  private final ExchangePort port;
  private final ExchangeListener listener;
  private final OriginConditions conditions;
  private final WriteAnswer answers;
  private final SentBody sent;
  private final LastRead lastRead;
  private final boolean expectsContinue;
  private final boolean showsCurrent;

  /** What is asked before the write, and again behind it; made when it is first needed. */
  private Optional<RequestHead> question = Optional.empty();

  private State state = State.NEW;
  private boolean locked;

  /** The answer to the probe or the reread that is being read. */
  private Optional<ProbeReading> reading = Optional.empty();

  /** Whether the probe's body is kept, to be shown. */
  private boolean probeKept;

  /** What the probe saw. */
  private Optional<ResourceState> probed = Optional.empty();

  /** The origin's answer to the write. */
  private Optional<ResponseHead> answer = Optional.empty();

  WriteExchange(
      Plan.Write plan,
      RequestHead request,
      ExchangePort port,
      ExchangeListener listener,
      RecentBodies bases) {
    this.plan = plan;
    this.request = request;
    this.port = port;
    this.listener = listener;
    this.conditions = new OriginConditions(plan);
    this.answers = new WriteAnswer(plan, request);
    this.sent = new SentBody(plan, request);
    this.lastRead = new LastRead(plan, bases);
    this.expectsContinue =
        request.fields().members(FieldName.EXPECT).stream()
            .anyMatch("100-continue"::equalsIgnoreCase);
    this.showsCurrent =
        Preference.wantsRepresentation(request.fields()) && plan.policy().probe().isTheWritersOwn();
  }

  State state() {
    return state;
  }

  @Override
  public void start() {
    expect("start", state == State.NEW);
    if (expectsContinue && WriteDecision.needsProbe(plan)) {
      state = State.CHECKING;
      fetch();
    } else {
      receive();
    }
  }

  private void fetch() {
    port.fetch(question(), plan.policy().probe().timeout());
  }

  /** One for all: a write that is forwarded loses fields, but none that a probe carries. */
  private RequestHead question() {
    if (question.isEmpty()) {
      question = Optional.of(ProbeRequest.of(request, plan));
    }
    return question.get();
  }

  private void receive() {
    state = State.RECEIVING;
    if (expectsContinue) {
      port.sendContinue();
    }
    port.receiveBody(sent.observer());
  }

  @Override
  public void onBodyReceived() {
    expect("onBodyReceived", state == State.RECEIVING);
    sent.finish();
    state = State.WAITING;
    port.acquireLock(plan.guarded().locks());
  }

  @Override
  public void onRefused(Refusal refusal, String why) {
    expect("onRefused", state == State.RECEIVING || state == State.WAITING);
    Problem problem = problem(refusal, why);
    if (state == State.WAITING && observes() && refusal.source() == Refusal.Source.LOCK) {
      goOn(Optional.of(problem)); // without the lock
    } else {
      state = State.OVER;
      port.reply(problem, List.of());
    }
  }

  @Override
  public void onLockGranted(Optional<Sighting> sighting) {
    expect("onLockGranted", state == State.WAITING);
    locked = true;
    Optional<WriteDecision.Refuse> stale = sighting.flatMap(this::refusedBy);
    if (stale.isPresent()) {
      end(sighting);
      reply(stale.get(), sighting.get().cors(), Optional.empty());
    } else if (WriteDecision.needsProbe(plan)) {
      state = State.PROBING;
      fetch();
    } else {
      forward();
    }
  }

  /** Whether what the last holder saw is enough to refuse: not where more is to be told of it. */
  private Optional<WriteDecision.Refuse> refusedBy(Sighting seen) {
    boolean same = seen.answers(question(), plan.guarded().tag());
    boolean applied = WriteDecision.isSame(sent.fingerprint(), seen.state());
    if (!same || applied || showsCurrent || lastRead.isKnown()) {
      return Optional.empty();
    }
    return WriteDecision.of(plan, seen.state(), Optional.empty())
            instanceof WriteDecision.Refuse refuse
        ? Optional.of(refuse)
        : Optional.empty();
  }

  @Override
  public void onOriginHead(ResponseHead head) {
    switch (state) {
      case CHECKING, PROBING -> onProbeHead(head);
      case FORWARDING -> {
        state = State.ANSWERING;
        answer = Optional.of(head);
        port.collect(BodyObserver.NONE);
      }
      case REREADING -> onRereadHead(head);
      case ORPHANED -> {
        state = State.ORPHANED_BODY;
        answer = Optional.of(head);
        port.drain(BodyObserver.NONE);
      }
      default -> throw impossible("onOriginHead");
    }
  }

  private void onProbeHead(ResponseHead head) {
    ProbeReading probe = new ProbeReading(head, plan.guarded().tag(), lastRead.isKnown());
    reading = Optional.of(probe);
    if (probe.isPresent() && !probe.isEndless()) {
      readProbe(probe);
      return;
    }
    WriteDecision decision = decide(probe);
    if (decision instanceof WriteDecision.Forward && !probe.isEndless()) {
      readProbe(probe); // to its end, which saves its connection
    } else {
      act(decision);
    }
  }

  private void readProbe(ProbeReading probe) {
    boolean checks = state == State.CHECKING;
    state = checks ? State.CHECKING_BODY : State.PROBING_BODY;
    probeKept = showsCurrent && !checks && probe.isPresent();
    if (probeKept) {
      port.collect(probe.observer());
    } else {
      port.drain(probe.observer());
    }
  }

  private WriteDecision decide(ProbeReading probe) {
    WriteDecision decision = probe.decide(plan, sent.fingerprint(probe.head().fields()));
    probed = probe.seen();
    probe.fallback().ifPresent(why -> listener.onFallback(request, why));
    return decision;
  }

  private void act(WriteDecision decision) {
    ProbeReading probe = reading.orElseThrow();
    if (decision instanceof WriteDecision.Forward forward) {
      if (probe.isEndless()) {
        port.abort();
      }
      goOn(forward.observed().map(this::problem));
    } else if (decision instanceof WriteDecision.Refuse refuse) {
      end(sighting());
      reply(refuse, cors(), Optional.of(probe));
    } else if (decision instanceof WriteDecision.Satisfied satisfied) {
      end(sighting());
      port.relayHead(
          WriteAnswer.satisfied(probe.head(), satisfied.status(), satisfied.currentTag()));
    } else {
      end(Optional.empty());
      port.relay(probe.head());
    }
  }

  /** After the check, the upload; after the probe, the write. */
  private void goOn(Optional<Problem> observed) {
    if (state == State.CHECKING || state == State.CHECKING_BODY) {
      receive();
    } else {
      observed.ifPresent(listener::onObserved);
      forward();
    }
  }

  private void onRereadHead(ResponseHead head) {
    ProbeReading reread = new ProbeReading(head, plan.guarded().tag(), lastRead.wanted());
    if (reread.isPresent() && !reread.isEndless()) {
      reading = Optional.of(reread);
      state = State.REREADING_BODY;
      port.drain(reread.observer());
    } else {
      port.abort(); // its body must not get in the way of the one that is kept
      finish(Optional.empty());
    }
  }

  @Override
  public void onAnswerEnd() {
    switch (state) {
      case CHECKING_BODY, PROBING_BODY -> act(decide(reading.orElseThrow()));
      case ANSWERING -> onAnswered();
      case REREADING_BODY -> onReread(reading.orElseThrow());
      case ORPHANED_BODY -> endAnswered(Optional.empty());
      default -> throw impossible("onAnswerEnd");
    }
  }

  private void onReread(ProbeReading reread) {
    Optional<ResourceState> now = reread.state();
    lastRead.replace(now, reread.body());
    finish(now);
  }

  private void forward() {
    state = State.FORWARDING;
    if (probeKept) {
      probeKept = false;
      port.discard();
    }
    request.fields().remove(FieldName.EXPECT);
    boolean unchecked = WriteDecision.needsProbe(plan) && probed.isEmpty();
    if (observes() || unchecked) {
      conditions.leave(request.fields(), probed);
    } else {
      conditions.replace(request.fields(), probed);
    }
    port.forward(request);
  }

  /**
   * Only a reread tells the new tag: what stands on the answer itself may be the tag of the
   * answer's own body, as many frameworks make it.
   */
  private void onAnswered() {
    if (answers.needsReread(answer())) {
      state = State.REREADING;
      fetch();
    } else {
      finish(Optional.empty());
    }
  }

  private ResponseHead answer() {
    return answer.orElseThrow();
  }

  private boolean observes() {
    return plan.policy().mode() == Mode.OBSERVE;
  }

  /**
   * Whether a gateway before the origin gave up on the write (RFC 9110 §15.6.3, §15.6.5): the
   * origin may still be carrying it out.
   */
  private boolean isUndecided() {
    return answer().status() == 502 || answer().status() == 504;
  }

  @Override
  public void onAnswerOverflow() {
    switch (state) {
      case PROBING_BODY -> {
        expect("onAnswerOverflow", probeKept);
        probeKept = false;
        port.discard();
        port.drain(reading.orElseThrow().observer());
      }
      case ANSWERING -> finish(Optional.empty());
      case ORPHANED_BODY -> {
        endAnswered(Optional.empty());
        port.abort();
      }
      default -> throw impossible("onAnswerOverflow");
    }
  }

  /** The write is done: gives the lock back and answers, with the tag of the new state if known. */
  private void finish(Optional<ResourceState> now) {
    ResponseHead head = answer();
    List<Field> cors = Cors.of(head.fields());
    Optional<EntityTag> verbatim =
        reading.flatMap(reread -> sent.fingerprint(reread.head().fields()));
    answers.tag(head, now, verbatim);
    endAnswered(now.map(state -> sighting(state, cors)));
    port.relay(head);
  }

  @Override
  public void onOriginFailed(OriginFailure failure) {
    switch (state) {
      case CHECKING, CHECKING_BODY, PROBING, PROBING_BODY -> onProbeFailed(failure);
      case FORWARDING, ANSWERING -> {
        endUndecided(failure.sent());
        port.reply(failure.problemOfWrite(request), cors());
      }
      case REREADING, REREADING_BODY -> finish(Optional.empty());
      case ORPHANED, ORPHANED_BODY -> endUndecided(failure.sent());
      default -> throw impossible("onOriginFailed");
    }
  }

  private void onProbeFailed(OriginFailure failure) {
    probeKept = false;
    if (observes()) {
      goOn(Optional.of(failure.problemOfProbe(request)));
    } else {
      end(Optional.empty());
      port.reply(failure.problemOfProbe(request), cors());
    }
  }

  @Override
  public void onClientGone() {
    switch (state) {
      case NEW, RECEIVING -> state = State.OVER;
      case WAITING -> {
        state = State.OVER;
        port.abandonLock();
      }
      case CHECKING, CHECKING_BODY, PROBING, PROBING_BODY, REREADING, REREADING_BODY -> {
        end(Optional.empty());
        port.abort();
      }
      case FORWARDING -> state = State.ORPHANED;
      case ANSWERING -> state = State.ORPHANED_BODY;
      case ORPHANED, ORPHANED_BODY -> throw impossible("onClientGone");
      case OVER -> {} // the answer was on its way
    }
  }

  /** Is over, and gives the lock back where it is held. */
  private void end(Optional<Sighting> sighting) {
    state = State.OVER;
    if (locked) {
      port.releaseLock(sighting);
    }
  }

  /** Is over, with an answer of the origin's to the write. */
  private void endAnswered(Optional<Sighting> sighting) {
    if (isUndecided()) {
      endUndecided(true);
    } else {
      end(sighting);
    }
  }

  /** Is over; a write that the origin may still be carrying out keeps others off for a while. */
  private void endUndecided(boolean sentIt) {
    if (sentIt && locked) {
      state = State.OVER;
      port.releaseLockAfterGrace();
    } else {
      end(Optional.empty());
    }
  }

  private Optional<Sighting> sighting() {
    return probed.map(seen -> sighting(seen, cors()));
  }

  private Sighting sighting(ResourceState seen, List<Field> cors) {
    return new Sighting(question(), plan.guarded().tag(), seen, cors);
  }

  /** What lets a browser's script read a refusal, as far as the origin has told it. */
  private List<Field> cors() {
    return reading.map(probe -> Cors.of(probe.head().fields())).orElse(List.of());
  }

  private void reply(WriteDecision.Refuse refuse, List<Field> cors, Optional<ProbeReading> probe) {
    Problem problem = problem(refuse);
    if (probeKept && refuse.refusal() != Refusal.MISSING && refuse.currentTag().isPresent()) {
      listener.onRefused(problem);
      ResponseHead head = probe.orElseThrow().head();
      port.relay(answers.showing(head, problem.status(), refuse.currentTag().get()));
    } else {
      boolean tells = refuse.refusal() == Refusal.STALE;
      Optional<byte[]> now = probe.filter(p -> tells).flatMap(ProbeReading::body);
      port.reply(
          problem.withChanged(lastRead.changes(now)),
          plan.guarded().elsewhere() ? Cors.withGuard(cors) : cors);
    }
  }

  private Problem problem(WriteDecision.Refuse refuse) {
    return problem(refuse.refusal(), refuse.why()).with(refuse.currentTag());
  }

  private Problem problem(Refusal refusal, String why) {
    return Problem.of(refusal, request, why, plan.policy().status()).guardedBy(plan.guarded());
  }

  private void expect(String event, boolean possible) {
    if (!possible) {
      throw impossible(event);
    }
  }

  private IllegalStateException impossible(String event) {
    return new IllegalStateException(event + " cannot happen in state " + state);
  }
}
