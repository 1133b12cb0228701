package dev.ifmatch.transport;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** Never answers a request, and tells when the proxy has gone. */
final class Deserted implements HostileOrigin.Act {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch left = new CountDownLatch(1);

  @Override
  public void on(OriginPeer peer) throws IOException {
    peer.readBody();
    asked.countDown();
    peer.wire().awaitEnd();
    left.countDown();
  }

  /** Returns once the request is here as a whole. */
  void awaitRequest() throws InterruptedException {
    Hold.await(asked);
  }

  /** Returns once the proxy has left. */
  void awaitEnd() throws InterruptedException {
    Hold.await(left);
  }
}
