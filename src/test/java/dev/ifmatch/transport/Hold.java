package dev.ifmatch.transport;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** Holds a request at a test's backend until the test lets it go on. */
final class Hold implements HostileOrigin.Act {
  private static final int PATIENCE_SECONDS = 10;

  private final CountDownLatch arrival = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final HostileOrigin.Act then;

  Hold(HostileOrigin.Act then) {
    this.then = then;
  }

  @Override
  public void on(OriginPeer peer) throws IOException, InterruptedException {
    peer.readBody();
    arrival.countDown();
    await(release);
    then.on(peer);
  }

  /** Returns once the request is there as a whole. */
  void awaitArrival() throws InterruptedException {
    await(arrival);
  }

  void letGo() {
    release.countDown();
  }

  /** Waits, but not for ever. */
  static void await(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(PATIENCE_SECONDS, SECONDS)) {
      throw new AssertionError("waited in vain");
    }
  }
}
