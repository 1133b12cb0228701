package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.Mode;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Mode {@code optional}: what is asked is checked; what is not asked waits its turn all the same.
 */
class OptionalModeWireTest {
  @RegisterExtension final Stage stage = new Stage();
  private final Store store = new Store().with("/a", "old");

  @BeforeEach
  void open() throws IOException {
    stage.open(store, policy().mode(Mode.OPTIONAL).everywhere());
  }

  @Test
  void aWriteWithoutAPreconditionNeedsNoProbeAndTellsTheNewTag() throws IOException {
    Reply reply = stage.put("/a", "new");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(stage.asked()).containsExactly("PUT /a", "GET /a");
    assertThat(reply.tag()).isEqualTo(stage.get("/a").tag());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PUT    | /a    | If-Match: "x"      | 412 stale
          DELETE | /a    | If-Match: "x"      | 412 stale
          PATCH  | /a    | If-Match: W/"x"    | 412 stale
          POST   | /a    | If-Match: "x"      | 412 stale
          PUT    | /a    | If-None-Match: *   | 412 exists
          PUT    | /none | If-Match: *        | 412 absent
          PUT    | /a    | If-Match: x        | 400 malformed-precondition
          PUT    | /a/.. | X-A: b             | 400 ambiguous-target
          PUT    | /a    | If-Match: *        | 200
          PUT    | /a    | If-None-Match: "x" | 200
          PUT    | /none | If-None-Match: *   | 201
          DELETE | /a    | X-A: b             | 204
          POST   | /a    | X-A: b             | 200
          """)
  void whatIsAskedIsChecked(String method, String target, String field, String told)
      throws IOException {
    assertThat(Stage.told(stage.send(method, target, "new", field))).isEqualTo(told);
    assertThat(stage.origin().heads())
        .filteredOn(Heard::isWrite)
        .hasSize(told.startsWith("2") ? 1 : 0);
  }

  /** Else it would slip in between another writer's probe and write. */
  @Test
  void aWriteWithoutAPreconditionWaitsForOneThatIsUnderWay() throws Exception {
    Hold hold = new Hold(store::serve);
    stage.origin().play(Phase.WRITE.once(hold, store));
    try (RawClient careful = stage.proxy().connect();
        RawClient careless = stage.proxy().connect()) {
      careful.send(Stage.request("PUT", "/a", "careful", "If-Match: *"));
      hold.awaitArrival();
      careless.send(Stage.request("PUT", "/a", "careless"));
      stage.proxy().fence();
      assertThat(stage.asked()).containsExactly("GET /a", "PUT /a");
      hold.letGo();
      assertThat(careful.read().status()).isEqualTo(200);
      assertThat(careless.read().status()).isEqualTo(200);
    }
    assertThat(stage.asked()).containsExactly("GET /a", "PUT /a", "GET /a", "PUT /a", "GET /a");
  }

  @Test
  void aCarefulWriterIsToldOfACarelessOne() throws IOException {
    String tag = stage.get("/a").tag();
    String careless = stage.put("/a", "careless").tag();
    Reply reply = stage.put("/a", "careful", "If-Match: " + tag);
    assertThat(Stage.told(reply)).isEqualTo("412 stale");
    assertThat(reply.tag()).isEqualTo(careless);
    assertThat(store.text("/a")).isEqualTo("careless");
  }
}
