package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.Mode;
import dev.ifmatch.policy.RoutePolicy.WriteTag;
import java.io.IOException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code write-tag}: which answers to writes carry the tag of the new state, and what it costs. */
class WriteTagWireTest {
  @RegisterExtension final Stage stage = new Stage();
  private final Store store = new Store().with("/a", "old");

  private void open(WriteTag writeTag) throws IOException {
    stage.open(store, policy().writeTag(writeTag).everywhere());
  }

  /** A backend that stores something else than what it is sent. */
  private Function<Heard, HostileOrigin.Act> storing(Function<String, String> other) {
    return heard ->
        peer -> {
          if (heard.isWrite()) {
            store.with("/a", other.apply(peer.readBody().body()));
            peer.answer("200 OK", "stored");
          } else {
            store.serve(peer);
          }
        };
  }

  @ParameterizedTest
  @CsvSource({"PUT, new", "PATCH, new", "PUT, old"})
  void offAsksTheBackendTwiceAndNoMore(String method, String body) throws IOException {
    open(WriteTag.OFF);
    Reply reply = stage.send(method, "/a", body, "If-Match: *");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.field("ETag")).isEmpty();
    assertThat(stage.asked()).containsExactly("GET /a", method + " /a");
  }

  /** It may be the tag of the answer's own body: without a reread nobody knows. */
  @Test
  void offTakesTheBackendsTagOffToo() throws IOException {
    open(WriteTag.OFF);
    stage.origin().play(heard -> peer -> peer.answer("200 OK\r\nETag: \"own\"", "text"));
    assertThat(stage.put("/a", "new", "If-Match: *").field("ETag")).isEmpty();
  }

  @Test
  void offStillChecksByTag() throws IOException {
    open(WriteTag.OFF);
    String tag = stage.get("/a").tag();
    assertThat(stage.put("/a", "new", "If-Match: " + tag).status()).isEqualTo(200);
    assertThat(Stage.told(stage.put("/a", "newer", "If-Match: " + tag))).isEqualTo("412 stale");
  }

  /** RFC 9110 §9.3.4: only where what was sent was stored without any transformation. */
  @Test
  void verbatimTellsWhereWhatWasSentIsThere() throws IOException {
    open(WriteTag.VERBATIM);
    Reply reply = stage.put("/a", "new", "If-Match: *");
    assertThat(reply.tag()).isEqualTo(stage.get("/a").tag());
    assertThat(stage.put("/b", "new").tag()).isEqualTo(reply.tag());
  }

  @Test
  void verbatimTellsNothingWhereSomethingElseIsThere() throws IOException {
    open(WriteTag.VERBATIM);
    stage.origin().play(storing(body -> body + "\n"));
    Reply reply = stage.put("/a", "new", "If-Match: *");
    assertThat(reply.body()).isEqualTo("stored");
    assertThat(reply.field("ETag")).isEmpty();
    assertThat(stage.asked()).containsExactly("GET /a", "PUT /a", "GET /a");
  }

  @Test
  void verbatimTellsNothingOfABackendsTagForSomethingElse() throws IOException {
    open(WriteTag.VERBATIM);
    stage.origin().play(heard -> peer -> peer.answer("200 OK\r\nETag: \"own\"", "text"));
    assertThat(stage.put("/a", "new", "If-Match: *").field("ETag")).isEmpty();
    assertThat(stage.put("/a", "text", "If-Match: *").tag()).isEqualTo("\"own\"");
  }

  @Test
  void verbatimTellsWithoutAPreconditionToo() throws IOException {
    stage.open(store, policy().mode(Mode.OPTIONAL).writeTag(WriteTag.VERBATIM).everywhere());
    assertThat(stage.put("/a", "new").tag()).isEqualTo(stage.get("/a").tag());
  }

  /** A patch is never what is there, so nothing is read again. */
  @ParameterizedTest
  @ValueSource(strings = {"PATCH", "DELETE"})
  void verbatimTellsNothingOfOtherWrites(String method) throws IOException {
    open(WriteTag.VERBATIM);
    assertThat(stage.send(method, "/a", "old", "If-Match: *").field("ETag")).isEmpty();
    assertThat(stage.asked()).containsExactly("GET /a", method + " /a");
  }

  @Test
  void alwaysTellsWhatIsThere() throws IOException {
    open(WriteTag.ALWAYS);
    stage.origin().play(storing(body -> body + "\n"));
    Reply reply = stage.put("/a", "new", "If-Match: *");
    assertThat(reply.tag()).isEqualTo(stage.get("/a").tag());
    assertThat(stage.put("/a", "newer", "If-Match: " + reply.tag()).status()).isEqualTo(200);
  }

  /** Whatever is told, the lock is held until it is known. */
  @ParameterizedTest
  @EnumSource
  void theNextWriterSeesTheNewState(WriteTag writeTag) throws Exception {
    open(writeTag);
    Hold hold = new Hold(store::serve);
    stage.origin().play(Phase.WRITE.once(hold, store));
    String tag = stage.get("/a").tag();
    try (RawClient first = stage.proxy().connect();
        RawClient second = stage.proxy().connect()) {
      first.send(Stage.request("PUT", "/a", "1st", "If-Match: " + tag));
      hold.awaitArrival();
      second.send(Stage.request("PUT", "/a", "2nd", "If-Match: " + tag));
      stage.proxy().fence();
      hold.letGo();
      assertThat(first.read().status()).isEqualTo(200);
      assertThat(Stage.told(second.read())).isEqualTo("412 stale");
    }
    assertThat(store.text("/a")).isEqualTo("1st");
  }
}
