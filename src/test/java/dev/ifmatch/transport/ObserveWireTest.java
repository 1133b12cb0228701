package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.Mode;
import dev.ifmatch.policy.Refusal;
import dev.ifmatch.policy.RoutePolicy.AlreadyApplied;
import dev.ifmatch.policy.RoutePolicy.NoOp;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mode {@code observe}: what would be refused is told of, reaches the origin once, and passes. */
class ObserveWireTest {
  private static final Limits LIMITS = LimitsBuilder.limits().originTimeout(400).build();

  @RegisterExtension final Stage stage = new Stage();
  private final Store store = new Store().with("/a", "old");

  @BeforeEach
  void open() throws IOException {
    stage.open(store, policy().mode(Mode.OBSERVE).everywhere(), LIMITS);
  }

  /** What a probe is answered with. */
  enum Probe {
    MISSING_METHOD("405 Method Not Allowed"),
    REDIRECT("302 Found\r\nLocation: /b"),
    NOT_ACCEPTABLE("406 Not Acceptable"),
    PARTIAL("206 Partial Content"),
    STREAM("200 OK\r\nContent-Type: text/event-stream"),
    CODED("200 OK\r\nContent-Encoding: br"),
    BROKEN("500 Internal Server Error"),
    BUSY("503 Service Unavailable");

    private final String statusAndFields;

    Probe(String statusAndFields) {
      this.statusAndFields = statusAndFields;
    }

    void answer(OriginPeer peer) throws IOException {
      peer.answer(statusAndFields, "words");
    }
  }

