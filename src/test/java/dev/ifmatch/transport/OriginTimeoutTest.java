package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.Mode;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How long an origin is waited for, by what is waited for. The time that is not meant is always
 * longer than the client's patience.
 */
class OriginTimeoutTest {
  private static final long SHORT = 150;
  private static final long LONG = 60_000;
  private static final Limits SHORT_HEAD =
      LimitsBuilder.limits().headTimeout(SHORT).bodyTimeout(LONG).grace(1).build();
  private static final Limits SHORT_BODY =
      LimitsBuilder.limits().headTimeout(LONG).bodyTimeout(SHORT).grace(1).build();

  private final Store store = new Store().with("/a", "old");
  private HostileOrigin origin;
  private ProxyFixture proxy;

  private void open(Limits limits) throws IOException {
    origin = new HostileOrigin(store);
    proxy = ProxyFixture.before(origin, limits);
  }

  @AfterEach
  void stop() throws IOException {
    if (proxy != null) {
      proxy.close();
      origin.close();
    }
  }

  private static String detail(Reply reply) throws IOException {
    return reply.problem().path("detail").asText();
  }

  @Test
  void connecting() throws IOException {
    try (FullServer full = new FullServer();
        ProxyFixture before =
            ProxyFixture.before(full.url(), LimitsBuilder.limits().connectTimeout(SHORT).build())) {
      for (Phase phase : new Phase[] {Phase.READ, Phase.POST}) {
        Reply reply = before.exchange(phase.request());
        assertThat(Stage.told(reply)).isEqualTo("502 origin-unreachable");
        assertThat(detail(reply)).contains("it did not accept one in time");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          READ   | 504 origin-timeout
          PROBE  | 504 probe-timeout
          WRITE  | 504 outcome-unknown-timeout
          REREAD | 200
          POST   | 504 outcome-unknown-timeout
          """)
  void theHeadOfTheAnswer(Phase phase, String expected) throws IOException {
    open(SHORT_HEAD);
    meets(phase, Fault.STALLS, expected, "did not begin to answer within 150 ms");
  }

  /** Only of the reread the client is not told that it was waited for in vain. */
  private void meets(Phase phase, Fault fault, String expected, String... words)
      throws IOException {
    origin.play(phase.once(fault, store));
    Reply reply = proxy.exchange(phase.request());
    assertThat(Stage.told(reply)).isEqualTo(expected);
    if (phase != Phase.REREAD) {
      assertThat(detail(reply)).contains(words);
    }
  }

  /** A head that comes octet by octet is no head until it is whole. */
  @Test
  void theHeadOfTheAnswerAsAWhole() throws IOException {
    open(SHORT_HEAD);
    origin.play(
        heard ->
            peer -> {
              peer.answer("HTTP/1.1 200 OK\r\nX: ");
              while (true) { // until the proxy ends it
                peer.wire().send("x");
                Thread.sleep(10);
              }
            });
    Reply reply = proxy.exchange(Phase.READ.request());
    assertThat(Stage.told(reply)).isEqualTo("504 origin-timeout");
  }

  @Test
  void anInterimAnswerStartsTheTimeOver() throws IOException {
    open(LimitsBuilder.limits().headTimeout(1_000).bodyTimeout(200).build());
    HostileOrigin.Act interim =
        peer -> {
          for (int i = 0; i < 6; i++) {
            awaitBodyTimeout();
            peer.answer("HTTP/1.1 102 Processing\r\n\r\n");
          }
          store.serve(peer);
        };
    origin.play(heard -> heard.method().equals("POST") ? interim : Fault.STALLS_IN_THE_BODY);
    assertThat(proxy.exchange(Phase.POST.request()).status()).isEqualTo(200);
  }

  /** The end of a read that stalls in its answer's body tells that this time has passed. */
  private void awaitBodyTimeout() throws IOException {
    assertThat(Stage.told(proxy.exchange(Phase.READ.request()))).isEqualTo("504 origin-timeout");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          READ   | 504 origin-timeout
          PROBE  | 504 probe-timeout
          WRITE  | 504 outcome-unknown-timeout
          REREAD | 200
          """)
  void theNextPieceOfAnAnswer(Phase phase, String expected) throws IOException {
    open(SHORT_BODY);
    meets(phase, Fault.STALLS_IN_THE_BODY, expected, "nothing more", "150 ms");
  }

  @Test
  void theNextPieceOfAnAnswerThatHasBegun() throws IOException {
    open(SHORT_BODY);
    breaksOffWhatHasBegun();
  }

  private void breaksOffWhatHasBegun() throws IOException {
    origin.play(Phase.POST.once(Fault.STALLS_IN_THE_BODY, store));
    try (RawClient client = proxy.connect()) {
      assertThat(client.send(Phase.POST.request()).readHeadOnly().status()).isEqualTo(200);
      assertThat(client.readToAnyEnd()).isEqualTo("half");
    }
  }

  /** The backend reads the head of a request, and nothing of its body. */
  @ParameterizedTest
  @EnumSource(names = {"WRITE", "POST"})
  void theNextPieceOfARequest(Phase phase) throws Exception {
    open(SHORT_BODY);
    origin.play(
        phase.once(
            peer -> new CountDownLatch(1).await(10, TimeUnit.SECONDS), // or until the test ends
            store));
    String large = "x".repeat(32 << 20);
    String method = phase == Phase.POST ? "POST" : "PUT";
    String request = Stage.request(method, "/a", large, "If-Match: *");
    Thread sender;
    try (RawClient client = proxy.connect()) {
      sender = new Thread(() -> sendAsFarAsItGoes(client, request));
      sender.start();
      Reply reply = client.read();
      assertThat(Stage.told(reply)).isEqualTo("504 outcome-unknown-timeout");
      assertThat(detail(reply)).contains("took nothing more of the request for 150 ms");
    }
    sender.join();
  }

  private static void sendAsFarAsItGoes(RawClient client, String request) {
    try {
      client.send(request);
    } catch (IOException refused) {
      // the proxy answered without having read all of it
    }
  }

  /** A time that is longer than the others is obeyed, whichever of them it is. */
  @Test
  void eachTimeIsItsOwnOnOneConnection() throws IOException {
    open(LimitsBuilder.limits().headTimeout(LONG).bodyTimeout(SHORT).build());
    origin.play(
        heard ->
            peer -> {
              Thread.sleep(3 * SHORT);
              store.serve(peer);
            });
    try (RawClient client = proxy.connect()) {
      assertThat(client.send(Phase.READ.request()).read().status()).isEqualTo(200);
      origin.play(Phase.READ.once(Fault.STALLS_IN_THE_BODY, store));
      Reply reply = client.send(Phase.READ.request()).read();
      assertThat(Stage.told(reply)).isEqualTo("504 origin-timeout");
    }
    assertThat(origin.connections()).isOne();
  }

  // ---- the whole exchange

  private static final Limits SHORT_EXCHANGE =
      LimitsBuilder.limits()
          .exchangeTimeout(SHORT)
          .originTimeout(LONG)
          .lockWait(LONG)
          .clientTimeout(LONG)
          .originConnections(1, 10, LONG)
          .grace(3_600_000)
          .build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          READ   | STALLS             | 504 origin-timeout          | free
          READ   | STALLS_IN_THE_BODY | 504 origin-timeout          | free
          PROBE  | STALLS             | 504 probe-timeout           | free
          PROBE  | STALLS_IN_THE_BODY | 504 probe-timeout           | free
          WRITE  | STALLS             | 504 outcome-unknown-timeout | held
          WRITE  | STALLS_IN_THE_BODY | 504 outcome-unknown-timeout | held
          REREAD | STALLS             | 200                         | free
          REREAD | STALLS_IN_THE_BODY | 200                         | free
          POST   | STALLS             | 504 outcome-unknown-timeout | free
          """)
  void theWholeExchange(Phase phase, Fault fault, String expected, String lock) throws IOException {
    open(SHORT_EXCHANGE);
    meets(phase, fault, expected, "the exchange took longer than 150 ms");
    int held = lock.equals("held") ? 1 : 0;
    assertThat(proxy.server().heldLocks()).isEqualTo(held);
    proxy.expectLocksAtTheEnd(held);
  }

  @Test
  void theWholeExchangeWhereItsAnswerHasBegun() throws IOException {
    open(SHORT_EXCHANGE);
    breaksOffWhatHasBegun();
  }

  @Test
  void theWholeExchangeWhereItsBodyDoesNotCome() throws IOException {
    open(SHORT_EXCHANGE);
    String half = Phase.WRITE.request().replace("new", "n");
    Reply reply = proxy.exchange(half);
    assertThat(Stage.told(reply)).isEqualTo("408 request-timeout");
    assertThat(origin.heads()).isEmpty();
  }

  /** It waits for the lock, or for a connection: nothing of it is ever sent. */
  @ParameterizedTest
  @EnumSource(names = {"REQUIRE", "OBSERVE"})
  void theWholeExchangeWhileItWaits(Mode mode) throws Exception {
    Hold hold = new Hold(store::serve);
    origin = new HostileOrigin(Phase.WRITE.once(hold, store));
    Limits limits =
        LimitsBuilder.limits()
            .exchangeTimeout(1_000)
            .lockWait(LONG)
            .originConnections(1, 10, LONG)
            .build();
    proxy = ProxyFixture.before(origin.url(), limits, mode);
    try (RawClient first = proxy.connect()) {
      first.send(Phase.WRITE.request());
      hold.awaitArrival();
      try (RawClient second = proxy.connect();
          RawClient third = proxy.connect()) {
        second.send(Phase.WRITE.request());
        third.send(Phase.READ.request());
        // the first is cut by the same time, and with it the second goes on: not before its own
        assertThat(Stage.told(first.read())).isEqualTo("504 outcome-unknown-timeout");
        assertThat(Stage.told(second.read())).isEqualTo("504 exchange-timeout");
        assertThat(Stage.told(third.read())).matches("504 (exchange|origin)-timeout|200");
      }
      hold.letGo();
    }
    assertThat(origin.requests("PUT")).hasSize(1);
    proxy.expectLocksAtTheEnd(1);
  }
}
