package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.RouteTable;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes once the backend has switched protocols, and how it ends. */
class TunnelWireTest {
  private static final RouteTable ROUTES = policy().upgrade("x").everywhere();
  private static final String SWITCH =
      Stage.request("GET", "/x", "", "Connection: Upgrade", "Upgrade: x");
  private static final String READ = Stage.request("GET", "/other", "");
  private static final String SWITCHED =
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n";

  /** More than the buffers of kernel and proxy hold together. */
  private static final int LARGE = 48 << 20;

  private static final int PART = 24 << 20;
  private static final int PIECE = 64 << 10;

  @RegisterExtension private final Stage stage = new Stage();
  private final Store store = new Store().with("/other", "other");

  /** What the backend's side of the tunnel does. */
  @FunctionalInterface
  private interface Far {
    void on(Wire wire) throws IOException, InterruptedException;
  }

  private HostileOrigin.Act switching(Far far) {
    return peer -> {
      peer.answer(SWITCHED);
      far.on(peer.wire());
    };
  }

  private void open(Far far, Limits limits) throws IOException {
    stage.open(
        heard -> heard.target().equals("/x") ? switching(far) : store.apply(heard), ROUTES, limits);
  }

  private RawClient tunnel(Far far) throws IOException {
    open(far, Limits.DEFAULT);
    return switched();
  }

  private RawClient switched() throws IOException {
    RawClient client = stage.proxy().connect();
    assertThat(client.send(SWITCH).wire().readHead()).startsWith("HTTP/1.1 101 ");
    return client;
  }

  /** Sends back what comes, until that ends. */
  private static void echo(Wire wire) throws IOException {
    try {
      while (true) {
        wire.send(wire.readBytes(1));
      }
    } catch (EOFException end) {
      wire.close();
    }
  }

  private static String text(Wire wire, int length) throws IOException {
    return new String(wire.readBytes(length), ISO_8859_1);
  }

  @Test
  void allBytesPassAsTheyAre() throws IOException {
    StringBuilder octets = new StringBuilder("GET /a HTTP/1.1\r\n\r\n0\r\n\r\n");
    for (char c = 0; c < 256; c++) {
      octets.append(c);
    }
    try (RawClient client = tunnel(TunnelWireTest::echo)) {
      client.send(octets.toString());
      assertThat(text(client.wire(), octets.length())).isEqualTo(octets.toString());
      client.sendOneByOne("one by one");
      assertThat(text(client.wire(), 10)).isEqualTo("one by one");
    }
    assertThat(stage.asked()).containsExactly("GET /x");
  }

  @Test
  void whatTheBackendSaysBehindItsHeadIsNotLost() throws IOException {
    stage.open(heard -> peer -> peer.answer(SWITCHED + "first"), ROUTES);
    try (RawClient client = switched()) {
      assertThat(text(client.wire(), 5)).isEqualTo("first");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatTheClientSaysBehindItsRequestIsNotLost(boolean pipelined) throws IOException {
    open(TunnelWireTest::echo, Limits.DEFAULT);
    try (RawClient client = stage.proxy().connect()) {
      client.send((pipelined ? READ : "") + SWITCH + "early\0\r\n");
      if (pipelined) {
        assertThat(client.read().body()).isEqualTo("other");
      }
      assertThat(client.wire().readHead()).startsWith("HTTP/1.1 101 ");
      client.send("late");
      assertThat(text(client.wire(), 12)).isEqualTo("early\0\r\nlate");
    }
  }

  @Test
  void whatTheClientSaysEarlyIsHeldBackAndPassedOn() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    CompletableFuture<Long> received = new CompletableFuture<>();
    HostileOrigin.Act late =
        peer -> {
          answer.await();
          peer.answer(SWITCHED);
          received.complete(count(peer.wire()));
        };
    stage.open(heard -> heard.target().equals("/x") ? late : store.apply(heard), ROUTES);
    AtomicLong sent = new AtomicLong();
    try (RawClient client = stage.proxy().connect()) {
      client.send(SWITCH);
      CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> fill(client.wire(), sent));
      workOnOtherConnections();
      assertThat(sent).hasValueLessThan(PART);
      answer.countDown();
      assertThat(received.get(10, TimeUnit.SECONDS)).isEqualTo(LARGE);
      sending.get();
    }
  }

