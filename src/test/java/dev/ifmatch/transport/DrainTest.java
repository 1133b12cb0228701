package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a proxy that is told to stop ends what is in flight. */
class DrainTest {
  private final Store store = new Store().with("/a", "text");
  private final Hold hold = new Hold(store::serve);
  private HostileOrigin origin;
  private ProxyFixture proxy;

  @BeforeEach
  void start() throws IOException {
    origin = new HostileOrigin(store);
    proxy = ProxyFixture.before(origin, LimitsBuilder.limits().drain(2_000).build());
  }

  @AfterEach
  void stop() throws IOException {
    hold.letGo();
    proxy.close();
    origin.close();
  }

  private CompletableFuture<Integer> drain() {
    return CompletableFuture.supplyAsync(proxy.server()::drain);
  }

  /** Drains, and returns once no connection is taken any more. */
  private CompletableFuture<Integer> draining() {
    CompletableFuture<Integer> draining = drain();
    ProxyFixture.soon()
        .untilAsserted(
            () -> assertThatThrownBy(proxy::connect).isInstanceOf(ConnectException.class));
    return draining;
  }

  @Test
  void idleConnectionsEndAtOnce() throws Exception {
    try (RawClient fresh = proxy.connect();
        RawClient used = proxy.connect()) {
      used.send(Phase.READ.request()).read();
      assertThat(drain().get()).isZero();
      assertThat(fresh.readToAnyEnd()).isEmpty();
      assertThat(used.readToAnyEnd()).isEmpty();
    }
  }

  @Test
  void whatIsInFlightIsAnsweredAndNothingElseTaken() throws Exception {
    origin.play(Phase.WRITE.once(hold, store));
    try (RawClient writer = proxy.connect();
        RawClient waiting = proxy.connect();
        RawClient uploading = proxy.connect()) {
      writer.send(Phase.WRITE.request());
      hold.awaitArrival();
      waiting.send(Phase.WRITE.request());
      String upload = Phase.POST.request();
      uploading.send(upload.substring(0, upload.length() - 1));
      proxy.fence();
      CompletableFuture<Integer> draining = draining();

      hold.letGo();
      uploading.send("w");
      for (RawClient client : new RawClient[] {writer, waiting, uploading}) {
        Reply reply = client.read();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.closes()).isTrue();
        assertThat(client.readToAnyEnd()).isEmpty();
        client.close();
      }
      assertThat(draining.get()).isZero();
    }
  }

  @Test
  void whatDoesNotEndIsCutOffAndCounted() throws Exception {
    origin.play(Phase.WRITE.once(hold, store));
    proxy.expectLocksAtTheEnd(1);
    try (RawClient client = proxy.connect()) {
      client.send(Phase.WRITE.request());
      hold.awaitArrival();
      assertThat(drain().get()).isOne();
      assertThat(client.readToAnyEnd()).isEmpty();
    }
  }
}
