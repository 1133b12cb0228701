package dev.ifmatch.exchange;

import dev.ifmatch.http.FieldName;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.http.ResourceState;
import dev.ifmatch.http.ResponseHead;
import dev.ifmatch.policy.Plan;
import dev.ifmatch.policy.Problem;
import dev.ifmatch.policy.Refusal;
import dev.ifmatch.policy.RefusalSource;
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
  private final Plan.Write plan;
  private final RequestHead request;
  private final ExchangePort port;
  private final ExchangeListener listener;
  private final SentBody sent;
  private final WriteProbe probe;
  private final WriteAnswer answer;
  private final boolean expectsContinue;
  private WriteState state = WriteState.NEW;
  private boolean locked;

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
    this.sent = new SentBody(plan, request);
    this.probe = new WriteProbe(plan, request, port, listener, sent, bases);
    this.answer = new WriteAnswer(plan, request);
    this.expectsContinue =
        request.fields().members(FieldName.EXPECT).stream()
            .anyMatch("100-continue"::equalsIgnoreCase);
  }

  WriteState state() {
    return state;
  }

  @Override
  public void start() {
    state.expect("start", state == WriteState.NEW);
    if (expectsContinue && WriteDecision.needsProbe(plan)) {
      state = WriteState.CHECKING;
      probe.ask();
    } else {
      receive();
    }
  }

  private void receive() {
    state = WriteState.RECEIVING;
    if (expectsContinue) {
      port.sendContinue();
    }
    port.receiveBody(sent.observer());
  }

  @Override
  public void onBodyReceived() {
    state.expect("onBodyReceived", state == WriteState.RECEIVING);
    sent.finish();
    state = WriteState.WAITING;
    port.acquireLock(plan.guarded().locks());
  }

  @Override
  public void onRefused(Refusal refusal, String why) {
    state.expect("onRefused", state == WriteState.RECEIVING || state == WriteState.WAITING);
    Problem problem = unsent().problem(refusal, why);
    if (state == WriteState.WAITING
        && plan.isObserved()
        && refusal.source() == RefusalSource.LOCK) {
      goOn(Optional.of(problem)); // without the lock
    } else {
      state = WriteState.OVER;
      port.reply(problem, List.of());
    }
  }

  @Override
  public void onLockGranted(Optional<Sighting> sighting) {
    state.expect("onLockGranted", state == WriteState.WAITING);
    locked = true;
    Optional<WriteDecision.Refuse> stale = sighting.flatMap(probe::refusedBy);
    if (stale.isPresent()) {
      end(sighting);
      unsent().refuse(stale.get(), sighting.get().cors(), probe);
    } else if (WriteDecision.needsProbe(plan)) {
      state = WriteState.PROBING;
      probe.ask();
    } else {
      forward();
    }
  }

  @Override
  public void onOriginHead(ResponseHead head) {
    switch (state) {
      case CHECKING, PROBING -> probe.begin(head).ifPresentOrElse(this::act, this::readProbe);
      case FORWARDING -> {
        state = WriteState.ANSWERING;
        answer.begin(head);
        port.collect(BodyObserver.NONE);
      }
      case REREADING -> onRereadHead(head);
      case ORPHANED -> {
        state = WriteState.ORPHANED_BODY;
        answer.begin(head);
        port.drain(BodyObserver.NONE);
      }
      default -> throw state.impossible("onOriginHead");
    }
  }

  private void readProbe() {
    boolean checks = state == WriteState.CHECKING;
    state = checks ? WriteState.CHECKING_BODY : WriteState.PROBING_BODY;
    probe.read(!checks);
  }

  private void act(WriteDecision decision) {
    if (decision instanceof WriteDecision.Forward forward) {
      goOn(forward.observed().map(refuse -> unsent().problem(refuse)));
    } else {
      boolean relays = decision instanceof WriteDecision.RelayProbe;
      end(relays ? Optional.empty() : probe.sighting());
      unsent().answer(decision, probe);
    }
  }

  /** After the check, the upload; after the probe, the write. */
  private void goOn(Optional<Problem> observed) {
    if (state == WriteState.CHECKING || state == WriteState.CHECKING_BODY) {
      receive();
    } else {
      observed.ifPresent(listener::onObserved);
      forward();
    }
  }

  private void onRereadHead(ResponseHead head) {
    if (probe.beginReread(head)) {
      state = WriteState.REREADING_BODY;
      probe.read(false);
    } else {
      port.abort(); // its body must not get in the way of the one that is kept
      finish(Optional.empty());
    }
  }

  @Override
  public void onAnswerEnd() {
    switch (state) {
      case CHECKING_BODY, PROBING_BODY -> act(probe.decide());
      case ANSWERING -> onAnswered();
      case REREADING_BODY -> finish(probe.decideReread());
      case ORPHANED_BODY -> endAnswered(Optional.empty());
      default -> throw state.impossible("onAnswerEnd");
    }
  }

  private void forward() {
    state = WriteState.FORWARDING;
    probe.discard();
    request.fields().remove(FieldName.EXPECT);
    new OriginConditions(plan).applyTo(request.fields(), probe.seen());
    port.forward(request);
  }

  /**
   * Only a reread tells the new tag: what stands on the answer itself may be the tag of the
   * answer's own body, as many frameworks make it.
   */
  private void onAnswered() {
    if (answer.needsReread()) {
      state = WriteState.REREADING;
      probe.ask();
    } else {
      finish(Optional.empty());
    }
  }

  @Override
  public void onAnswerOverflow() {
    switch (state) {
      case PROBING_BODY -> {
        state.expect("onAnswerOverflow", probe.isKept());
        probe.readOn();
      }
      case ANSWERING -> finish(Optional.empty());
      case ORPHANED_BODY -> {
        endAnswered(Optional.empty());
        port.abort();
      }
      default -> throw state.impossible("onAnswerOverflow");
    }
  }

  /** The write is done: gives the lock back and answers, with the tag of the new state if known. */
  private void finish(Optional<ResourceState> now) {
    Optional<Sighting> sighting = now.map(state -> probe.sighting(state, answer.cors()));
    answer.tag(now, probe.tagSent());
    endAnswered(sighting);
    port.relay(answer.head());
  }

  @Override
  public void onOriginFailed(OriginFailure failure) {
    switch (state) {
      case CHECKING, CHECKING_BODY, PROBING, PROBING_BODY -> onProbeFailed(failure);
      case FORWARDING, ANSWERING -> {
        endUndecided(failure.sent());
        port.reply(failure.problemOfWrite(request), probe.cors());
      }
      case REREADING, REREADING_BODY -> finish(Optional.empty());
      case ORPHANED, ORPHANED_BODY -> endUndecided(failure.sent());
      default -> throw state.impossible("onOriginFailed");
    }
  }

  private void onProbeFailed(OriginFailure failure) {
    probe.lose();
    if (plan.isObserved()) {
      goOn(Optional.of(failure.problemOfProbe(request)));
    } else {
      end(Optional.empty());
      port.reply(failure.problemOfProbe(request), probe.cors());
    }
  }

  @Override
  public void onClientGone() {
    switch (state) {
      case NEW, RECEIVING -> state = WriteState.OVER;
      case WAITING -> {
        state = WriteState.OVER;
        port.abandonLock();
      }
      case CHECKING, CHECKING_BODY, PROBING, PROBING_BODY, REREADING, REREADING_BODY -> {
        end(Optional.empty());
        port.abort();
      }
      case FORWARDING -> state = WriteState.ORPHANED;
      case ANSWERING -> state = WriteState.ORPHANED_BODY;
      case ORPHANED, ORPHANED_BODY -> throw state.impossible("onClientGone");
      case OVER -> {} // the answer was on its way
    }
  }

  /** Is over, and gives the lock back where it is held. */
  private void end(Optional<Sighting> sighting) {
    state = WriteState.OVER;
    if (locked) {
      port.releaseLock(sighting);
    }
  }

  /** Is over, with an answer of the origin's to the write. */
  private void endAnswered(Optional<Sighting> sighting) {
    if (answer.isUndecided()) {
      endUndecided(true);
    } else {
      end(sighting);
    }
  }

  /** Is over; a write that the origin may still be carrying out keeps others off for a while. */
  private void endUndecided(boolean sentIt) {
    if (sentIt && locked) {
      state = WriteState.OVER;
      port.releaseLockAfterGrace();
    } else {
      end(Optional.empty());
    }
  }

  private UnsentWrite unsent() {
    return new UnsentWrite(plan, request, port, listener);
  }
}
