package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.RoutePolicy.NoOp;
import dev.ifmatch.policy.RouteTable;
import dev.ifmatch.policy.StatusCodes;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code status}: the codes that each school of clients expects, and what keeps its own. */
class StatusWireTest {
  @RegisterExtension final Stage stage = new Stage();
  private final Store store = new Store().with("/a", "old");

  private void open(StatusCodes codes) throws IOException {
    stage.open(store, policy().status(codes).noOp(NoOp.UNCHANGED).everywhere());
  }

  static List<Arguments> schools() {
    return List.of(
        Arguments.of(StatusCodes.RFC, 412, 428, 204),
        Arguments.of(StatusCodes.CONFLICT, 409, 400, 304),
        Arguments.of(StatusCodes.STRICT_412, 412, 412, 204),
        Arguments.of(new StatusCodes(409, 428, 200), 409, 428, 200),
        Arguments.of(new StatusCodes(423, 403, 299), 423, 403, 299));
  }

  private static void assertProblem(Reply reply, int status, String reason) throws IOException {
    assertThat(Stage.told(reply)).isEqualTo(status + " " + reason);
    assertThat(reply.problem().path("status").asInt()).isEqualTo(status);
    assertThat(reply.field("Cache-Control")).contains("no-store");
  }

  @ParameterizedTest
  @MethodSource("schools")
  void everyAnswerOfOursHasTheCodeOfTheRoute(
      StatusCodes codes, int stale, int missing, int unchanged) throws IOException {
    open(codes);
    String tag = stage.get("/a").tag();
    try (RawClient client = stage.proxy().connect()) {
      Reply asked = client.send(Stage.request("PUT", "/a", "new")).read();
      assertProblem(asked, missing, "missing");
      assertThat(asked.tag()).isEqualTo(tag);
      Reply told = client.send(Stage.request("PUT", "/a", "new", "If-Match: \"x\"")).read();
      assertProblem(told, stale, "stale");
      assertThat(told.tag()).isEqualTo(tag);

      Reply same = client.send(Stage.request("PUT", "/a", "old", "If-Match: " + tag)).read();
      assertThat(same.status()).isEqualTo(unchanged);
      assertThat(same.body()).isEmpty();
      assertThat(same.tag()).isEqualTo(tag);
      assertThat(client.send(Stage.request("GET", "/a", "")).read().body()).isEqualTo("old");
    }
    assertThat(stage.origin().requests()).noneMatch(Heard::isWrite);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PUT    | /a    | If-None-Match: *                                   | 409 exists
          PUT    | /none | If-Match: *                                        | 409 absent
          PUT    | /a    | If-Unmodified-Since: Sat, 01 Jan 2000 00:00:00 GMT | 409 undated
          PUT    | /a    | If-Match: x                                        | 400 malformed-precondition
          PUT    | /a/.. | If-Match: "x"                                      | 400 ambiguous-target
          DELETE | /none | If-Match: "x"                                      | 404
          GET    | /a    | If-Match: "x"                                      | 412 read-precondition
          """)
  void whatIsNotMetIsAConflictButForAReader(String method, String target, String field, String told)
      throws IOException {
    open(StatusCodes.CONFLICT);
    assertThat(Stage.told(stage.send(method, target, "", field))).isEqualTo(told);
  }

  @Test
  void whatIsNotMetAtOtherTimesIsAConflictToo() throws IOException {
    open(StatusCodes.CONFLICT);
    String tag = stage.get("/a").tag();
    assertProblem(stage.put("/a", "new", "If-Match: W/" + tag), 409, "weak-tag");
    assertProblem(stage.put("/a", "old", "If-Match: \"x\""), 409, "already-applied");
    stage.origin().play(heard -> peer -> peer.answer("405 Method Not Allowed", ""));
    assertProblem(stage.put("/a", "new", "If-Match: *"), 409, "unverifiable");
  }

  @Test
  void beforeAnUploadTheCodesAreTheSame() throws IOException {
    open(StatusCodes.CONFLICT);
    String put = Stage.request("PUT", "/a", "new", "If-Match: \"x\"", "Expect: 100-continue");
    try (RawClient client = stage.proxy().connect()) {
      Reply reply = client.send(put.substring(0, put.length() - "new".length())).read();
      assertThat(reply.interim()).isEmpty();
      assertProblem(reply, 409, "stale");
    }
  }

  /** Told by what the last holder of the lock saw, without a probe of its own. */
  @Test
  void inTheQueueTheCodesAreTheSame() throws IOException {
    open(StatusCodes.CONFLICT);
    String put = Stage.request("PUT", "/a", "new", "If-Match: " + stage.get("/a").tag());
    List<Reply> replies = stage.together(List.of(put, put.replace("new", "2nd"), put));
    assertThat(replies).filteredOn(reply -> reply.status() == 200).hasSize(1);
    assertThat(replies).filteredOn(reply -> reply.status() == 409).hasSize(2);
  }

  @Test
  void theOriginsOwnRefusalKeepsItsCode() throws IOException {
    open(StatusCodes.CONFLICT);
    stage
        .origin()
        .play(Phase.WRITE.once(peer -> peer.answer("412 Precondition Failed", ""), store));
    assertThat(stage.put("/a", "new", "If-Match: *").status()).isEqualTo(412);
  }

  @Test
  void eachRouteHasItsOwnCodes() throws IOException {
    stage.open(
        store.with("/b", "old"),
        new RouteTable(
            List.of(
                policy().status(StatusCodes.CONFLICT).route("/a"),
                policy().status(StatusCodes.STRICT_412).route("/a", "DELETE")),
            RoutePolicy.DEFAULT));
    assertProblem(stage.put("/a", "new"), 400, "missing");
    assertProblem(stage.send("DELETE", "/a", ""), 412, "missing");
    assertProblem(stage.put("/b", "new"), 428, "missing");
  }
}
