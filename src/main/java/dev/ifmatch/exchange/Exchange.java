package dev.ifmatch.exchange;

import dev.ifmatch.http.RequestHead;
import dev.ifmatch.http.ResponseHead;
import dev.ifmatch.policy.Plan;
import dev.ifmatch.policy.Refusal;
import dev.ifmatch.policy.Sighting;
import java.util.Optional;

/**
 * One request and its answer as a state machine: events come in by these methods, commands go out
 * through an {@link ExchangePort}. Confined to one thread.
 *
 * <p>An event that cannot happen in a state throws {@link IllegalStateException}; a machine leaves
 * out those that its plan never meets.
 */
public interface Exchange {

  /**
   * The machine for a plan. To be made before the request's hop-by-hop fields are taken off.
   *
   * @param bases what clients have read of late
   */
  static Exchange of(
      Plan plan,
      RequestHead request,
      ExchangePort port,
      ExchangeListener listener,
      RecentBodies bases) {
    if (plan instanceof Plan.Write write) {
      return new WriteExchange(write, request, port, listener, bases);
    }
    if (plan instanceof Plan.Read read) {
      return new ReadExchange(read, request, port, listener, bases);
    }
    if (plan instanceof Plan.Refuse refuse) {
      return new RefuseExchange(refuse, port);
    }
    return new RelayExchange((Plan.Relay) plan, request, port, listener);
  }

  /** The exchange begins. */
  void start();

  /** The request's body is here as a whole. */
  default void onBodyReceived() {
    throw impossible("onBodyReceived");
  }

  /** The lock is held, with what its last holder saw. */
  default void onLockGranted(Optional<Sighting> sighting) {
    throw impossible("onLockGranted");
  }

  /** The body or the lock that was asked for will not be had. */
  default void onRefused(Refusal refusal, String why) {
    throw impossible("onRefused");
  }

  /** The head of the origin's final answer is here. */
  void onOriginHead(ResponseHead head);

  /** The origin has answered an offer to switch protocols with this 101. */
  default void onSwitched(ResponseHead head) {
    throw impossible("onSwitched");
  }

  /** The body of the origin's answer is here as a whole. */
  default void onAnswerEnd() {
    throw impossible("onAnswerEnd");
  }

  /** The body of the origin's answer is larger than what is kept. */
  default void onAnswerOverflow() {
    throw impossible("onAnswerOverflow");
  }

  /** No whole answer will come from the origin. Not told once the answer is being relayed. */
  void onOriginFailed(OriginFailure failure);

  /** The client left. Can come in any state, and does nothing once the exchange is over. */
  void onClientGone();

  private IllegalStateException impossible(String event) {
    return new IllegalStateException(event + " cannot happen to " + getClass().getSimpleName());
  }
}
