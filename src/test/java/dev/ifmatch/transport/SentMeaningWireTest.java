package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.PolicyBuilder;
import dev.ifmatch.policy.RoutePolicy.AlreadyApplied;
import dev.ifmatch.policy.RoutePolicy.NoOp;
import java.io.IOException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Equal bytes that ask for something else: they must reach the origin, or be refused as stale. */
class SentMeaningWireTest {
  private static final PolicyBuilder SPARING =
      policy().noOp(NoOp.UNCHANGED).alreadyApplied(AlreadyApplied.ACCEPT);

  @RegisterExtension final Stage stage = new Stage();

  /** RFC 9110 §8.3 and §14.5: of another type, in another language, or a part of the content. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: application/json",
        "Content-Type: text/plain;charset=utf-16",
        "Content-Language: fr",
        "Content-Range: bytes 3-5/6"
      })
  void theyAreNotTheStateThatIsThere(String field) throws IOException {
    String state = "200 OK\r\nContent-Type: text/plain\r\nContent-Language: de";
    stage.open(
        heard -> peer -> peer.answer(heard.isWrite() ? "200 OK" : state, "old"),
        SPARING.everywhere());
    assertThat(stage.put("/a", "old", field, "If-Match: *").status()).isEqualTo(200);
    assertThat(stage.only("PUT").body()).isEqualTo("old");
    assertThat(Stage.told(stage.put("/a", "old", field, "If-Match: \"x\""))).isEqualTo("412 stale");
  }
}
