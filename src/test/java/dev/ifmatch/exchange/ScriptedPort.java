package dev.ifmatch.exchange;

import dev.ifmatch.http.Field;
import dev.ifmatch.http.FieldName;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.http.ResponseHead;
import dev.ifmatch.policy.Problem;
import dev.ifmatch.policy.ResourceKey;
import dev.ifmatch.policy.Sighting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A port that writes down what it is commanded, knows which result is still to come, and takes no
 * command that the port's contract rules out at that moment.
 */
final class ScriptedPort implements ExchangePort {

  /** The asynchronous result that is still to come: at most one at a time. */
  enum Awaited {
    NOTHING,
    BODY,
    LOCK,
    HEAD,
    COLLECTED,
    DRAINED
  }

  private enum Lock {
    NOT_ASKED,
    ASKED,
    HELD,
    GIVEN_BACK
  }

  private final List<String> commands = new ArrayList<>();
  private final ScriptedAnswer origins = new ScriptedAnswer();
  private Awaited awaited = Awaited.NOTHING;
  private Lock lock = Lock.NOT_ASKED;
  private boolean bodyAsked;
  private boolean forwarded;
  private boolean waiting;
  private boolean answered;
  private boolean clientGone;
  private BodyObserver observer = BodyObserver.NONE;

  private Optional<RequestHead> lastRequest = Optional.empty();
  private Optional<GivenAnswer> answer = Optional.empty();
  private Optional<Sighting> sighting = Optional.empty();
  private Runnable afterAsking = () -> {};

  // what scripts ask

  Awaited awaited() {
    return awaited;
  }

  boolean hasForwarded() {
    return forwarded;
  }

  boolean isClientGone() {
    return clientGone;
  }

  /** The head that the origin sent last. */
  Optional<ResponseHead> lastHead() {
    return origins.head();
  }

  /** What the origin was asked last, as it was then. */
  RequestHead lastRequest() {
    return lastRequest.orElseThrow();
  }

  /** Whether what the origin was asked last offers to switch protocols. */
  boolean isUpgradeOffered() {
    return lastRequest.filter(asked -> asked.fields().has(FieldName.UPGRADE)).isPresent();
  }

  /** What the client got. */
  GivenAnswer answer() {
    return answer.orElseThrow();
  }

  /** What was handed on with the lock. */
  Optional<Sighting> sighting() {
    return sighting;
  }

  BodyObserver observer() {
    return observer;
  }

  /** All commands so far. */
  List<String> commands() {
    return Collections.unmodifiableList(commands);
  }

  /** Whether all is done: nothing to come, nothing going on with the origin, no lock held. */
  boolean isSettled() {
    boolean locked = lock == Lock.ASKED || lock == Lock.HELD;
    return awaited == Awaited.NOTHING && !locked && (answered || !isOriginBusy());
  }

  // what scripts let happen

  /** Has this called within every command that may call back. */
  void afterAsking(Runnable happening) {
    afterAsking = happening;
  }

  /** Another event: commands may be given again. */
  void nextEvent() {
    waiting = false;
  }

  void settle() {
    lock = awaited == Awaited.LOCK ? Lock.NOT_ASKED : lock;
    awaited = Awaited.NOTHING;
  }

  void grantLock() {
    settle();
    lock = Lock.HELD;
  }

  void head(ResponseHead head) {
    settle();
    origins.begin(head);
  }

  void endAnswer() {
    origins.end(awaited == Awaited.COLLECTED);
    settle();
  }

  void overflow() {
    settle();
    origins.overflow();
  }

  void loseClient() {
    clientGone = true;
    if (awaited == Awaited.BODY) {
      settle();
    }
  }

  // the commands

  @Override
  public void sendContinue() {
    allow("sendContinue", !clientGone && !bodyAsked);
  }

  @Override
  public void receiveBody(BodyObserver seesBody) {
    allow("receiveBody", !clientGone && !bodyAsked && !isOriginBusy());
    bodyAsked = true;
    observer = seesBody;
    await(Awaited.BODY);
  }

