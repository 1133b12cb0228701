package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is sent to the backend again when a connection to it ends, and what never. */
class FaultTest {
  private static final Limits LIMITS =
      LimitsBuilder.limits().originTimeout(400).lockWait(100).grace(3_600_000).build();

  private final Store store = new Store().with("/a", "old");
  private HostileOrigin origin;
  private ProxyFixture proxy;

  @BeforeEach
  void start() throws IOException {
    origin = new HostileOrigin(store);
    proxy = ProxyFixture.before(origin, LIMITS);
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    origin.close();
  }

  /** A kept connection that dies just when it is used: what only reads is sent again, once. */
  @ParameterizedTest
  @EnumSource(names = {"CLOSES", "RESETS"})
  void readsAreSentAgainWhereAKeptConnectionDied(Fault fault) throws IOException {
    for (Phase phase : new Phase[] {Phase.READ, Phase.PROBE, Phase.REREAD}) {
      origin.play(store);
      try (RawClient client = proxy.connect()) {
        client.send(Phase.READ.request()).read();
        origin.play(phase.once(fault, store));
        assertThat(client.send(phase.request()).read().tag()).startsWith("\"");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CLOSES", "RESETS"})
  void readsAreSentAgainOnlyOnce(Fault fault) throws IOException {
    try (RawClient client = proxy.connect()) {
      client.send(Phase.READ.request()).read();
      origin.forget();
      origin.play(heard -> fault);
      assertThat(told(client.send(Phase.READ.request()))).isEqualTo("502 origin-failed");
      assertThat(origin.requests()).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CLOSES", "RESETS"})
  void nothingElseIsSentAgain(Fault fault) throws IOException {
    try (RawClient client = proxy.connect()) {
      client.send(Phase.READ.request()).read();
      origin.play(Phase.POST.once(fault, store));
      assertThat(told(client.send(Phase.POST.request()))).isEqualTo("502 outcome-unknown");
      assertThat(origin.requests("POST")).hasSize(1);
    }
  }

  /** What nobody waits for any more is not waited for by a client that was never asked to send. */
  @Test
  void theRestOfAnUnwantedAnswerIsNotWaitedForInVain() throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    origin.play(
        heard ->
            peer -> {
              peer.answer("HTTP/1.1 500 Oops\r\nContent-Length: 10\r\n\r\nhalf");
              peer.wire().awaitEnd();
              left.countDown();
            });
    String request = Phase.WRITE.request().replace("If-Match", "Expect: 100-continue\r\nIf-Match");
    assertThat(told(request.replace("new", ""))).isEqualTo("502 probe-failed");
    left.await();
  }

  /** The write must not meet the end that came right behind the probe's answer. */
  @Test
  void aBackendThatClosesWithoutSayingSoCanBeWrittenTo() throws IOException {
    origin.play(
        heard ->
            peer -> {
              store.serve(peer);
              peer.wire().close();
            });
    told(Phase.READ.request());
    proxy.fence();
    for (int i = 0; i < 50; i++) {
      assertThat(told(Phase.WRITE.request())).isEqualTo("200 stored");
    }
    assertThat(origin.requests("PUT")).hasSize(50);
  }

  private String told(String request) throws IOException {
    try (RawClient client = proxy.connect()) {
      return told(client.send(request));
    }
  }

  /** Status and reason, checked for what must go with them. */
  private static String told(RawClient client) throws IOException {
    Reply head = client.readHeadOnly();
    if (head.field("Content-Type").filter("application/problem+json"::equals).isPresent()) {
      Reply reply = head.with(client.wire(), true);
      boolean unknown = reply.reason().startsWith("outcome-unknown");
      assertThat(reply.problem().path("outcome").asText("")).isEqualTo(unknown ? "unknown" : "");
      boolean sent = unknown || reply.reason().matches("origin-(failed|timeout)");
      assertThat(reply.problem().path("sent").asBoolean()).isEqualTo(sent);
      assertThat(reply.problem().path("retryable").asBoolean()).isEqualTo(!unknown);
      return reply.status() + " " + reply.reason();
    }
    try {
      return head.status() + " " + head.with(client.wire(), true).body();
    } catch (IOException broken) {
      return head.status() + " cut";
    }
  }
}
