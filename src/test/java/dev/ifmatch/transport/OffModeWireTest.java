package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.Mode;
import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.RouteTable;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mode {@code off}: what comes in goes out, both ways, beside routes that are guarded. */
class OffModeWireTest {
  private static final RouteTable ROUTES =
      new RouteTable(
          List.of(
              policy().mode(Mode.OFF).route("/open/**"),
              policy().mode(Mode.OFF).route("/orders/{id}", "PATCH", "POST"),
              policy().mode(Mode.OPTIONAL).route("/orders/{id}", "DELETE")),
          RoutePolicy.DEFAULT);

  @RegisterExtension final Stage stage = new Stage();
  private final Store store = new Store().with("/open/a", "old").with("/orders/1", "old");

  @BeforeEach
  void open() throws IOException {
    stage.open(store, ROUTES);
  }

  private void answering(String statusAndFields, String body) {
    stage.origin().play(heard -> peer -> peer.answer(statusAndFields, body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "If-Match: \"x\"",
        "If-Match: not a tag",
        "If-None-Match: *",
        "If-Unmodified-Since: yesterday",
        "X-A: b"
      })
  void aWriteReachesTheBackendAsItIs(String field) throws IOException {
    Reply reply = stage.put("/open/a", "new", field);

    assertThat(Stage.told(reply)).isEqualTo("200");
    assertThat(reply.field("ETag")).isEmpty();
    assertThat(stage.asked()).containsExactly("PUT /open/a");
    assertThat(stage.only("PUT").head()).contains(field + "\r\n");
    assertThat(stage.only("PUT").body()).isEqualTo("new");
  }

  @Test
  void aReadReachesTheBackendAsItIs() throws IOException {
    String[] fields = {
      "If-Match: \"a\"", "If-None-Match: W/\"b\"", "Range: bytes=0-1", "Accept-Encoding: br, zstd"
    };
    stage.get("/open/a", fields);
    stage.head("/open/a", fields);

    assertThat(stage.asked()).containsExactly("GET /open/a", "HEAD /open/a");
    assertThat(stage.origin().requests())
        .allSatisfy(request -> assertThat(request.head()).contains(fields));
  }

  @ParameterizedTest
  @CsvSource({"GET, W/\"weak\"", "PUT, W/\"weak\"", "GET, \"strong\"", "PUT, \"strong\""})
  void theBackendsTagsStayAsTheyAre(String method, String tag) throws IOException {
    answering("200 OK\r\nETag: " + tag, "text");
    assertThat(stage.send(method, "/open/a", "").tag()).isEqualTo(tag);
    assertThat(stage.origin().requests()).hasSize(1);
  }

  @Test
  void theBackendsOwnRefusalIsTheAnswer() throws IOException {
    answering("412 Precondition Failed\r\nETag: \"own\"", "own words");
    Reply reply = stage.put("/open/a", "new", "If-Match: \"x\"");
    assertThat(reply.status()).isEqualTo(412);
    assertThat(reply.body()).isEqualTo("own words");
    assertThat(stage.refused()).isEmpty();
  }

  @Test
  void nobodyWaitsForAnybody() throws Exception {
    Hold hold = new Hold(store::serve);
    stage.origin().play(Phase.WRITE.once(hold, store));
    try (RawClient first = stage.proxy().connect()) {
      first.send(Stage.request("PUT", "/open/a", "first"));
      hold.awaitArrival();
      assertThat(stage.proxy().server().heldLocks()).isZero();
      assertThat(stage.put("/open/a", "second").status()).isEqualTo(200);
      hold.letGo();
      assertThat(first.read().status()).isEqualTo(200);
    }
    assertThat(stage.asked()).containsExactly("PUT /open/a", "PUT /open/a");
  }

  /** One table, four treatments: of each path and method its own. */
  @ParameterizedTest
  @CsvSource({
    "PUT,    /open/a,      200,         1",
    "DELETE, /open/a/b/c,  204,         1",
    "PUT,    /orders/1,    428 missing, 0",
    "PATCH,  /orders/1,    200,         1",
    "POST,   /orders/1,    200,         1",
    "DELETE, /orders/1,    204,         1",
    "PATCH,  /orders/1/x,  200,         1",
    "PUT,    /opened/a,    201,         1",
  })
  void eachRouteHasItsOwnMode(String method, String target, String told, int writes)
      throws IOException {
    assertThat(Stage.told(stage.send(method, target, ""))).isEqualTo(told);
    assertThat(stage.origin().requests()).filteredOn(Heard::isWrite).hasSize(writes);
  }

  @Test
  void aPreconditionIsEvaluatedOnlyWhereItsRouteIsNotOff() throws IOException {
    assertThat(Stage.told(stage.send("PATCH", "/orders/1", "", "If-Match: \"x\"")))
        .isEqualTo("200");
    assertThat(Stage.told(stage.send("DELETE", "/orders/1", "", "If-Match: \"x\"")))
        .isEqualTo("412 stale");
    assertThat(stage.last("PATCH").fields("If-Match")).containsExactly("\"x\"");
  }
}
