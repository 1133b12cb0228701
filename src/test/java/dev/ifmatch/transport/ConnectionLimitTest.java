package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.RouteTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * No more connections to the origin than there may be, and a fair queue before them. Where somebody
 * waited in vain, the client would give up first.
 */
class ConnectionLimitTest {
  private static final long LONG = 60_000;

  @RegisterExtension final Stages stages = new Stages();
  private final Store store = new Store().with("/a", "old");

  private static LimitsBuilder atMost(int connections, int queue, long waitMillis) {
    return LimitsBuilder.limits()
        .originConnections(connections, queue, waitMillis)
        .originIdle(LONG)
        .originTimeout(LONG);
  }

  private static String get(String target) {
    return Stage.request("GET", target, "");
  }

  /** Opens a proxy before an origin that holds the first read. */
  private Hold openHeld(LimitsBuilder limits) throws IOException {
    Hold hold = new Hold(store::serve);
    stages.open(1, Phase.READ.once(hold, store), limits.build());
    return hold;
  }

  /** A client whose read is held, and with it a connection. */
  private RawClient occupy(Hold hold) throws Exception {
    RawClient client = stages.proxy().connect().send(Phase.READ.request());
    hold.awaitArrival();
    return client;
  }

  private void awaitWaiting(int count) {
    ProxyFixture.soon()
        .untilAsserted(
            () -> assertThat(stages.proxy().server().waitingForOrigin()).isEqualTo(count));
  }

  private void awaitOpen(int count) {
    ProxyFixture.soon()
        .untilAsserted(
            () -> assertThat(stages.proxy().server().originConnections()).isEqualTo(count));
  }

  /** Across all event loops, on which the clients are spread. */
  @Test
  void whoCameFirstIsServedFirst() throws Exception {
    Hold hold = new Hold(store::serve);
    Function<Heard, HostileOrigin.Act> script =
        heard -> heard.target().equals("/held") ? hold : store.apply(heard);
    stages.open(1, script, atMost(1, 100, LONG).build());
    List<RawClient> clients = new ArrayList<>();
    try (RawClient first = stages.proxy().connect()) {
      first.send(get("/held"));
      hold.awaitArrival();
      List<String> expected = new ArrayList<>(List.of("/held"));
      for (int i = 0; i < 20; i++) {
        clients.add(stages.proxy().connect().send(get("/" + i)));
        expected.add("/" + i);
        awaitWaiting(i + 1);
      }
      hold.letGo();
      first.read();
      for (RawClient client : clients) {
        assertThat(client.read().status()).isEqualTo(404);
        client.close();
      }
      assertThat(stages.origin(0).requests()).extracting(Heard::target).isEqualTo(expected);
    }
    assertThat(stages.proxy().server().originConnections()).isLessThanOrEqualTo(1);
  }

  /** Each client is another event loop's, whose pool has no connection yet. */
  @Test
  void anUnusedConnectionOfAnotherEventLoopIsGivenUp() throws IOException {
    stages.open(1, store, atMost(1, 10, LONG).build());
    for (int i = 0; i < 8; i++) {
      assertThat(stages.proxy().exchange(Phase.READ.request()).status()).isEqualTo(200);
    }
    assertThat(stages.proxy().server().originConnections()).isOne();
  }

  @Test
  void anUnusedConnectionToAnotherOriginIsGivenUp() throws IOException {
    stages.open(3, store, atMost(1, 10, LONG).build());
    try (RawClient client = stages.proxy().connect()) {
      for (int i = 0; i < 6; i++) {
        assertThat(client.send(Phase.READ.request()).read().status()).isEqualTo(200);
      }
    }
    assertThat(stages.heard("GET")).containsExactly(2, 2, 2);
  }

