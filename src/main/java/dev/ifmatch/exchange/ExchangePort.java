package dev.ifmatch.exchange;

import dev.ifmatch.http.Field;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.http.ResponseHead;
import dev.ifmatch.policy.Problem;
import dev.ifmatch.policy.ResourceKey;
import dev.ifmatch.policy.Sighting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The commands that an exchange gives. Each may call back before it returns, so a machine is in its
 * next state before it gives one, and gives nothing after one that can.
 */
public interface ExchangePort {

  /** Tells the client to go on with its body ({@code 100 Continue}). Calls nothing back. */
  void sendContinue();

  /**
   * Receives the request's whole body. Then {@link Exchange#onBodyReceived}, or {@link
   * Exchange#onRefused}.
   *
   * @param observer sees the body while it comes in
   */
  void receiveBody(BodyObserver observer);

  /**
   * Asks for the lock of all these keys, in their order. Then {@link Exchange#onLockGranted}, or
   * {@link Exchange#onRefused}.
   */
  void acquireLock(List<ResourceKey> keys);

  /** Gives up waiting for the lock. Calls nothing back. */
  void abandonLock();

  /** Gives the lock back, with what was seen under it last. Calls nothing back. */
  void releaseLock(Optional<Sighting> sighting);

  /**
   * Gives the lock back after the grace time: the write may still be going on. Calls nothing back.
   */
  void releaseLockAfterGrace();

  /**
   * Sends a request without a body to the origin; sent again once if a kept connection turns out to
   * be dead. Then {@link Exchange#onOriginHead}, {@link Exchange#onOriginFailed}, or, where the
   * head offers to switch protocols, {@link Exchange#onSwitched}.
   *
   * @param silence how long the origin may be silent, where not as long as otherwise
   */
  void fetch(RequestHead head, Optional<Duration> silence);

  /**
   * Sends the request with its body to the origin, never twice. Then {@link Exchange#onOriginHead},
   * {@link Exchange#onOriginFailed}, or, where the head offers to switch protocols, {@link
   * Exchange#onSwitched}.
   */
  void forward(RequestHead head);

  /**
   * Keeps the body of the origin's answer. Then {@link Exchange#onAnswerEnd}, {@link
   * Exchange#onAnswerOverflow} (what was kept so far stays), or {@link Exchange#onOriginFailed}.
   */
  void collect(BodyObserver observer);

  /**
   * Drops the body of the origin's answer. Then {@link Exchange#onAnswerEnd}, or {@link
   * Exchange#onOriginFailed}.
   */
  void drain(BodyObserver observer);

  /** Drops what is kept of a body. Calls nothing back. */
  void discard();

  /**
   * Ends what is going on with the origin; a whole body that was kept stays. Calls nothing back.
   */
  void abort();

  /**
   * Answers with this head, the body kept so far, and what of it is still to come, which its
   * observer need not see. Final.
   */
  void relay(ResponseHead head);

  /**
   * Like {@link #relay}, with trailer fields that are known at the end, when the observer has seen
   * all. Final.
   */
  void relayWithTrailers(ResponseHead head, Supplier<List<Field>> trailers);

  /** Answers with this head alone; what is still to come of a body is disposed of. Final. */
  void relayHead(ResponseHead head);

  /**
   * Answers with this 101, and from then on passes bytes both ways, whatever they are. Final. To be
   * given on {@link Exchange#onSwitched}.
   */
  void tunnel(ResponseHead head);

  /**
   * Answers with a problem document of ours; what is still to come from the origin is disposed of.
   * Final.
   *
   * @param fields what the answer carries besides the problem's own fields
   */
  void reply(Problem problem, List<Field> fields);
}
