package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.RouteTable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Many writers from one state, while the routes change under them again and again: those of before
 * are checked against another resource than those of after, and still exactly one succeeds.
 */
@Timeout(60)
class ReloadRacesTest {
  private static final int WRITERS = 16;
  private static final int ROUNDS = 150;
  private static final String ORDER = "/orders/1";
  private static final String LINE = "/orders/1/lines/a";
  private static final RouteTable BY_ITSELF = RouteTable.of(RoutePolicy.DEFAULT);
  private static final RouteTable BY_THE_ORDER =
      new RouteTable(
          List.of(policy().guarded("/orders/{id}/lines/{n}", "/orders/{id}")), RoutePolicy.DEFAULT);

  @RegisterExtension final Stage stage = new Stage();

  /** Changes the routes until it is stopped. */
  private final class Changes {
    private volatile boolean going = true;
    private final Thread thread =
        new Thread(
            () -> {
              for (int i = 0; going; i++) {
                stage.proxy().use(i % 2 == 0 ? BY_THE_ORDER : BY_ITSELF);
                LockSupport.parkNanos(20_000);
              }
            });

    void start() {
      thread.start();
    }

    void stop() throws InterruptedException {
      going = false;
      thread.join();
      stage.proxy().use(BY_ITSELF);
    }
  }

  @Test
  void exactlyOneOfThemSucceeds() throws Exception {
    OrderBackend orders = new OrderBackend().with("1");
    stage.open(orders, BY_ITSELF);
    try (Crowd crowd = new Crowd(stage.proxy(), WRITERS)) {
      for (int round = 0; round < ROUNDS; round++) {
        assertThat(successes(crowd, "round " + round)).as("round %d", round).isOne();
        assertThat(stage.origin().requests("PUT")).hasSize(1);
        stage.origin().forget();
      }
    }
    assertThat(stage.proxy().server().heldLocks()).isZero();
  }

  /** Each brings the tags of both, of which one counts by the routes that it meets. */
  private long successes(Crowd crowd, String text) throws IOException, InterruptedException {
    String tags = "If-Match: " + stage.get(ORDER).tag() + ", " + stage.get(LINE).tag();
    List<String> writes =
        IntStream.range(0, WRITERS)
            .mapToObj(i -> Stage.request("PUT", LINE, text + " by " + i, tags))
            .toList();
    Changes changes = new Changes();
    changes.start();
    try {
      return crowd.ask(writes).stream().filter(reply -> reply.status() < 300).count();
    } finally {
      changes.stop();
    }
  }
}
