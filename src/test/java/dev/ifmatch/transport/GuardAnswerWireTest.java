package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.RoutePolicy.WriteTag;
import dev.ifmatch.policy.RouteTable;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the answer to a guarded write carries the tag of the guard, and what it must not carry. */
class GuardAnswerWireTest {
  private static final RouteTable ROUTES =
      new RouteTable(
          List.of(policy().guarded("/orders/{id}/approve", "/orders/{id}", "POST")),
          RoutePolicy.DEFAULT);

  @RegisterExtension final Stage stage = new Stage();

  /** The order's representation, and after a write another. */
  private void open(String readFields, String writeAnswer) throws IOException {
    stage.open(
        heard ->
            peer -> {
              if (heard.isWrite()) {
                peer.answer(writeAnswer);
              } else {
                int writes = stage.origin().requests("POST").size();
                peer.answer("200 OK" + readFields, "state " + writes);
              }
            },
        ROUTES);
  }

  private static String answer(String statusAndFields) {
    return "HTTP/1.1 %s\r\nContent-Length: 4\r\n\r\nbody".formatted(statusAndFields);
  }

  private Reply approve(String... fields) throws IOException {
    return stage.send("POST", "/orders/1/approve", "", fields);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/orders/1", "/orders/%31", "/Orders/1/", "http://h/orders/1"})
  void itIsTheEtagWhereTheAnswerShowsTheGuard(String location) throws IOException {
    open("", answer("200 OK\r\nContent-Location: " + location));
    Reply reply = approve("If-Match: *");
    assertThat(reply.tag()).isEqualTo(stage.get("/orders/1").tag());
    assertThat(reply.head()).doesNotContain("Guard-");
  }

  @ParameterizedTest
  @CsvSource({
    "200 OK,      /orders/1/approve",
    "200 OK,      /orders/2",
    "200 OK,      /receipts/7",
    "200 OK,      1",
    "201 Created, /orders/1/approval",
  })
  void itIsNotWhereTheAnswerShowsSomethingElse(String status, String location) throws IOException {
    open("", answer(status + "\r\nETag: \"other\"\r\nContent-Location: " + location));
    Reply reply = approve("If-Match: *");
    assertThat(reply.tag()).as("the other's own").isEqualTo("\"other\"");
    assertThat(reply.field("Guard-ETag")).contains(stage.get("/orders/1").tag());
    assertThat(reply.field("Guard-Location")).contains("/orders/1");
  }

  @Test
  void itIsNotWhereTheAnswerShowsNothing() throws IOException {
    open("", "HTTP/1.1 204 No Content\r\nContent-Location: /orders/1\r\n\r\n");
    Reply reply = approve("If-Match: *");
    assertThat(reply.field("ETag")).isEmpty();
    assertThat(reply.field("Guard-ETag")).contains(stage.get("/orders/1").tag());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "202 Accepted",
        "303 See Other\r\nLocation: /orders/1",
        "409 Conflict",
        "422 Unprocessable Content",
        "500 Internal Server Error"
      })
  void anAnswerThatTellsOfNoNewStateCarriesNoTag(String statusAndFields) throws IOException {
    open("", answer(statusAndFields));
    Reply reply = approve("If-Match: *");
    assertThat(reply.body()).isEqualTo("body");
    assertThat(reply.head()).doesNotContain("ETag");
    assertThat(stage.asked()).containsExactly("GET /orders/1", "POST /orders/1/approve");
  }

  @Test
  void whatTheBackendSaysOfAGuardIsReplaced() throws IOException {
    open("", answer("200 OK\r\nGuard-ETag: \"forged\"\r\nGuard-Location: /elsewhere"));
    Reply reply = approve("If-Match: *");
    assertThat(reply.field("Guard-ETag")).contains(stage.get("/orders/1").tag());
    assertThat(reply.field("Guard-Location")).contains("/orders/1");
  }

  @Test
  void scriptsOfOtherOriginsMayReadIt() throws IOException {
    open("", answer("200 OK\r\nAccess-Control-Allow-Origin: https://page"));
    assertThat(approve("If-Match: *").field("Access-Control-Expose-Headers"))
        .contains("Guard-Location, Guard-ETag");
  }

  /** The target would take the guard's tag for its own, and refuse. */
  @Test
  void theBackendsOwnTagOfTheGuardIsNotSentToTheTarget() throws IOException {
    open("\r\nETag: \"own\"", answer("200 OK"));
    Reply reply = approve("If-Match: \"own\"");
    assertThat(reply.field("Guard-ETag")).contains("\"own\"");
    assertThat(stage.only("POST").head()).doesNotContain("If-Match");
    assertThat(Stage.told(approve("If-Match: \"x\""))).isEqualTo("412 stale");
  }

  @ParameterizedTest
  @EnumSource(names = {"HALF_BODY", "HALF_CHUNK", "BAD_CHUNK"})
  void aFailedRereadTakesNothingButTheTag(Fault fault) throws IOException {
    Store store = new Store().with("/orders/1", "order");
    stage.open(store, ROUTES);
    stage.origin().play(Phase.REREAD.once(fault, store));
    Reply reply = approve("If-Match: *");
    assertThat(reply.body()).isEqualTo("done");
    assertThat(reply.head()).doesNotContain("Guard-");
  }

  @Test
  void withoutWriteTagsTheGuardIsNotReadAgain() throws IOException {
    RoutePolicy off = policy().writeTag(WriteTag.OFF).build();
    stage.open(
        new OrderBackend().with("1"),
        new RouteTable(
            List.of(
                policy()
                    .writeTag(WriteTag.OFF)
                    .guarded("/orders/{id}/approve", "/orders/{id}", "POST")),
            off));
    assertThat(approve("If-Match: *").head()).doesNotContain("ETag");
    assertThat(stage.asked()).containsExactly("GET /orders/1", "POST /orders/1/approve");
  }
}
