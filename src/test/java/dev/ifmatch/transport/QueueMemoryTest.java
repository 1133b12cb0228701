package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static dev.ifmatch.transport.LimitsBuilder.limits;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.PolicyBuilder;
import dev.ifmatch.policy.Refusal;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Writers who wait for the lock, with bodies that were looked at and put into files. That the last
 * of them finds the queue full tells when the bodies of all others are there.
 */
class QueueMemoryTest {
  private static final int WRITERS = 40;
  private static final int BODY = 500_000;

  /** Far less than what the bodies come to, in whatever form. */
  private static final long MOST_EACH = BODY / 4;

  @RegisterExtension final Stage stage = new Stage();
  private final Store store = new Store().with("/a", "[1]");

  @Test
  void holdNoDocuments() throws Exception {
    StringBuilder numbers = new StringBuilder("[1");
    while (numbers.length() < BODY) {
      numbers.append(",1");
    }
    assertHoldLittle(policy().json(), numbers.append(']').toString(), "X-A: b");
  }

  @Test
  void holdNoCodedBodies() throws Exception {
    ByteArrayOutputStream coded = new ByteArrayOutputStream();
    byte[] content = new byte[BODY];
    new Random(1).nextBytes(content);
    try (GZIPOutputStream out = new GZIPOutputStream(coded)) {
      out.write(content);
    }
    String body = coded.toString(ISO_8859_1);
    assertHoldLittle(policy(), body, "Content-Encoding: gzip");
  }

  private void assertHoldLittle(PolicyBuilder route, String body, String field) throws Exception {
    stage.open(store, route.everywhere(), limits().lockWait(60_000).lockQueue(WRITERS - 1).build());
    Hold hold = new Hold(store::serve);
    stage.origin().play(Phase.WRITE.once(hold, store));
    byte[] put = Stage.request("PUT", "/a", body, field, "If-Match: \"x\"").getBytes(ISO_8859_1);
    try (RawClient first = stage.proxy().connect()) {
      first.send(Stage.request("PUT", "/a", "[2]", "If-Match: *"));
      hold.awaitArrival();
      long before = used();
      List<RawClient> waiting = new ArrayList<>();
      try {
        for (int i = 0; i < WRITERS; i++) {
          RawClient client = stage.proxy().connect();
          waiting.add(client);
          client.send(put);
        }
        ProxyFixture.soon()
            .untilAsserted(() -> assertThat(stage.refused()).contains(Refusal.LOCK_QUEUE_FULL));
        assertThat((used() - before) / WRITERS).as("bytes for each").isLessThan(MOST_EACH);
        hold.letGo();
        for (RawClient client : waiting) {
          assertThat(Stage.told(client.read())).isIn("412 stale", "503 lock-queue-full");
        }
      } finally {
        for (RawClient client : waiting) {
          client.close();
        }
      }
      assertThat(first.read().status()).isEqualTo(200);
    }
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
