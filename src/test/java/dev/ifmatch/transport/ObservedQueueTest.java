package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.Mode;
import dev.ifmatch.policy.Refusal;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Observed writes and the lock: they wait for each other, but no longer than their route says. */
class ObservedQueueTest {
  private static final String WRITE = Stage.request("PUT", "/a", "new", "If-Match: \"x\"");

  @RegisterExtension final Stage stage = new Stage();
  private final Store store = new Store().with("/a", "old");
  private final Hold hold = new Hold(store::serve);

  private void open(LimitsBuilder limits) throws IOException {
    stage.open(store, policy().mode(Mode.OBSERVE).everywhere(), limits.build());
  }

  private static String write(String body) {
    return WRITE.replace("new", body);
  }

  @Test
  void theyAreForwardedOneAfterTheOther() throws Exception {
    open(LimitsBuilder.limits());
    stage.origin().play(Phase.WRITE.once(hold, store));
    try (RawClient first = stage.proxy().connect();
        RawClient second = stage.proxy().connect()) {
      first.send(write("1st"));
      hold.awaitArrival();
      second.send(write("2nd"));
      stage.proxy().fence();
      assertThat(stage.asked()).containsExactly("GET /a", "PUT /a");
      hold.letGo();
      assertThat(first.read().status()).isEqualTo(200);
      assertThat(second.read().status()).isEqualTo(200);
    }
    assertThat(stage.asked())
        .containsExactly("GET /a", "PUT /a", "GET /a", "GET /a", "PUT /a", "GET /a");
    assertThat(stage.observed()).containsExactly(Refusal.STALE, Refusal.STALE);
  }

  @Test
  void manyFromOneStateAllArriveAndAllButOneAreToldOf() throws IOException {
    open(LimitsBuilder.limits());
    String tag = stage.get("/a").tag();
    int writers = 20;
    stage
        .together(
            IntStream.range(0, writers)
                .mapToObj(i -> Stage.request("PUT", "/a", "by " + i, "If-Match: " + tag))
                .toList())
        .forEach(reply -> assertThat(reply.body()).isEqualTo("stored"));
    assertThat(stage.origin().requests("PUT")).hasSize(writers);
    assertThat(stage.observed()).hasSize(writers - 1).containsOnly(Refusal.STALE);
  }

  @Test
  void whoFindsTheQueueFullGoesOnWithoutTheLock() throws Exception {
    open(LimitsBuilder.limits().lockQueue(0));
    stage.origin().play(Phase.WRITE.once(hold, store));
    try (RawClient first = stage.proxy().connect()) {
      first.send(write("1st"));
      hold.awaitArrival();
      assertThat(stage.proxy().exchange(write("2nd")).body()).isEqualTo("stored");
      assertThat(store.text("/a")).isEqualTo("2nd");
      hold.letGo();
      assertThat(first.read().status()).isEqualTo(200);
    }
    assertThat(stage.observed()).containsExactly(Refusal.STALE, Refusal.LOCK_QUEUE_FULL);
    assertThat(stage.origin().requests("PUT")).hasSize(2);
  }

  @Test
  void whoHasWaitedLongEnoughGoesOnWithoutTheLock() throws Exception {
    open(LimitsBuilder.limits().lockWait(50));
    stage.origin().play(Phase.WRITE.once(hold, store));
    try (RawClient first = stage.proxy().connect()) {
      first.send(write("1st"));
      hold.awaitArrival();
      Reply second = stage.proxy().exchange(write("2nd"));
      assertThat(second.body()).isEqualTo("stored");
      assertThat(stage.proxy().server().heldLocks()).as("the first one's").isOne();
      hold.letGo();
      assertThat(first.read().status()).isEqualTo(200);
    }
    assertThat(stage.observed()).containsExactly(Refusal.STALE, Refusal.LOCK_TIMEOUT);
  }

  @ParameterizedTest
  @EnumSource(names = {"PROBE", "WRITE", "REREAD"})
  void whoeverLeavesTheNextGoesOn(Phase phase) throws Exception {
    open(LimitsBuilder.limits());
    stage.origin().play(phase.once(hold, store));
    try (RawClient first = stage.proxy().connect();
        RawClient second = stage.proxy().connect()) {
      first.send(write("1st"));
      hold.awaitArrival();
      second.send(write("2nd"));
      stage.proxy().fence();
      first.wire().reset();
      if (phase == Phase.WRITE) {
        stage.proxy().fence();
        assertThat(stage.origin().requests("PUT")).as("it may be happening").hasSize(1);
        hold.letGo();
      }
      assertThat(second.read().status()).isEqualTo(200);
      hold.letGo();
    }
    assertThat(stage.origin().requests("PUT"))
        .extracting(Heard::body)
        .containsExactly(phase == Phase.PROBE ? new String[] {"2nd"} : new String[] {"1st", "2nd"});
  }

  @Test
  void whoLeavesTheQueueSendsNothing() throws Exception {
    open(LimitsBuilder.limits());
    stage.origin().play(Phase.WRITE.once(hold, store));
    try (RawClient first = stage.proxy().connect()) {
      first.send(write("1st"));
      hold.awaitArrival();
      try (RawClient second = stage.proxy().connect()) {
        second.send(write("2nd"));
        stage.proxy().fence();
      }
      stage.proxy().fence();
      hold.letGo();
      assertThat(first.read().status()).isEqualTo(200);
    }
    stage.proxy().awaitLocks(0);
    assertThat(stage.only("PUT").body()).isEqualTo("1st");
  }

  /** Forwarded without the lock, it holds none that could be kept. */
  @Test
  void whoLeavesWhileItsUnlockedWriteIsUnderWayKeepsNobodyOff() throws Exception {
    open(LimitsBuilder.limits().lockQueue(0));
    Hold other = new Hold(store::serve);
    stage.origin().play(Phase.WRITE.once(hold, Phase.WRITE.once(other, store)));
    try (RawClient first = stage.proxy().connect()) {
      first.send(write("1st"));
      hold.awaitArrival();
      try (RawClient second = stage.proxy().connect()) {
        second.send(write("2nd"));
        other.awaitArrival();
      }
      stage.proxy().fence();
      hold.letGo();
      assertThat(first.read().status()).isEqualTo(200);
      stage.proxy().awaitLocks(0);
      other.letGo();
    }
    assertThat(stage.asked()).filteredOn("PUT /a"::equals).hasSize(2);
  }
}