  @Override
  public void acquireLock(List<ResourceKey> keys) {
    String all = keys.stream().map(ResourceKey::toString).collect(Collectors.joining(" "));
    allow("acquireLock " + all, !clientGone && lock == Lock.NOT_ASKED);
    lock = Lock.ASKED;
    await(Awaited.LOCK);
  }

  @Override
  public void abandonLock() {
    allow("abandonLock", awaited == Awaited.LOCK);
    settle();
  }

  @Override
  public void releaseLock(Optional<Sighting> seen) {
    String state = seen.map(Words::of).orElse("");
    allow("releaseLock" + state, lock == Lock.HELD);
    lock = Lock.GIVEN_BACK;
    sighting = seen;
  }

  @Override
  public void releaseLockAfterGrace() {
    allow("releaseLockAfterGrace", lock == Lock.HELD);
    lock = Lock.GIVEN_BACK;
  }

  @Override
  public void fetch(RequestHead head, Optional<Duration> silence) {
    allow("fetch " + Words.of(head), !clientGone && !isOriginBusy());
    lastRequest = Optional.of(head.copy());
    await(Awaited.HEAD);
  }

  @Override
  public void forward(RequestHead head) {
    allow("forward " + Words.of(head), !clientGone && !isOriginBusy() && !forwarded);
    forwarded = true;
    lastRequest = Optional.of(head.copy());
    await(Awaited.HEAD);
  }

  @Override
  public void collect(BodyObserver seesBody) {
    allow("collect", origins.isUntouched() && !origins.isKept() && !clientGone);
    origins.collect();
    observer = seesBody;
    await(Awaited.COLLECTED);
  }

  @Override
  public void drain(BodyObserver seesBody) {
    allow("drain", origins.isUntouched());
    origins.drain();
    observer = seesBody;
    await(Awaited.DRAINED);
  }

  @Override
  public void discard() {
    allow("discard", origins.isKept());
    origins.discard();
  }

  @Override
  public void abort() {
    allow("abort", isOriginBusy());
    settle();
    origins.abort();
  }

  @Override
  public void relay(ResponseHead head) {
    finish("relay " + Words.of(head), origins.isRelayable(head));
    answer = Optional.of(GivenAnswer.of(head));
  }

  @Override
  public void relayWithTrailers(ResponseHead head, Supplier<List<Field>> atTheEnd) {
    finish("relayWithTrailers " + Words.of(head), origins.isRelayable(head));
    answer = Optional.of(GivenAnswer.of(head, atTheEnd));
  }

  @Override
  public void relayHead(ResponseHead head) {
    finish("relayHead " + Words.of(head), lastHead().isPresent());
    answer = Optional.of(GivenAnswer.of(head));
  }

  @Override
  public void tunnel(ResponseHead head) {
    finish("tunnel " + Words.of(head), origins.isUntouched() && isUpgradeOffered());
    answer = Optional.of(GivenAnswer.of(head));
  }

  @Override
  public void reply(Problem refused, List<Field> fields) {
    String tag = Words.of(refused.currentTag());
    finish("reply " + refused.status() + " " + refused.refusal() + tag, true);
    answer = Optional.of(GivenAnswer.of(refused, fields));
  }

  private boolean isOriginBusy() {
    boolean asked =
        awaited == Awaited.HEAD || awaited == Awaited.COLLECTED || awaited == Awaited.DRAINED;
    return asked || origins.isGoingOn();
  }

  private void finish(String command, boolean possible) {
    allow(command, possible && !clientGone && awaited == Awaited.NOTHING);
    answered = true;
  }

  private void allow(String command, boolean possible) {
    commands.add(command);
    if (answered || waiting || !possible) {
      throw new AssertionError("the port's contract forbids the last of " + commands);
    }
  }

  private void await(Awaited next) {
    if (awaited != Awaited.NOTHING) {
      throw new AssertionError(awaited + " was still to come before " + commands);
    }
    awaited = next;
    waiting = true;
    afterAsking.run();
  }
}
