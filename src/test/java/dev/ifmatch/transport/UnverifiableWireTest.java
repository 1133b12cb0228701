package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.RoutePolicy.Unverifiable;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** {@code unverifiable}: what becomes of a write where no read tells the current state. */
class UnverifiableWireTest {
  private static final String WRITE = Stage.request("PUT", "/a", "new", "If-Match: \"x\"");

  @RegisterExtension final Stage stage = new Stage();
  private final Store store = new Store().with("/a", "old");

  /** Answers to a probe that tell no state. */
  enum Untold {
    NOT_ALLOWED("405 Method Not Allowed"),
    NOT_ACCEPTABLE("406 Not Acceptable"),
    FOUND("302 Found\r\nLocation: /b"),
    NOT_IMPLEMENTED("501 Not Implemented"),
    PARTIAL("206 Partial Content"),
    ENDLESS("200 OK\r\nContent-Type: text/event-stream"),
    REPLACED("200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=x"),
    UNKNOWN_CODING("200 OK\r\nContent-Encoding: br"),
    NOT_IN_ITS_CODING("200 OK\r\nContent-Encoding: gzip");

    private final String statusAndFields;

    Untold(String statusAndFields) {
      this.statusAndFields = statusAndFields;
    }

    /** A stream that does not end says a word and waits for its reader to go. */
    void answer(OriginPeer peer) throws IOException {
      if (this == ENDLESS || this == REPLACED) {
        peer.answer("HTTP/1.1 " + statusAndFields + "\r\n\r\ndata: x\n\n");
        peer.wire().awaitEnd();
      } else {
        peer.answer(statusAndFields, "words");
      }
    }
  }

  private void open(Unverifiable unverifiable, HostileOrigin.Act probe) throws IOException {
    stage.open(store, policy().unverifiable(unverifiable).everywhere());
    stage.origin().play(Phase.PROBE.once(probe, store));
  }

  @ParameterizedTest
  @EnumSource
  void refusedNothingReachesTheBackend(Untold untold) throws IOException {
    open(Unverifiable.REFUSE, untold::answer);
    Reply reply = stage.proxy().exchange(WRITE);
    assertThat(Stage.told(reply)).isEqualTo("412 unverifiable");
    assertThat(reply.field("ETag")).isEmpty();
    assertThat(stage.origin().heads()).extracting(Heard::method).containsExactly("GET");
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NOT_ACCEPTABLE")
  void allowedItIsForwardedOnce(Untold untold) throws IOException {
    open(Unverifiable.ALLOW, untold::answer);
    Reply reply = stage.proxy().exchange(WRITE);
    assertThat(reply.body()).isEqualTo("stored");
    assertThat(stage.asked()).containsExactly("GET /a", "PUT /a", "GET /a");
    assertThat(store.text("/a")).isEqualTo("new");
    assertThat(reply.tag()).isEqualTo(stage.get("/a").tag());
  }

  /** Nobody else has looked at what the client asks, so the origin may. */
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NOT_ACCEPTABLE")
  void allowedItTakesItsPreconditionAlong(Untold untold) throws IOException {
    open(Unverifiable.ALLOW, untold::answer);
    stage.proxy().exchange(WRITE);
    assertThat(stage.only("PUT").fields("If-Match")).containsExactly("\"x\"");
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_ALLOWED", "FOUND", "ENDLESS", "UNKNOWN_CODING"})
  void allowedItStillWaitsItsTurn(Untold untold) throws Exception {
    Hold hold = new Hold(store::serve);
    stage.open(store, policy().unverifiable(Unverifiable.ALLOW).everywhere());
    stage.origin().play(Phase.WRITE.once(hold, Phase.PROBE.once(untold::answer, store)));
    try (RawClient first = stage.proxy().connect();
        RawClient second = stage.proxy().connect()) {
      first.send(WRITE);
      hold.awaitArrival();
      second.send(WRITE.replace("new", "2nd"));
      stage.proxy().fence();
      assertThat(stage.asked()).containsExactly("GET /a", "PUT /a");
      hold.letGo();
      assertThat(first.read().status()).isEqualTo(200);
      assertThat(Stage.told(second.read())).as("now there is a state").isEqualTo("412 stale");
    }
  }

  /** What failed, is not for this writer to see, or not of the kind that they ask for, is more. */
  @ParameterizedTest
  @CsvSource({
    "500 Internal Server Error, 502 probe-failed",
    "503 Service Unavailable,   502 probe-failed",
    "401 Unauthorized,          401",
    "403 Forbidden,             403",
    "429 Too Many Requests,     429",
    "406 Not Acceptable,        412 unverifiable",
  })
  void allowedThatIsAllItAllows(String status, String told) throws IOException {
    open(Unverifiable.ALLOW, peer -> peer.answer(status, "words"));
    assertThat(Stage.told(stage.proxy().exchange(WRITE))).isEqualTo(told);
    assertThat(stage.asked()).containsExactly("GET /a");
  }

  @Test
  void allowedAnExpectedUploadIsAskedForAndForwarded() throws IOException {
    open(Unverifiable.ALLOW, Untold.ENDLESS::answer);
    try (RawClient client = stage.proxy().connect()) {
      String put = Stage.request("PUT", "/a", "new", "If-Match: *", "Expect: 100-continue");
      client.send(put.substring(0, put.length() - "new".length()));
      assertThat(client.wire().readHead()).startsWith("HTTP/1.1 100 ");
      assertThat(client.send("new").read().body()).isEqualTo("stored");
    }
    assertThat(stage.asked()).containsExactly("GET /a", "GET /a", "PUT /a", "GET /a");
  }
}
