package dev.ifmatch.transport;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** Answers with more than anybody wants, and tells when the proxy has gone. */
final class Endless implements HostileOrigin.Act {
  private final CountDownLatch left = new CountDownLatch(1);

  @Override
  public void on(OriginPeer peer) throws IOException {
    peer.answer("HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n");
    try {
      while (true) {
        peer.wire().send(new byte[64 << 10]);
      }
    } catch (IOException end) {
      left.countDown();
    }
  }

  /** Returns once the proxy has left. */
  void awaitEnd() throws InterruptedException {
    Hold.await(left);
  }
}
