package dev.ifmatch.transport;

import java.time.Duration;

/**
 * How long an origin is waited for within one call.
 *
 * @param head until the head of its final answer, once the request is sent; a 1xx answer starts the
 *     time over; beyond it 504
 * @param body until the next piece of a body passes, be it the request's or the answer's; beyond it
 *     504, or a cut answer where it has begun
 */
public record Patience(Duration head, Duration body) {

  /** The same time for both. */
  static Patience of(Duration time) {
    return new Patience(time, time);
  }
}
