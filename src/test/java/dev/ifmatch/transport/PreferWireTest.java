package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.PolicyBuilder;
import dev.ifmatch.policy.Refusal;
import dev.ifmatch.policy.RouteTable;
import dev.ifmatch.policy.StatusCodes;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code Prefer: return=representation}: a refusal that shows what is there now. */
class PreferWireTest {
  private static final String PREFER = "Prefer: return=representation";

  @RegisterExtension final Stage stage = new Stage();
  private String readAnswer = "200 OK\r\nContent-Type: text/csv;charset=utf-8";
  private String state = "state 1";

  @BeforeEach
  void open() throws IOException {
    open(policy());
  }

  private void open(PolicyBuilder route) throws IOException {
    stage.open(
        heard ->
            peer -> {
              if (heard.isWrite()) {
                state = peer.readBody().body();
                peer.answer("200 OK", "stored");
              } else {
                peer.answer(readAnswer, state);
              }
            },
        route.everywhere());
  }

  private void assertShown(Reply reply, int status) throws IOException {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.body()).isEqualTo(state);
    assertThat(reply.field("Content-Length")).contains("" + state.length());
    assertThat(reply.field("Preference-Applied")).contains("return=representation");
    assertThat(reply.field("Content-Location")).contains("/a");
    assertThat(reply.field("Cache-Control")).contains("no-store");
    assertThat(reply.tag()).isEqualTo(stage.get("/a").tag());
    assertThat(stage.origin().requests()).noneMatch(Heard::isWrite);
  }

  @ParameterizedTest
  @CsvSource({"RFC, 412", "CONFLICT, 409"})
  void aStaleWriteIsShownTheState(String school, int status) throws IOException {
    open(policy().status(school.equals("RFC") ? StatusCodes.RFC : StatusCodes.CONFLICT));
    Reply reply = stage.put("/a", "new", "If-Match: \"x\"", PREFER);
    assertShown(reply, status);
    assertThat(reply.field("Content-Type")).contains("text/csv;charset=utf-8");
    assertThat(reply.field("Vary")).contains("Prefer");
    assertThat(stage.refused()).containsExactly(Refusal.STALE);
  }

  @Test
  void fromWhatIsShownTheNextWriteIsMade() throws IOException {
    Reply shown = stage.put("/a", "new", "If-Match: \"x\"", PREFER);
    assertThat(stage.put("/a", "new", "If-Match: " + shown.tag(), PREFER).body())
        .isEqualTo("stored");
    assertThat(state).isEqualTo("new");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PUT    | If-None-Match: *
          PATCH  | If-Match: "x"
          DELETE | If-Match: "x"
          POST   | If-Match: "x"
          PUT    | If-Unmodified-Since: Sat, 01 Jan 2000 00:00:00 GMT
          """)
  void soIsEveryOtherWriteThatFails(String method, String field) throws IOException {
    assertShown(stage.send(method, "/a", "new", field, PREFER), 412);
  }

  @Test
  void aWeakTagIsShownTheState() throws IOException {
    assertShown(stage.put("/a", "x", "If-Match: W/" + stage.get("/a").tag(), PREFER), 412);
  }

  @Test
  void whatTheOriginVariesByStays() throws IOException {
    readAnswer =
        "200 OK\r\nVary: Accept, Cookie\r\nVary: Origin\r\nCache-Control: max-age=60"
            + "\r\nContent-Location: /a.csv\r\nAccess-Control-Allow-Origin: https://page";
    Reply reply = stage.put("/a", "new", "If-Match: \"x\"", PREFER);
    assertShown(reply, 412);
    assertThat(reply.field("Vary")).contains("Accept, Cookie, Origin, Prefer");
    assertThat(reply.field("Access-Control-Expose-Headers").orElse("")).contains("ETag");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Prefer: wait=10, return=representation",
        "Prefer: wait=10\r\nPrefer: return=representation",
        "prefer: RETURN=representation",
        "Prefer: return=\"representation\"",
        "Prefer: return = representation",
        "Prefer: return=representation; x=\"a, b\"",
        "Prefer: a=\"x, return=minimal\", return=representation",
        "Prefer: return=representation, return=minimal",
      })
  void thePreferenceIsFoundAmongOthers(String field) throws IOException {
    assertShown(stage.put("/a", "new", "If-Match: \"x\"", field), 412);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Prefer: return=minimal",
        "Prefer: return=minimal, return=representation",
        "Prefer: return",
        "Prefer: return=Representation",
        "Prefer: representation",
        "Prefer: a=\"return=representation\"",
        "Prefer: a=\", return=representation\"",
        "Prefer: wait=10; return=representation",
        "X-Prefer: return=representation",
      })
  void anotherPreferenceIsNotTakenForIt(String field) throws IOException {
    assertThat(Stage.told(stage.put("/a", "new", "If-Match: \"x\"", field))).isEqualTo("412 stale");
  }

  /** Who has not read it must read it, and not be shown how to go on without. */
  @Test
  void whoSaysNothingIsShownNothing() throws IOException {
    assertThat(Stage.told(stage.put("/a", "new", PREFER))).isEqualTo("428 missing");
  }

  @ParameterizedTest
  @CsvSource({
    "404 Not Found,                            412 absent",
    "405 Method Not Allowed,                   412 unverifiable",
    "200 OK + Content-Encoding: br,             412 unverifiable",
    "200 OK + Content-Type: text/event-stream,  412 unverifiable",
    "500 Internal Server Error,                502 probe-failed",
  })
  void whereThereIsNoStateNoneIsShown(String answer, String told) throws IOException {
    readAnswer = answer.replace(" + ", "\r\n");
    assertThat(Stage.told(stage.put("/a", "new", "If-Match: \"x\"", PREFER))).isEqualTo(told);
  }

  /** A state without content is a state too. */
  @Test
  void aStateWithoutContentIsShownAsThat() throws IOException {
    stage.origin().play(heard -> peer -> peer.answer("HTTP/1.1 204 No Content\r\nX-A: b\r\n\r\n"));
    try (RawClient client = stage.proxy().connect()) {
      String put = Stage.request("PUT", "/a", "new", "If-Match: \"x\"", PREFER);
      Reply reply = client.send(put).read();
      assertThat(reply.status()).isEqualTo(412);
      assertThat(reply.field("Content-Length")).contains("0");
      assertThat(reply.field("Preference-Applied")).contains("return=representation");
      assertThat(reply.tag()).startsWith("\"");
      assertThat(client.send(put).read().status()).as("on the same connection").isEqualTo(412);
    }
  }

  /** The origin has its own answer for it: ours must not be mixed in. */
  @Test
  void aWriteThatIsForwardedHasTheOriginsAnswerAlone() throws IOException {
    readAnswer = "200 OK\r\nContent-Location: /a.csv\r\nX-Read: x";
    Reply reply = stage.put("/a", "new", "If-Match: *", PREFER);
    assertThat(reply.body()).isEqualTo("stored");
    assertThat(reply.head()).doesNotContain("Preference-", "X-Read", "Content-Location");
    assertThat(reply.tag()).isEqualTo(stage.get("/a").tag());
    assertThat(stage.only("PUT").fields("Prefer")).containsExactly("return=representation");
    assertThat(stage.origin().requests("GET"))
        .allSatisfy(read -> assertThat(read.fields("Prefer")).isEmpty());
  }

  @Test
  void aGuardIsShownAsItself() throws IOException {
    stage.open(
        new OrderBackend().with("1"),
        new RouteTable(
            List.of(policy().guarded("/orders/{id}/approve", "/orders/{id}")), policy().build()));
    Reply reply = stage.send("POST", "/orders/1/approve", "", "If-Match: \"x\"", PREFER);
    assertThat(reply.status()).isEqualTo(412);
    assertThat(reply.body()).isEqualTo("1 open {a=pen}");
    assertThat(reply.field("Content-Location")).contains("/orders/1");
    assertThat(reply.tag()).isEqualTo(stage.get("/orders/1").tag());
  }
}
