package dev.ifmatch.transport;

import java.time.Duration;

/**
 * The client as one exchange sees it, whichever version of HTTP it speaks. Confined to the client's
 * event loop.
 */
interface ClientPort {

  /** Hands over what waits of the request's body, as far as the exchange takes it now. */
  void serve();

  /** Whether the request was received as a whole: only then another can follow it. */
  boolean isRequestComplete();

  /**
   * The exchange has written its whole answer.
   *
   * @param keepAlive whether another request can follow on the connection
   */
  void onExchangeOver(boolean keepAlive);

  /**
   * The exchange has switched protocols: from now on, the connection is one with the origin's. Only
   * HTTP/1.1 offers that (RFC 9113 §8.6).
   *
   * @param idle how long nothing may pass either way
   * @throws IllegalStateException if nothing was offered
   */
  default void tunnel(OriginConnection origin, Duration idle) {
    throw new IllegalStateException("no upgrade was offered");
  }

  /** Ends what the answer goes to, so that the client sees that it is not whole. */
  void cut();
}