  /** Probe, write and reread, one after the other, while others want the same connections. */
  @Test
  void writesAndReadsDoNotWaitForEachOtherInARing() throws IOException {
    AtomicInteger served = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Function<Heard, HostileOrigin.Act> counting =
        heard ->
            peer -> {
              most.accumulateAndGet(served.incrementAndGet(), Math::max);
              peer.readBody();
              served.decrementAndGet();
              store.serve(peer);
            };
    stages.open(1, counting, atMost(2, 1_000, LONG).lockWait(LONG).build());
    List<String> requests = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      requests.add(Phase.WRITE.request());
      requests.add(get("/a"));
      requests.add(Stage.request("PUT", "/" + i, "new", "If-None-Match: *"));
    }
    try (Crowd crowd = new Crowd(stages.proxy(), requests.size())) {
      assertThat(crowd.ask(requests)).extracting(Reply::status).containsOnly(200, 201);
    }
    assertThat(most.get()).isLessThanOrEqualTo(2);
    assertThat(stages.heardInAll("PUT")).isEqualTo(80);
    awaitWaiting(0);
    assertThat(stages.proxy().server().originConnections()).isLessThanOrEqualTo(2);
  }

  @Test
  void whoFindsTheQueueFullIsRefused() throws Exception {
    Hold hold = openHeld(atMost(1, 1, LONG));
    try (RawClient first = occupy(hold);
        RawClient second = stages.proxy().connect()) {
      second.send(Phase.READ.request());
      awaitWaiting(1);
      for (Phase phase : List.of(Phase.READ, Phase.WRITE, Phase.POST)) {
        Reply refused = stages.proxy().exchange(phase.request());
        assertThat(Stage.told(refused)).isEqualTo("503 origin-busy");
        assertThat(refused.field("Retry-After")).contains("1");
        assertThat(refused.problem().path("sent").asBoolean()).isFalse();
        assertThat(refused.problem().path("retryable").asBoolean()).isTrue();
        assertThat(refused.problem().path("detail").asText()).contains("1 others are waiting");
      }
      assertThat(stages.proxy().server().heldLocks()).isZero();
      hold.letGo();
      assertThat(first.read().status()).isEqualTo(200);
      assertThat(second.read().status()).isEqualTo(200);
    }
  }

  @Test
  void whoWaitsTooLongIsRefused() throws Exception {
    Hold hold = openHeld(atMost(1, 10, 100));
    try (RawClient first = occupy(hold)) {
      for (Phase phase : List.of(Phase.READ, Phase.WRITE, Phase.POST)) {
        Reply refused = stages.proxy().exchange(phase.request());
        assertThat(Stage.told(refused)).isEqualTo("503 origin-busy");
        assertThat(refused.problem().path("detail").asText()).contains("within 100 ms");
      }
      awaitWaiting(0);
      hold.letGo();
      assertThat(first.read().status()).isEqualTo(200);
    }
    assertThat(stages.origin(0).requests()).hasSize(1);
  }

  @Test
  void whoLeavesTheQueueIsNotServed() throws Exception {
    Hold hold = openHeld(atMost(1, 10, LONG));
    try (RawClient first = occupy(hold);
        RawClient third = stages.proxy().connect()) {
      try (RawClient second = stages.proxy().connect()) {
        second.send(get("/left"));
        awaitWaiting(1);
      }
      awaitWaiting(0);
      third.send(get("/a"));
      awaitWaiting(1);
      hold.letGo();
      assertThat(first.read().status()).isEqualTo(200);
      assertThat(third.read().status()).isEqualTo(200);
    }
    assertThat(stages.origin(0).requests()).extracting(Heard::target).containsExactly("/a", "/a");
  }

  /** Its write was compared, but not sent: it is not sent any more, and the lock is free. */
  @Test
  void aWriterWhoLeavesTheQueueDoesNotWrite() throws Exception {
    Hold probe = new Hold(store::serve);
    Hold other = new Hold(store::serve);
    Function<Heard, HostileOrigin.Act> script =
        heard ->
            heard.target().equals("/other")
                ? other
                : heard.method().equals("GET") ? probe : store.apply(heard);
    stages.open(1, script, atMost(1, 10, LONG).build());
    try (RawClient reader = stages.proxy().connect()) {
      try (RawClient writer = stages.proxy().connect()) {
        writer.send(Phase.WRITE.request());
        probe.awaitArrival();
        reader.send(get("/other"));
        awaitWaiting(1);
        probe.letGo();
        other.awaitArrival();
        awaitWaiting(1);
      }
      stages.proxy().awaitLocks(0);
      awaitWaiting(0);
      other.letGo();
      assertThat(reader.read().status()).isEqualTo(404);
    }
    assertThat(stages.heardInAll("PUT")).isZero();
  }

  @Test
  void moreAreAllowedByAReload() throws Exception {
    Hold hold = openHeld(atMost(1, 10, LONG));
    try (RawClient first = occupy(hold);
        RawClient second = stages.proxy().connect()) {
      second.send(Phase.READ.request());
      awaitWaiting(1);
      stages.proxy().use(RouteTable.of(RoutePolicy.DEFAULT), atMost(2, 10, LONG).build());
      assertThat(second.read().status()).isEqualTo(200);
      hold.letGo();
      assertThat(first.read().status()).isEqualTo(200);
    }
  }

  /** Connections that fail count as long as they are being made, and not a moment longer. */
  @Test
  void whatIsNotConnectedDoesNotCount() throws IOException {
    stages.open(1, heard -> Fault.CLOSES, atMost(1, 10, LONG).originRest(1).build());
    for (int i = 0; i < 5; i++) {
      stages.proxy().exchange(Phase.READ.request());
    }
    stages.origin(0).stopListening();
    for (int i = 0; i < 5; i++) {
      Reply reply = stages.proxy().exchange(Phase.READ.request());
      assertThat(Stage.told(reply)).isEqualTo("502 origin-unreachable");
    }
    awaitOpen(0);
  }

  @Test
  void connectionsThatClientsCutDoNotCount() throws Exception {
    Hold hold = openHeld(atMost(1, 0, LONG));
    occupy(hold).close();
    awaitOpen(0);
    hold.letGo();
    assertThat(stages.proxy().exchange(Phase.READ.request()).status()).isEqualTo(200);
  }
}