  private void assertWrittenOnce(Reply reply) {
    assertThat(reply.status()).isIn(200, 201, 204);
    assertThat(stage.origin().heads()).filteredOn(Heard::isWrite).hasSize(1);
    assertThat(stage.refused()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PUT    | /a    | If-Match: "x"                                     | STALE
          PUT    | /a    | If-Match: W/"x"                                   | STALE
          PUT    | /a    | X-A: b                                            | MISSING
          DELETE | /a    | X-A: b                                            | MISSING
          PATCH  | /a    | If-Match: "x"                                     | STALE
          PUT    | /a    | If-None-Match: *                                  | EXISTS
          PUT    | /a    | If-Unmodified-Since: Sat, 01 Jan 2000 00:00:00 GMT| UNDATED
          PUT    | /none | If-Match: *                                       | ABSENT
          PUT    | /none | If-Match: "x"                                     | ABSENT
          POST   | /a    | If-Match: "x"                                     | STALE
          POST   | /a    | X-HTTP-Method-Override: PUT                       | MISSING
          """)
  void whatTheProbeSpeaksAgainst(String method, String target, String field, Refusal told)
      throws IOException {
    assertWrittenOnce(stage.send(method, target, "new", field));
    assertThat(stage.observed()).containsExactly(told);
    assertThat(stage.asked()).startsWith("GET " + target, method + " " + target);
  }

  @Test
  void theCurrentTagSentWeak() throws IOException {
    String tag = stage.get("/a").tag();
    assertWrittenOnce(stage.put("/a", "new", "If-Match: W/" + tag));
    assertThat(stage.observed()).containsExactly(Refusal.WEAK_TAG);
  }

  @ParameterizedTest
  @CsvSource({
    "/a,      If-Match: x,                     MALFORMED_PRECONDITION",
    "/a,      If-None-Match: \"x,              MALFORMED_PRECONDITION",
    "/a,      If-Unmodified-Since: yesterday,  MALFORMED_PRECONDITION",
    "/b/../a, If-Match: \"x\",                 AMBIGUOUS_TARGET",
  })
  void whatCannotEvenBeAskedAbout(String target, String field, Refusal told) throws IOException {
    assertWrittenOnce(stage.put(target, "new", field));
    assertThat(stage.observed()).containsExactly(told);
    assertThat(stage.asked()).containsExactly("PUT " + target);
    assertThat(stage.only("PUT").head()).contains(field + "\r\n");
  }

  @ParameterizedTest
  @EnumSource
  void aProbeThatTellsNothing(Probe probe) throws IOException {
    stage.origin().play(Phase.PROBE.once(probe::answer, store));
    assertWrittenOnce(stage.put("/a", "new", "If-Match: \"x\""));
    boolean failed = probe == Probe.BROKEN || probe == Probe.BUSY;
    assertThat(stage.observed())
        .containsExactly(failed ? Refusal.PROBE_FAILED : Refusal.UNVERIFIABLE);
    assertThat(stage.only("PUT").fields("If-Match"))
        .as("whose tag it is was not seen")
        .containsExactly("\"x\"");
  }

  @ParameterizedTest
  @CsvSource({
    "CLOSES,             PROBE_FAILED",
    "RESETS,             PROBE_FAILED",
    "GARBAGE,            PROBE_FAILED",
    "HALF_BODY,          PROBE_FAILED",
    "HUGE_HEAD,          PROBE_FAILED",
    "STALLS,             PROBE_TIMEOUT",
    "STALLS_IN_THE_BODY, PROBE_TIMEOUT",
  })
  void aProbeThatFails(Fault fault, Refusal told) throws IOException {
    stage.origin().play(Phase.PROBE.once(fault, store));
    assertWrittenOnce(stage.put("/a", "new", "If-Match: \"x\""));
    assertThat(stage.observed()).containsExactly(told);
    assertThat(store.text("/a")).isEqualTo("new");
  }

  /** The origin has its own words for it, on the write too. */
  @ParameterizedTest
  @ValueSource(strings = {"401 Unauthorized", "403 Forbidden", "429 Too Many Requests"})
  void aProbeThatIsNotLetIn(String status) throws IOException {
    stage.origin().play(heard -> peer -> peer.answer(status, "own words"));
    Reply reply = stage.put("/a", "new", "If-Match: \"x\"");
    assertThat(reply.toString()).startsWith("HTTP/1.1 " + status).endsWith("own words");
    assertThat(stage.asked()).containsExactly("GET /a", "PUT /a");
    assertThat(stage.observed()).isEmpty();
  }

  @Test
  void whatIsAsItShouldBeIsNotToldOf() throws IOException {
    Reply reply = stage.put("/a", "new", "If-Match: " + stage.get("/a").tag());
    assertWrittenOnce(reply);
    assertThat(reply.tag()).isEqualTo(stage.get("/a").tag());
    assertThat(stage.observed()).isEmpty();
  }

  /** With the tag it is told of too, before the upload and after it: once. */
  @Test
  void anExpectedUploadIsToldOfOnce() throws IOException {
    try (RawClient client = stage.proxy().connect()) {
      String put = Stage.request("PUT", "/a", "new", "If-Match: \"x\"", "Expect: 100-continue");
      client.send(put.substring(0, put.length() - "new".length()));
      assertThat(client.wire().readHead()).startsWith("HTTP/1.1 100 ");
      assertWrittenOnce(client.send("new").read());
    }
    assertThat(stage.asked()).containsExactly("GET /a", "GET /a", "PUT /a", "GET /a");
    assertThat(stage.observed()).containsExactly(Refusal.STALE);
  }

  /** A no-op goes to the origin as well: to answer in its place would be more than to observe. */
  @Test
  void whatWouldChangeNothingIsForwarded() throws IOException {
    stage.open(
        store,
        policy()
            .mode(Mode.OBSERVE)
            .noOp(NoOp.UNCHANGED)
            .alreadyApplied(AlreadyApplied.ACCEPT)
            .everywhere());
    assertWrittenOnce(stage.put("/a", "old", "If-Match: " + stage.get("/a").tag()));
    assertThat(stage.put("/a", "old", "If-Match: \"x\"").body()).isEqualTo("stored");
    assertThat(stage.origin().requests("PUT")).hasSize(2);
  }

  @Test
  void theAnswerIsTheOriginsWithATag() throws IOException {
    String answer = "200 OK\r\nX-A: b\r\nCache-Control: private\r\nContent-Type: text/csv";
    stage.origin().play(heard -> peer -> peer.answer(answer, "words"));
    Reply reply = stage.put("/a", "new", "If-Match: \"x\"");

    List<String> lines =
        reply.head().lines().filter(l -> !l.isEmpty() && !l.startsWith("ETag: ")).toList();
    assertThat(reply.tag()).isEqualTo(stage.get("/a").tag());
    assertThat(lines)
        .containsExactlyInAnyOrder(("HTTP/1.1 " + answer + "\r\nContent-Length: 5").split("\r\n"));
    assertThat(reply.body()).isEqualTo("words");
  }

  /** What the origin would have refused without us it refuses with us. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          If-Match: "old"                                    | its own | kept
          If-None-Match: *                                   | its own | kept
          If-Match: "old"                                    | none    | taken off
          If-None-Match: *                                   | none    | kept
          If-Unmodified-Since: Sat, 01 Jan 2000 00:00:00 GMT | none    | kept
          """)
  void whatTheOriginCanEvaluateItselfIsLeftToIt(String field, String tag, String expected)
      throws IOException {
    String tagged = tag.equals("none") ? "200 OK" : "200 OK\r\nETag: \"own\"";
    stage.origin().play(heard -> peer -> peer.answer(tagged, "text"));
    stage.put("/a", "new", field);

    Heard put = stage.only("PUT");
    String[] nameAndValue = field.split(": ", 2);
    assertThat(put.field(nameAndValue[0]))
        .isEqualTo(expected.equals("kept") ? Optional.of(nameAndValue[1]) : Optional.empty());
    assertThat(stage.observed()).hasSize(1);
  }

  @Test
  void aWriteThatBreaksOffIsNotSentAgain() throws IOException {
    stage.origin().play(Phase.WRITE.once(Fault.RESETS, store));
    Reply reply = stage.put("/a", "new", "If-Match: \"x\"");
    assertThat(Stage.told(reply)).isEqualTo("502 outcome-unknown");
    assertThat(stage.origin().requests("PUT")).hasSize(1);
    assertThat(stage.observed()).containsExactly(Refusal.STALE);
    assertThat(stage.proxy().server().heldLocks()).isOne();
    stage.proxy().expectLocksAtTheEnd(1);
  }
}
