package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes once the backend has switched protocols. */
class TunnelWireTest {
  @RegisterExtension private final TunnelStage tunnel = new TunnelStage();

  @Test
  void allBytesPassAsTheyAre() throws IOException {
    StringBuilder octets = new StringBuilder("GET /a HTTP/1.1\r\n\r\n0\r\n\r\n");
    for (char c = 0; c < 256; c++) {
      octets.append(c);
    }
    try (RawClient client = tunnel.to(TunnelStage::echo)) {
      client.send(octets.toString());
      assertThat(TunnelStage.text(client.wire(), octets.length())).isEqualTo(octets.toString());
      client.sendOneByOne("one by one");
      assertThat(TunnelStage.text(client.wire(), 10)).isEqualTo("one by one");
    }
    assertThat(tunnel.stage().asked()).containsExactly("GET /x");
  }

  @Test
  void whatTheBackendSaysBehindItsHeadIsNotLost() throws IOException {
    tunnel
        .stage()
        .open(heard -> peer -> peer.answer(TunnelStage.SWITCHED + "first"), TunnelStage.ROUTES);
    try (RawClient client = tunnel.switched()) {
      assertThat(TunnelStage.text(client.wire(), 5)).isEqualTo("first");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatTheClientSaysBehindItsRequestIsNotLost(boolean pipelined) throws IOException {
    tunnel.open(TunnelStage::echo, Limits.DEFAULT);
    try (RawClient client = tunnel.stage().proxy().connect()) {
      client.send((pipelined ? TunnelStage.READ : "") + TunnelStage.SWITCH + "early\0\r\n");
      if (pipelined) {
        assertThat(client.read().body()).isEqualTo("other");
      }
      assertThat(client.wire().readHead()).startsWith("HTTP/1.1 101 ");
      client.send("late");
      assertThat(TunnelStage.text(client.wire(), 12)).isEqualTo("early\0\r\nlate");
    }
  }

  @Test
  void whatTheClientSaysEarlyIsHeldBackAndPassedOn() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    CompletableFuture<Long> received = new CompletableFuture<>();
    HostileOrigin.Act late =
        peer -> {
          answer.await();
          peer.answer(TunnelStage.SWITCHED);
          received.complete(TunnelStage.count(peer.wire()));
        };
    tunnel
        .stage()
        .open(
            heard -> heard.target().equals("/x") ? late : tunnel.store().apply(heard),
            TunnelStage.ROUTES);
    AtomicLong sent = new AtomicLong();
    try (RawClient client = tunnel.stage().proxy().connect()) {
      client.send(TunnelStage.SWITCH);
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(() -> TunnelStage.fill(client.wire(), sent));
      workOnOtherConnections();
      assertThat(sent).hasValueLessThan(TunnelStage.PART);
      answer.countDown();
      assertThat(received.get(10, TimeUnit.SECONDS)).isEqualTo(TunnelStage.LARGE);
      sending.get();
    }
  }

  @Test
  void aClientThatDoesNotReadHoldsTheBackendBack() throws IOException {
    AtomicLong sent = new AtomicLong();
    tunnel.open(wire -> TunnelStage.fill(wire, sent), Limits.DEFAULT);
    Socket small = new Socket();
    small.setReceiveBufferSize(16 << 10);
    try (RawClient client = new RawClient(tunnel.stage().proxy().server().address(), small)) {
      client.send(TunnelStage.SWITCH).wire().readHead();
      workOnOtherConnections();
      assertThat(sent).hasValueLessThan(TunnelStage.PART);
      assertThat(TunnelStage.count(client.wire())).isEqualTo(TunnelStage.LARGE);
    }
  }

  @Test
  void aBackendThatDoesNotReadHoldsTheClientBack() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    CompletableFuture<Long> received = new CompletableFuture<>();
    AtomicLong sent = new AtomicLong();
    TunnelStage.Far far =
        wire -> {
          read.await();
          received.complete(TunnelStage.count(wire));
        };
    try (RawClient client = tunnel.to(far)) {
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(() -> TunnelStage.fill(client.wire(), sent));
      workOnOtherConnections();
      assertThat(sent).hasValueLessThan(TunnelStage.PART);
      read.countDown();
      assertThat(received.get(10, TimeUnit.SECONDS)).isEqualTo(TunnelStage.LARGE);
      sending.get();
    }
  }

  /** Keeps the proxy's event loops busy for as long as what nothing holds back would take. */
  private void workOnOtherConnections() throws IOException {
    for (int i = 0; i < 4; i++) {
      try (RawClient client = tunnel.stage().proxy().connect()) {
        for (int k = 0; k < 200; k++) {
          assertThat(client.send(TunnelStage.READ).read().body()).isEqualTo("other");
        }
      }
    }
  }
}
