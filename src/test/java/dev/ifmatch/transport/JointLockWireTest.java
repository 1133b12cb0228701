package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static dev.ifmatch.transport.LimitsBuilder.limits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.RouteTable;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A write that needs two locks, its guard's and its target's, while a write from before the routes
 * were changed has the latter alone.
 */
@Timeout(30)
class JointLockWireTest {
  private static final String ORDER = "/orders/1";
  private static final String LINE = "/orders/1/lines/a";
  private static final RouteTable BY_ITSELF = RouteTable.of(RoutePolicy.DEFAULT);
  private static final RouteTable BY_THE_ORDER =
      new RouteTable(
          List.of(policy().guarded("/orders/{id}/lines/{n}", "/orders/{id}")), RoutePolicy.DEFAULT);
  private static final String WRITE = Stage.request("PUT", LINE, "new", "If-Match: *");

  @RegisterExtension final Stage stage = new Stage();
  private final OrderBackend orders = new OrderBackend().with("1");
  private final Hold hold = new Hold(orders::serve);
  private RawClient before;

  /** Has a write of before under way, and the routes changed. */
  @BeforeEach
  void change() throws Exception {
    stage.open(orders, BY_ITSELF);
    stage.origin().play(heard -> heard.isWrite() ? hold : orders.apply(heard));
    before = stage.proxy().connect().send(WRITE);
    hold.awaitArrival();
    stage.origin().play(orders);
    stage.proxy().use(BY_THE_ORDER);
  }

  private void finish() throws IOException {
    hold.letGo();
    assertThat(before.read().status()).isEqualTo(200);
    before.close();
  }

  @Test
  void waitsForTheWriteOfBefore() throws Exception {
    try (RawClient after = stage.proxy().connect()) {
      after.send(WRITE);
      stage.proxy().awaitLocks(2);
      assertThat(stage.origin().requests("PUT")).as("that of before").hasSize(1);
      finish();
      assertThat(after.read().field("Guard-ETag")).isPresent();
    }
  }

  @Test
  void whoWaitsInVainGivesBackWhatItHas() throws Exception {
    stage.proxy().use(BY_THE_ORDER, limits().lockWait(1).build());
    assertThat(Stage.told(stage.proxy().exchange(WRITE))).isEqualTo("503 lock-timeout");
    stage.proxy().use(BY_THE_ORDER, limits().lockQueue(0).build());
    assertThat(Stage.told(stage.proxy().exchange(WRITE))).isEqualTo("503 lock-queue-full");
    assertThat(stage.put(ORDER, "closed", "If-Match: *").status()).isEqualTo(204);
    finish();
  }

  @Test
  void whoLeavesGivesBackWhatItHas() throws Exception {
    RawClient after = stage.proxy().connect().send(WRITE);
    stage.proxy().awaitLocks(2);
    after.close();
    stage.proxy().awaitLocks(1);
    assertThat(stage.put(ORDER, "closed", "If-Match: *").status()).isEqualTo(204);
    finish();
    assertThat(stage.origin().requests("PUT")).hasSize(2);
  }

  /** The line was changed from the same state that the order's tag stands for. */
  @Test
  void isCheckedAgainstWhatTheWriteOfBeforeHasLeft() throws Exception {
    String tag = stage.get(ORDER).tag();
    try (RawClient after = stage.proxy().connect()) {
      after.send(Stage.request("PUT", LINE, "newer", "If-Match: " + tag));
      stage.proxy().awaitLocks(2);
      finish();
      assertThat(Stage.told(after.read())).isEqualTo("412 stale");
    }
  }
}
