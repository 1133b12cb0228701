package dev.ifmatch.transport;

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

  /** Ends what the answer goes to, so that the client sees that it is not whole. */
  void cut();
}
