package dev.ifmatch.exchange;

import dev.ifmatch.http.RequestHead;
import dev.ifmatch.policy.Problem;
import dev.ifmatch.policy.Refusal;

/**
 * Why no whole answer came from the origin.
 *
 * @param kind what happened
 * @param sent whether a byte of the request may have reached the origin
 * @param why the same in words: a clause that can stand behind "but"
 */
public record OriginFailure(Kind kind, boolean sent, String why) {

  /** What can happen. */
  public enum Kind {
    /** No connection could be made. */
    UNREACHABLE,
    /** The connection ended, or what came over it was not HTTP. */
    BROKEN,
    /** Nothing came for too long. */
    TIMED_OUT
  }

  /** What the client is told when this befell its request itself. */
  Problem problemOf(RequestHead request) {
    boolean timedOut = kind == Kind.TIMED_OUT;
    Refusal refusal;
    if (!sent) {
      refusal = Refusal.ORIGIN_UNREACHABLE;
    } else if (request.method().isSafe()) {
      refusal = timedOut ? Refusal.ORIGIN_TIMEOUT : Refusal.ORIGIN_FAILED;
    } else {
      refusal = timedOut ? Refusal.OUTCOME_UNKNOWN_TIMEOUT : Refusal.OUTCOME_UNKNOWN;
    }
    return Problem.of(refusal, request, why);
  }

  /** What the client is told when this befell the probe before its request. */
  Problem problemOfProbe(RequestHead request) {
    boolean timedOut = kind == Kind.TIMED_OUT;
    return Problem.of(timedOut ? Refusal.PROBE_TIMEOUT : Refusal.PROBE_FAILED, request, why);
  }
}
