package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.RoutePolicy.AlreadyApplied;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** JSON whose tag takes many slices to make, on its way to the client and to the backend. */
class LargeJsonWireTest {
  private static final int MEMBERS = 8_000;

  @RegisterExtension final Stage stage = new Stage();

  @BeforeEach
  void open() throws IOException {
    stage.open(
        new JsonBackend(document(0)),
        policy().json().alreadyApplied(AlreadyApplied.ACCEPT).everywhere(),
        Limits.DEFAULT);
  }

  /** About 300 KiB. */
  private static String document(int state) {
    return IntStream.range(0, MEMBERS)
        .mapToObj(i -> "\"member %d\":{\"value\":%d}".formatted(i, i + state))
        .collect(Collectors.joining(",", "{", "}"));
  }

  @Test
  void fromReadToWriteToWrite() throws IOException {
    String tag = stage.get("/a").tag();
    assertThat(stage.get("/a").tag()).isEqualTo(tag);
    for (int state = 1; state < 5; state++) {
      Reply written = stage.put("/a", document(state), "If-Match: " + tag);
      assertThat(written.status()).isEqualTo(200);
      assertThat(written.tag()).isNotEqualTo(tag).isEqualTo(stage.get("/a").tag());
      assertThat(Stage.told(stage.put("/a", "{}", "If-Match: " + tag))).isEqualTo("412 stale");
      tag = written.tag();
    }
    assertThat(stage.proxy().fallbacks()).isEmpty();
  }

  @Test
  void whatIsThereAlreadyIsSeenToBeSo() throws IOException {
    String tag = stage.get("/a").tag();
    assertThat(stage.put("/a", document(1), "If-Match: " + tag).status()).isEqualTo(200);
    assertThat(stage.put("/a", document(1), "If-Match: " + tag).status()).isEqualTo(204);
  }

  /** At whatever moment it leaves, the lock goes back, and so does what was kept. */
  @Test
  void aClientThatLeavesLeavesNothingBehind() throws IOException {
    String tag = stage.get("/a").tag();
    String body = document(1);
    String write =
        "PUT /a HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nIf-Match: %s\r\n"
                .formatted(tag)
            + "Content-Length: %d\r\n\r\n%s".formatted(body.length(), body);
    for (int i = 0; i < 40; i++) {
      try (RawClient client = stage.proxy().connect()) {
        client.send(i % 2 == 0 ? "GET /a HTTP/1.1\r\nHost: a\r\n\r\n" : write);
      }
    }
    stage.proxy().awaitLocks(0);
    assertThat(stage.get("/a").status()).isEqualTo(200);
  }
}
