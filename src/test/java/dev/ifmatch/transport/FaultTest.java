package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client is told, and what becomes of the lock, when the backend fails in each phase. */
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

  @ParameterizedTest(name = "{0} {1}: {2} {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # phase | fault              | status, reason                | writes | lock
          READ    | CLOSES             | 502 origin-failed             | 0      | free
          READ    | RESETS             | 502 origin-failed             | 0      | free
          READ    | STALLS             | 504 origin-timeout            | 0      | free
          READ    | STALLS_IN_THE_BODY | 504 origin-timeout            | 0      | free
          READ    | HALF_HEAD          | 502 origin-failed             | 0      | free
          READ    | HALF_STATUS_LINE   | 502 origin-failed             | 0      | free
          READ    | HALF_BODY          | 502 origin-failed             | 0      | free
          READ    | HALF_CHUNK         | 502 origin-failed             | 0      | free
          READ    | NO_LAST_CHUNK      | 502 origin-failed             | 0      | free
          READ    | BAD_CHUNK          | 502 origin-failed             | 0      | free
          READ    | GARBAGE            | 502 origin-failed             | 0      | free
          READ    | NO_STATUS          | 502 origin-failed             | 0      | free
          READ    | STRANGE_STATUS     | 502 origin-failed             | 0      | free
          READ    | SWITCHES           | 502 origin-failed             | 0      | free
          READ    | HINTS_AND_CLOSES   | 502 origin-failed             | 0      | free
          READ    | TWO_LENGTHS        | 502 origin-failed             | 0      | free
          READ    | LENGTH_AND_CHUNKS  | 502 origin-failed             | 0      | free
          READ    | CODED              | 502 origin-failed             | 0      | free
          READ    | CODED_TO_THE_END   | 502 origin-failed             | 0      | free
          READ    | HUGE_HEAD          | 502 origin-failed             | 0      | free

          PROBE   | CLOSES             | 502 probe-failed              | 0      | free
          PROBE   | RESETS             | 502 probe-failed              | 0      | free
          PROBE   | STALLS             | 504 probe-timeout             | 0      | free
          PROBE   | STALLS_IN_THE_BODY | 504 probe-timeout             | 0      | free
          PROBE   | HALF_HEAD          | 502 probe-failed              | 0      | free
          PROBE   | HALF_BODY          | 502 probe-failed              | 0      | free
          PROBE   | BAD_CHUNK          | 502 probe-failed              | 0      | free
          PROBE   | NO_LAST_CHUNK      | 502 probe-failed              | 0      | free
          PROBE   | GARBAGE            | 502 probe-failed              | 0      | free
          PROBE   | SWITCHES           | 502 probe-failed              | 0      | free
          PROBE   | HINTS_AND_CLOSES   | 502 probe-failed              | 0      | free
          PROBE   | HUGE_HEAD          | 502 probe-failed              | 0      | free

          WRITE   | CLOSES             | 502 outcome-unknown           | 1      | held
          WRITE   | RESETS             | 502 outcome-unknown           | 1      | held
          WRITE   | STALLS             | 504 outcome-unknown-timeout   | 1      | held
          WRITE   | STALLS_IN_THE_BODY | 504 outcome-unknown-timeout   | 1      | held
          WRITE   | HALF_HEAD          | 502 outcome-unknown           | 1      | held
          WRITE   | HALF_STATUS_LINE   | 502 outcome-unknown           | 1      | held
          WRITE   | HALF_BODY          | 502 outcome-unknown           | 1      | held
          WRITE   | HALF_CHUNK         | 502 outcome-unknown           | 1      | held
          WRITE   | NO_LAST_CHUNK      | 502 outcome-unknown           | 1      | held
          WRITE   | BAD_CHUNK          | 502 outcome-unknown           | 1      | held
          WRITE   | GARBAGE            | 502 outcome-unknown           | 1      | held
          WRITE   | STRANGE_STATUS     | 502 outcome-unknown           | 1      | held
          WRITE   | SWITCHES           | 502 outcome-unknown           | 1      | held
          WRITE   | HINTS_AND_CLOSES   | 502 outcome-unknown           | 1      | held
          WRITE   | TWO_LENGTHS        | 502 outcome-unknown           | 1      | held
          WRITE   | LENGTH_AND_CHUNKS  | 502 outcome-unknown           | 1      | held
          WRITE   | CODED              | 502 outcome-unknown           | 1      | held
          WRITE   | CODED_TO_THE_END   | 502 outcome-unknown           | 1      | held
          WRITE   | HUGE_HEAD          | 502 outcome-unknown           | 1      | held

          REREAD  | CLOSES             | 200 stored                    | 1      | free
          REREAD  | RESETS             | 200 stored                    | 1      | free
          REREAD  | STALLS             | 200 stored                    | 1      | free
          REREAD  | STALLS_IN_THE_BODY | 200 stored                    | 1      | free
          REREAD  | HALF_HEAD          | 200 stored                    | 1      | free
          REREAD  | HALF_BODY          | 200 stored                    | 1      | free
          REREAD  | BAD_CHUNK          | 200 stored                    | 1      | free
          REREAD  | GARBAGE            | 200 stored                    | 1      | free
          REREAD  | SWITCHES           | 200 stored                    | 1      | free
          REREAD  | HUGE_HEAD          | 200 stored                    | 1      | free

          POST    | CLOSES             | 502 outcome-unknown           | 1      | free
          POST    | RESETS             | 502 outcome-unknown           | 1      | free
          POST    | STALLS             | 504 outcome-unknown-timeout   | 1      | free
          POST    | STALLS_IN_THE_BODY | 200 cut                       | 1      | free
          POST    | HALF_HEAD          | 502 outcome-unknown           | 1      | free
          POST    | HALF_BODY          | 200 cut                       | 1      | free
          POST    | HALF_CHUNK         | 200 cut                       | 1      | free
          POST    | NO_LAST_CHUNK      | 200 cut                       | 1      | free
          POST    | BAD_CHUNK          | 200 cut                       | 1      | free
          POST    | GARBAGE            | 502 outcome-unknown           | 1      | free
          POST    | SWITCHES           | 502 outcome-unknown           | 1      | free
          POST    | HINTS_AND_CLOSES   | 502 outcome-unknown           | 1      | free
          """)
  void endsWell(Phase phase, Fault fault, String expected, int writes, String lock)
      throws IOException {
    origin.play(phase.once(fault, store));
    try (RawClient client = proxy.connect()) {
      assertThat(told(client.send(phase.request()))).isEqualTo(expected);
    }
    int held = lock.equals("held") ? 1 : 0;
    assertThat(proxy.server().heldLocks()).isEqualTo(held);
    proxy.expectLocksAtTheEnd(held);
    assertThat(origin.heads()).filteredOn(Heard::isWrite).hasSize(writes);

    String next = told(Phase.WRITE.request());
    assertThat(next).isEqualTo(held == 1 ? "503 lock-timeout" : "200 stored");
  }

  @ParameterizedTest(name = "{0}: {1} {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          READ   | 502 origin-unreachable | 0
          PROBE  | 502 probe-failed       | 0
          WRITE  | 502 origin-unreachable | 0
          REREAD | 200 stored             | 1
          POST   | 502 origin-unreachable | 0
          """)
  void endsWellWhereNoConnectionCanBeMade(Phase phase, String expected, int writes)
      throws IOException {
    switch (phase) {
      case WRITE -> origin.play(Phase.PROBE.once(this::lastWords, store));
      case REREAD -> origin.play(Phase.WRITE.once(this::lastWords, store));
      default -> origin.stopListening();
    }
    assertThat(told(phase.request())).isEqualTo(expected);
    assertThat(proxy.server().heldLocks()).isZero();
    assertThat(origin.heads()).filteredOn(Heard::isWrite).hasSize(writes);
  }

  /** Answers, ends the connection and takes no other. */
  private void lastWords(OriginPeer peer) throws IOException {
    origin.stopListening();
    peer.answer("200 OK\r\nConnection: close", "stored");
    peer.wire().close();
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