  @Test
  void aClientThatDoesNotReadHoldsTheBackendBack() throws IOException {
    AtomicLong sent = new AtomicLong();
    open(wire -> fill(wire, sent), Limits.DEFAULT);
    Socket small = new Socket();
    small.setReceiveBufferSize(16 << 10);
    try (RawClient client = new RawClient(stage.proxy().server().address(), small)) {
      client.send(SWITCH).wire().readHead();
      workOnOtherConnections();
      assertThat(sent).hasValueLessThan(PART);
      assertThat(count(client.wire())).isEqualTo(LARGE);
    }
  }

  @Test
  void aBackendThatDoesNotReadHoldsTheClientBack() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    CompletableFuture<Long> received = new CompletableFuture<>();
    AtomicLong sent = new AtomicLong();
    Far far =
        wire -> {
          read.await();
          received.complete(count(wire));
        };
    try (RawClient client = tunnel(far)) {
      CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> fill(client.wire(), sent));
      workOnOtherConnections();
      assertThat(sent).hasValueLessThan(PART);
      read.countDown();
      assertThat(received.get(10, TimeUnit.SECONDS)).isEqualTo(LARGE);
      sending.get();
    }
  }

  private static void fill(Wire wire, AtomicLong sent) {
    try {
      for (int i = 0; i < LARGE / PIECE; i++) {
        wire.send(new byte[PIECE]);
        sent.addAndGet(PIECE);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static long count(Wire wire) throws IOException {
    long count = 0;
    for (int i = 0; i < LARGE / PIECE; i++) {
      count += wire.readBytes(PIECE).length;
    }
    return count;
  }

  /** Keeps the proxy's event loops busy for as long as what nothing holds back would take. */
  private void workOnOtherConnections() throws IOException {
    for (int i = 0; i < 4; i++) {
      try (RawClient client = stage.proxy().connect()) {
        for (int k = 0; k < 200; k++) {
          assertThat(client.send(READ).read().body()).isEqualTo("other");
        }
      }
    }
  }

  @Test
  void theEndOfTheClientsSayingIsPassedOnAndTheBackendGoesOn() throws IOException {
    Far far =
        wire -> {
          byte[] all = wire.readToEnd();
          wire.send("got " + all.length);
          wire.close();
        };
    try (RawClient client = tunnel(far)) {
      client.send("hello").wire().finishSending();
      assertThat(new String(client.wire().readToEnd(), ISO_8859_1)).isEqualTo("got 5");
    }
  }

  @Test
  void theEndOfTheBackendsSayingIsPassedOnAndTheClientGoesOn() throws Exception {
    CompletableFuture<String> received = new CompletableFuture<>();
    Far far =
        wire -> {
          wire.send("that is all");
          wire.finishSending();
          received.complete(new String(wire.readToEnd(), ISO_8859_1));
        };
    try (RawClient client = tunnel(far)) {
      assertThat(new String(client.wire().readToEnd(), ISO_8859_1)).isEqualTo("that is all");
      client.send("not for me");
    }
    assertThat(received.get(10, TimeUnit.SECONDS)).isEqualTo("not for me");
  }

  /** What one side has still to read is not taken away because both have said all. */
  @Test
  void bothEndsLoseNothing() throws Exception {
    AtomicLong sent = new AtomicLong();
    Far far =
        wire -> {
          fill(wire, sent);
          wire.finishSending();
          wire.awaitEnd();
        };
    try (RawClient client = tunnel(far)) {
      client.wire().finishSending();
      assertThat(count(client.wire())).isEqualTo(LARGE);
      assertThat(client.wire().readToEnd()).isEmpty();
    }
  }

  @Test
  void aResetOfTheClientsCutsTheBackend() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    RawClient client =
        tunnel(
            wire -> {
              wire.awaitEnd();
              ended.countDown();
            });
    client.wire().reset();
    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aResetOfTheBackendsCutsTheClient() throws IOException {
    try (RawClient client = tunnel(Wire::reset)) {
      assertThat(client.readToAnyEnd()).isEmpty();
    }
  }

  @Test
  void whatIsSilentForTooLongIsCut() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    open(
        wire -> {
          wire.awaitEnd();
          ended.countDown();
        },
        LimitsBuilder.limits().tunnelIdle(50).build());
    try (RawClient client = switched()) {
      assertThat(client.readToAnyEnd()).isEmpty();
      assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void noOtherTimeOutHolds() throws IOException {
    open(
        TunnelWireTest::echo,
        LimitsBuilder.limits().clientTimeout(50).originTimeout(50).originIdle(50).build());
    try (RawClient client = switched();
        RawClient idle = stage.proxy().connect()) {
      assertThat(idle.readToAnyEnd()).as("its time-out came later").isEmpty();
      client.send("still");
      assertThat(text(client.wire(), 5)).isEqualTo("still");
    }
  }

  @Test
  void itsConnectionIsNotUsedAgain() throws IOException {
    open(
        wire -> {
          wire.send(wire.readBytes(3));
          wire.close();
        },
        Limits.DEFAULT);
    stage.get("/other");
    try (RawClient client = switched()) {
      client.send("end");
      assertThat(new String(client.wire().readToEnd(), ISO_8859_1)).isEqualTo("end");
    }
    assertThat(stage.get("/other").body()).isEqualTo("other");
    assertThat(stage.asked()).containsExactly("GET /other", "GET /x", "GET /other");
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatLeavesBeforeItIsAnsweredTakesTheRequestWithIt(LeavingClientTest.Leaving leaving)
      throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch left = new CountDownLatch(1);
    stage.open(
        heard ->
            peer -> {
              peer.readBody();
              asked.countDown();
              peer.wire().awaitEnd();
              left.countDown();
            },
        ROUTES);
    try (RawClient client = stage.proxy().connect()) {
      client.send(SWITCH);
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      leaving.leave(client);
      assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aBackendThatGoesBeforeItAnswersIsToldOf() throws IOException {
    stage.open(heard -> Fault.CLOSES, ROUTES);
    assertThat(Stage.told(stage.proxy().exchange(SWITCH))).isEqualTo("502 origin-failed");
    stage.open(heard -> new HalfSwitch(), ROUTES);
    assertThat(Stage.told(stage.proxy().exchange(SWITCH))).isEqualTo("502 origin-failed");
  }

  /** Goes within the head that switches. */
  private record HalfSwitch() implements HostileOrigin.Act {
    @Override
    public void on(OriginPeer peer) throws IOException {
      peer.answer(SWITCHED.substring(0, SWITCHED.length() - 2));
      peer.wire().close();
    }
  }

  @Test
  void aProxyThatStopsLetsItEnd() throws Exception {
    open(TunnelWireTest::echo, LimitsBuilder.limits().drain(10_000).build());
    try (RawClient client = switched()) {
      CompletableFuture<ProxyServer.Left> draining =
          CompletableFuture.supplyAsync(stage.proxy().server()::drain);
      client.send("on");
      assertThat(text(client.wire(), 2)).isEqualTo("on");
      client.wire().finishSending();
      assertThat(client.readToAnyEnd()).isEmpty();
      assertThat(draining.get().isNothing()).isTrue();
    }
  }

  @Test
  void whatDoesNotEndByTheDrainLimitIsCutAndCounted() throws Exception {
    open(Wire::awaitEnd, LimitsBuilder.limits().drain(50).build());
    try (RawClient client = switched()) {
      assertThat(stage.proxy().server().drain()).isEqualTo(new ProxyServer.Left(1, 0));
      assertThat(client.readToAnyEnd()).isEmpty();
    }
  }
}
