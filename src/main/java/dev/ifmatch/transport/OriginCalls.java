package dev.ifmatch.transport;

import dev.ifmatch.http.RequestHead;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What one exchange asks of the origin, one call at a time: all of them stay with whom the first
 * one asked, and a write counts as undecided until the origin begins to answer it. Confined to the
 * client's event loop.
 */
final class OriginCalls {
  private final OriginPool pool;

  /** The undecided writes of all exchanges. */
  private final AtomicInteger undecided;

  /** Whom the exchange stays with: what it is told in one call holds for the next. */
  private Optional<Endpoint> stay = Optional.empty();

  /** Null while none is going on. */
  private OriginCall call;

  /** Whether a write is at the origin that did not begin to answer it. */
  private boolean isUndecided;

  OriginCalls(OriginPool pool, AtomicInteger undecided) {
    this.pool = pool;
    this.undecided = undecided;
  }

  /**
   * Makes the next call, still to be started.
   *
   * @param patience how long the origin is waited for
   * @param safe whether it only reads, so that sending it again can do no harm
   * @param sink who is told of the answer
   */
  OriginCall next(
      RequestHead asked, boolean hasBody, boolean safe, Patience patience, OriginCall.Sink sink) {
    if (!safe) {
      isUndecided = true;
      undecided.incrementAndGet();
    }
    call = new OriginCall(this, pool, patience, asked, hasBody, safe, sink);
    return call;
  }

  /** Starts the call; where the exchange's time is over, it has failed. */
  void start(OriginCall next, ExchangeTime time) {
    if (time.isOver()) {
      next.expire(time.words());
    } else {
      next.start();
    }
  }

  /** Whether a call is going on. */
  boolean isAsking() {
    return call != null;
  }

  /** Whether a part of what is asked now may have left. */
  boolean isSent() {
    return call != null && call.request().isSent();
  }

  /** Stops and resumes reading the answer, so that no more of it is taken than can be passed on. */
  void setReading(boolean reading) {
    if (call != null) {
      call.setReading(reading);
    }
  }

  /** Ends the call that is going on, if any; nothing is told of it any more. */
  void abort() {
    OriginCall ended = call;
    onOver();
    if (ended != null) {
      ended.abort();
    }
  }

  /** Ends the call that is going on, if any: it has taken too long. */
  void expire(String why) {
    if (call != null) {
      call.expire(why);
    }
  }

  /** Ends the call that is going on if nothing of it was sent yet. */
  void withdraw(String why) {
    if (call != null) {
      call.withdraw(why);
    }
  }

  /** Ends the call that has switched protocols, and gives its connection away. */
  OriginConnection handOver() {
    OriginConnection given = call.handOver();
    call = null;
    return given;
  }

  // ---- what the call tells

  /** Whom to ask; empty where that is all the same. */
  Optional<Endpoint> stay() {
    return stay;
  }

  /** This is who is asked. */
  void onAsked(Endpoint endpoint) {
    stay = endpoint.itself();
  }

  /** The origin has begun to answer. */
  void onAnswered() {
    if (isUndecided) {
      isUndecided = false;
      undecided.decrementAndGet();
    }
  }

  /** The call is over, whatever became of it. */
  void onOver() {
    onAnswered();
    call = null;
  }
}
