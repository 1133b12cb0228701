package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.PolicyBuilder;
import dev.ifmatch.policy.RoutePolicy.AlreadyApplied;
import dev.ifmatch.policy.RoutePolicy.NoOp;
import dev.ifmatch.policy.RoutePolicy.WriteTag;
import dev.ifmatch.representation.TagStrength;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent and what is there are compared as JSON where the resource's tags are of JSON. */
class JsonWriteWireTest {
  private static final String STATE = "{\"id\":7,\"name\":\"pen\",\"size\":{\"w\":1,\"h\":2}}";
  private static final String REORDERED =
      "{ \"size\" : {\"h\":2, \"w\":1},\n\"name\":\"p\\u0065n\",\"id\":7}";

  @RegisterExtension final Stage stage = new Stage();
  private JsonBackend backend;

  private void open(PolicyBuilder route) throws IOException {
    backend = new JsonBackend(STATE);
    stage.open(backend, route.everywhere());
  }

  @ParameterizedTest
  @ValueSource(strings = {STATE, REORDERED})
  void theSameSaidOtherwiseChangesNothing(String body) throws IOException {
    open(policy().json().noOp(NoOp.UNCHANGED));
    String tag = stage.get("/a").tag();
    Reply reply = stage.put("/a", body, "If-Match: " + tag, "Content-Type: application/json");
    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.tag()).isEqualTo(tag);
    assertThat(stage.asked()).containsExactly("GET /a", "GET /a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":7,\"name\":\"pen\",\"size\":{\"w\":1,\"h\":2},\"x\":null}",
        "{\"id\":7,\"name\":\"pen\",\"size\":{\"w\":1,\"h\":2.0}}",
        "{\"id\":7,\"name\":\"pen\",\"size\":{\"w\":1}}",
        "{\"id\":7,\"name\":\"Pen\",\"size\":{\"w\":1,\"h\":2}}",
        "[]"
      })
  void anythingElseIsForwarded(String body) throws IOException {
    open(policy().json().noOp(NoOp.UNCHANGED).alreadyApplied(AlreadyApplied.ACCEPT));
    assertThat(Stage.told(stage.put("/a", body, "If-Match: \"x\""))).isEqualTo("412 stale");
    assertThat(stage.put("/a", body, "If-Match: *").body()).isEqualTo("stored");
    assertThat(stage.only("PUT").body()).isEqualTo(body);
  }

  /** A client sends back what it read, stamp and all, or leaves the stamp out. */
  @Test
  void whatIsIgnoredIsIgnoredInWhatIsSentToo() throws IOException {
    open(policy().json("/servedAt").noOp(NoOp.UNCHANGED));
    backend.stamping();
    Reply read = stage.get("/a");
    assertThat(stage.put("/a", read.body(), "If-Match: " + read.tag()).status()).isEqualTo(204);
    assertThat(stage.put("/a", STATE, "If-Match: " + read.tag()).status()).isEqualTo(204);
    assertThat(stage.origin().requests()).noneMatch(Heard::isWrite);
  }

  @Test
  void aRetryInOtherWordsIsARetry() throws IOException {
    open(policy().json().alreadyApplied(AlreadyApplied.ACCEPT));
    Reply reply = stage.put("/a", REORDERED, "If-Match: \"x\"");
    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.tag()).isEqualTo(stage.get("/a").tag());
    open(policy().json().strength(TagStrength.WEAK));
    assertThat(Stage.told(stage.put("/a", REORDERED, "If-Match: \"x\"")))
        .isEqualTo("412 already-applied");
  }

  @Test
  void verbatimIsWhatSaysTheSame() throws IOException {
    open(policy().json().writeTag(WriteTag.VERBATIM));
    assertThat(stage.put("/a", REORDERED, "If-Match: *").tag()).isEqualTo(stage.get("/a").tag());
    backend.stamping();
    assertThat(stage.put("/a", REORDERED, "If-Match: *").field("ETag")).isEmpty();
  }

  /** Bytes on the one side and JSON on the other are never the same. */
  @Test
  void whatIsNotJsonIsNothingThatIsThere() throws IOException {
    open(policy().json().noOp(NoOp.UNCHANGED));
    stage.origin().play(heard -> peer -> peer.answer("200 OK", STATE));
    String doubled = STATE.replace("{\"id\":7", "{\"id\":7,\"id\":7");
    assertThat(stage.put("/a", doubled, "If-Match: *").status()).isEqualTo(200);
    assertThat(stage.put("/a", STATE, "If-Match: *").status()).isEqualTo(204);
  }
}
