package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.RouteTable;
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

  private void allowMillis(long drain) {
    proxy.use(RouteTable.of(RoutePolicy.DEFAULT), LimitsBuilder.limits().drain(drain).build());
  }

  private CompletableFuture<ProxyServer.Left> drain() {
    return CompletableFuture.supplyAsync(proxy.server()::drain);
  }

  /** Drains, and returns once no connection is taken any more. */
  private CompletableFuture<ProxyServer.Left> draining() {
    CompletableFuture<ProxyServer.Left> draining = drain();
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
      assertThat(drain().get().isNothing()).isTrue();
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
      CompletableFuture<ProxyServer.Left> draining = draining();

      hold.letGo();
      uploading.send("w");
      for (RawClient client : new RawClient[] {writer, waiting, uploading}) {
        Reply reply = client.read();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.closes()).isTrue();
        assertThat(client.readToAnyEnd()).isEmpty();
        client.close();
      }
      assertThat(draining.get().isNothing()).isTrue();
    }
  }

  @Test
  void whatDoesNotEndIsCutOffAndCounted() throws Exception {
    origin.play(Phase.WRITE.once(hold, store));
    proxy.expectLocksAtTheEnd(1);
    try (RawClient client = proxy.connect()) {
      client.send(Phase.WRITE.request());
      hold.awaitArrival();
      allowMillis(100);
      assertThat(drain().get()).isEqualTo(new ProxyServer.Left(1, 1));
      assertThat(client.readToAnyEnd()).isEmpty();
    }
  }

  /** A read is lost without harm. */
  @Test
  void aReadThatDoesNotEndIsNoWrite() throws Exception {
    origin.play(Phase.READ.once(hold, store));
    try (RawClient client = proxy.connect()) {
      client.send(Phase.READ.request());
      hold.awaitArrival();
      allowMillis(100);
      assertThat(drain().get()).isEqualTo(new ProxyServer.Left(1, 0));
    }
  }

  @Test
  void aWriteWithoutItsClientIsWaitedFor() throws Exception {
    origin.play(Phase.WRITE.once(hold, store));
    try (RawClient client = proxy.connect()) {
      client.send(Phase.WRITE.request());
      hold.awaitArrival();
    }
    proxy.fence();
    CompletableFuture<ProxyServer.Left> draining = draining();
    assertThat(draining).isNotDone();
    hold.letGo();
    assertThat(draining.get().isNothing()).isTrue();
  }

  @Test
  void aWriteWithoutItsClientIsCountedWhereItDoesNotEnd() throws Exception {
    origin.play(Phase.WRITE.once(hold, store));
    proxy.expectLocksAtTheEnd(1);
    try (RawClient client = proxy.connect()) {
      client.send(Phase.WRITE.request());
      hold.awaitArrival();
    }
    proxy.fence();
    allowMillis(100);
    assertThat(drain().get()).isEqualTo(new ProxyServer.Left(0, 1));
  }

  /** What the second signal does. */
  @Test
  void whoIsInterruptedWaitsNoMore() throws Exception {
    origin.play(Phase.WRITE.once(hold, store));
    allowMillis(600_000);
    proxy.expectLocksAtTheEnd(1);
    try (RawClient client = proxy.connect()) {
      client.send(Phase.WRITE.request());
      hold.awaitArrival();
      CompletableFuture<ProxyServer.Left> left = new CompletableFuture<>();
      Thread draining = new Thread(() -> left.complete(proxy.server().drain()));
      draining.start();
      ProxyFixture.soon()
          .untilAsserted(
              () -> assertThatThrownBy(proxy::connect).isInstanceOf(ConnectException.class));
      draining.interrupt();
      assertThat(left.get()).isEqualTo(new ProxyServer.Left(1, 1));
    }
  }
}
