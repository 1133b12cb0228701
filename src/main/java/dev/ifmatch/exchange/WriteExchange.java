package dev.ifmatch.exchange;

import dev.ifmatch.http.EntityTag;
import dev.ifmatch.http.Field;
import dev.ifmatch.http.FieldName;
import dev.ifmatch.http.Method;
import dev.ifmatch.http.Preconditions;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.http.ResourceState;
import dev.ifmatch.http.ResponseHead;
import dev.ifmatch.policy.Cors;
import dev.ifmatch.policy.Plan;
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
  private final boolean expectsContinue;
  private State state = State.NEW;

  /** The answer to the probe or the reread that is being read. */
  private Optional<ProbeReading> reading = Optional.empty();

  /** What the probe saw. */
  private Optional<ResourceState> probed = Optional.empty();

  /** The origin's answer to the write. */
  private Optional<ResponseHead> answer = Optional.empty();

  WriteExchange(Plan.Write plan, RequestHead request, ExchangePort port) {
    this.plan = plan;
    this.request = request;
    this.port = port;
    this.expectsContinue =
        request.fields().members(FieldName.EXPECT).stream()
            .anyMatch("100-continue"::equalsIgnoreCase);
  }

  State state() {
    return state;
  }

  @Override
  public void start() {
    expect("start", state == State.NEW);
    if (expectsContinue && WriteDecision.needsProbe(plan)) {
      state = State.CHECKING;
      port.fetch(ProbeRequest.of(request));
    } else {
      receive();
    }
  }

  private void receive() {
    state = State.RECEIVING;
    if (expectsContinue) {
      port.sendContinue();
    }
    port.receiveBody();
  }

  @Override
  public void onBodyReceived() {
    expect("onBodyReceived", state == State.RECEIVING);
    state = State.WAITING;
    port.acquireLock(plan.key());
  }

  @Override
  public void onRefused(Refusal refusal, String why) {
    expect("onRefused", state == State.RECEIVING || state == State.WAITING);
    state = State.OVER;
    port.reply(Problem.of(refusal, request, why), List.of());
  }

  @Override
  public void onLockGranted(Optional<Sighting> sighting) {
    expect("onLockGranted", state == State.WAITING);
    RequestHead probe = ProbeRequest.of(request);
    Optional<Sighting> same =
        sighting.filter(seen -> seen.selection().equals(ProbeRequest.selection(probe)));
    if (same.isPresent()
        && WriteDecision.of(plan, same.get().state()) instanceof WriteDecision.Refuse refuse) {
      end(same);
      reply(refuse, same.get().cors());
    } else if (WriteDecision.needsProbe(plan)) {
      state = State.PROBING;
      port.fetch(probe);
    } else {
      forward();
    }
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
    ProbeReading probe = new ProbeReading(head, plan.policy().hash());
    reading = Optional.of(probe);
    switch (probe.kind()) {
      case PRESENT -> readProbe(probe);
      case ABSENT -> {
        if (WriteDecision.of(plan, new ResourceState.Absent())
            instanceof WriteDecision.RelayProbe) {
          end(Optional.empty());
          port.relay(head);
        } else {
          readProbe(probe);
        }
      }
      case NOT_ADMITTED -> {
        end(Optional.empty());
        port.relay(head);
      }
      case UNVERIFIABLE -> unverifiable("a GET of it answered " + head.status());
      case FAILED -> {
        String why = "the backend answered " + head.status();
        end(Optional.empty());
        port.reply(Problem.of(Refusal.PROBE_FAILED, request, why), cors());
      }
    }
  }

  private void readProbe(ProbeReading probe) {
    if (probe.isEndless()) {
      unverifiable("a GET of it answered with a stream that does not end");
      return;
    }
    state = state == State.CHECKING ? State.CHECKING_BODY : State.PROBING_BODY;
    port.drain(probe.observer());
  }

  private void onRereadHead(ResponseHead head) {
    ProbeReading reread = new ProbeReading(head, plan.policy().hash());
    if (reread.kind() == WriteDecision.ProbeAnswer.PRESENT && !reread.isEndless()) {
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
      case CHECKING_BODY, PROBING_BODY -> decide();
      case ANSWERING -> onAnswered();
      case REREADING_BODY -> finish(reading.orElseThrow().state());
      case ORPHANED_BODY -> endAnswered(Optional.empty());
      default -> throw impossible("onAnswerEnd");
    }
  }

  private void decide() {
    probed = reading.orElseThrow().state();
    if (probed.isEmpty()) {
      unverifiable("a GET of it answered in a content coding that cannot be taken off");
      return;
    }
    WriteDecision decision = WriteDecision.of(plan, probed.get());
    if (decision instanceof WriteDecision.Refuse refuse) {
      end(sighting(probed.get(), cors()));
      reply(refuse, cors());
    } else if (state == State.CHECKING_BODY) {
      receive();
    } else {
      forward();
    }
  }

  private void unverifiable(String why) {
    end(Optional.empty());
    port.reply(Problem.of(Refusal.UNVERIFIABLE, request, why), cors());
  }

  /**
   * Our tags mean nothing to the origin, so conditions are taken off; its own tag it can enforce
   * itself, which closes the window to writers that do not come through here.
   */
  private void forward() {
    state = State.FORWARDING;
    Preconditions.FIELDS.forEach(request.fields()::remove);
    request.fields().remove(FieldName.EXPECT);
    ownTag().ifPresent(tag -> request.fields().set(FieldName.IF_MATCH, tag.toString()));
    boolean creates = probed.filter(ResourceState.Absent.class::isInstance).isPresent();
    if (creates && plan.conditions().ifNoneMatch().isPresent()) {
      request.fields().set(FieldName.IF_NONE_MATCH, "*");
    }
    port.forward(request);
  }

  private Optional<EntityTag> ownTag() {
    return probed.flatMap(
        s -> s instanceof ResourceState.Present present ? present.own() : Optional.empty());
  }

  /**
   * Only a reread tells the new tag: what stands on the answer itself may be the tag of the
   * answer's own body, as many frameworks make it.
   */
  private void onAnswered() {
    if (isTagged(answer())) {
      state = State.REREADING;
      port.fetch(ProbeRequest.of(request));
    } else {
      finish(Optional.empty());
    }
  }

  private ResponseHead answer() {
    return answer.orElseThrow();
  }

  /**
   * Whether a gateway before the origin gave up on the write (RFC 9110 §15.6.3, §15.6.5): the
   * origin may still be carrying it out.
   */
  private boolean isUndecided() {
    return answer().status() == 502 || answer().status() == 504;
  }

  /** Whether the answer may carry the tag of the target's new state (RFC 9110 §8.8, §9.3.4). */
  private boolean isTagged(ResponseHead head) {
    boolean puts = plan.method().equals(Method.PUT) || plan.method().equals(Method.PATCH);
    return puts && (head.status() == 200 || head.status() == 201 || head.status() == 204);
  }

  @Override
  public void onAnswerOverflow() {
    switch (state) {
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
    Optional<EntityTag> tag = now.flatMap(ResourceState::announcedTag);
    if (tag.isPresent()) {
      head.fields().set(FieldName.ETAG, tag.get().toString());
      Cors.exposeTag(head.fields());
    } else if (isTagged(head)) {
      head.fields().remove(FieldName.ETAG);
    }
    endAnswered(now.flatMap(s -> sighting(s, cors)));
    port.relay(head);
  }

  @Override
  public void onOriginFailed(OriginFailure failure) {
    switch (state) {
      case CHECKING, CHECKING_BODY, PROBING, PROBING_BODY -> {
        end(Optional.empty());
        port.reply(failure.problemOfProbe(request), cors());
      }
      case FORWARDING, ANSWERING -> {
        endUndecided(failure.sent());
        port.reply(failure.problemOfWrite(request), cors());
      }
      case REREADING, REREADING_BODY -> finish(Optional.empty());
      case ORPHANED, ORPHANED_BODY -> endUndecided(failure.sent());
      default -> throw impossible("onOriginFailed");
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
    boolean held = state != State.CHECKING && state != State.CHECKING_BODY;
    state = State.OVER;
    if (held) {
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
  private void endUndecided(boolean sent) {
    state = State.OVER;
    if (sent) {
      port.releaseLockAfterGrace();
    } else {
      port.releaseLock(Optional.empty());
    }
  }

  private Optional<Sighting> sighting(ResourceState seen, List<Field> cors) {
    String selection = ProbeRequest.selection(ProbeRequest.of(request));
    return Optional.of(new Sighting(selection, seen, cors));
  }

  /** What lets a browser's script read a refusal, as far as the origin has told it. */
  private List<Field> cors() {
    return reading.map(probe -> Cors.of(probe.head().fields())).orElse(List.of());
  }

  private void reply(WriteDecision.Refuse refuse, List<Field> cors) {
    Problem problem = Problem.of(refuse.refusal(), request, refuse.why());
    port.reply(problem.with(refuse.currentTag()), cors);
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
