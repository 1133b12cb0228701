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
    /** There are as many connections as there may be, and none became free. */
    BUSY,
    /** The connection ended, or what came over it was not HTTP. */
    BROKEN,
    /** Nothing came for too long, or all of it took too long. */
    TIMED_OUT
  }

  /** The origin has switched to what it was not offered, or did not show that it meant it. */
  static OriginFailure ofSwitch() {
    return new OriginFailure(Kind.BROKEN, true, "it switched to a protocol that was not offered");
  }

  /** What the client is told when this befell its request itself. */
  Problem problemOf(RequestHead request) {
    if (sent && request.method().isSafe()) {
      boolean timedOut = kind == Kind.TIMED_OUT;
      Refusal refusal = timedOut ? Refusal.ORIGIN_TIMEOUT : Refusal.ORIGIN_FAILED;
      return Problem.of(refusal, request, why);
    }
    return problemOfWrite(request);
  }

  /** The same for a write, which a method override can make of a safe method too. */
  Problem problemOfWrite(RequestHead request) {
    boolean timedOut = kind == Kind.TIMED_OUT;
    Refusal unknown = timedOut ? Refusal.OUTCOME_UNKNOWN_TIMEOUT : Refusal.OUTCOME_UNKNOWN;
    return Problem.of(sent ? unknown : unsent(), request, why);
  }

  private Refusal unsent() {
    return switch (kind) {
      case BUSY -> Refusal.ORIGIN_BUSY;
      case TIMED_OUT -> Refusal.EXCHANGE_TIMEOUT;
      case UNREACHABLE, BROKEN -> Refusal.ORIGIN_UNREACHABLE;
    };
  }

  /** What the client is told when this befell the probe before its request. */
  Problem problemOfProbe(RequestHead request) {
    Refusal refusal =
        switch (kind) {
          case BUSY -> Refusal.ORIGIN_BUSY;
          case TIMED_OUT -> Refusal.PROBE_TIMEOUT;
          case UNREACHABLE, BROKEN -> Refusal.PROBE_FAILED;
        };
    return Problem.of(refusal, request, why);
  }
}
