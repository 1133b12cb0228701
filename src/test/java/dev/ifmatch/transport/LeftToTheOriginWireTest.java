package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.Mode;
import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.RouteTable;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the milder modes must not do to what would have passed without a proxy. */
class LeftToTheOriginWireTest {
  @RegisterExtension final Stage stage = new Stage();

  @Test
  void offAPreflightPassesAsItIs() throws IOException {
    String answer =
        "204 No Content\r\nAccess-Control-Allow-Origin: *\r\nAccess-Control-Allow-Headers: X-A";
    stage.open(
        heard -> peer -> peer.answer("HTTP/1.1 " + answer + "\r\n\r\n"),
        policy().mode(Mode.OFF).everywhere());
    Reply reply =
        stage.send(
            "OPTIONS", "/a", "", "Origin: https://page", "Access-Control-Request-Method: PUT");
    assertThat(reply.field("Access-Control-Allow-Headers")).contains("X-A");
  }

  /** An origin that tags its resources would have refused to make anew what was deleted. */
  @Test
  void observedAPreconditionReachesAnOriginWhoseResourceIsGone() throws IOException {
    stage.open(
        heard -> peer -> peer.answer(heard.isWrite() ? "412 Precondition Failed" : "410 Gone", ""),
        policy().mode(Mode.OBSERVE).everywhere());
    assertThat(stage.put("/a", "new", "If-Match: \"own\"").status()).isEqualTo(412);
    assertThat(stage.only("PUT").fields("If-Match")).containsExactly("\"own\"");
  }

  @Test
  void observedAConfirmedStarStaysAStar() throws IOException {
    stage.open(
        heard -> peer -> peer.answer("200 OK\r\nETag: \"own\"", "text"),
        policy().mode(Mode.OBSERVE).everywhere());
    stage.put("/a", "new", "If-Match: *");
    assertThat(stage.only("PUT").fields("If-Match")).containsExactly("*");
  }

  /** What a cheaper read answers with is not the resource's representation (RFC 9110 §8.7). */
  @Test
  void aCheaperReadIsNotShownAsTheResource() throws IOException {
    stage.open(
        new Store().with("/a", "the whole").with("/a/version", "7"),
        new RouteTable(
            List.of(policy().probePath("/{x}/version").route("/{x}")), RoutePolicy.DEFAULT));
    Reply reply = stage.put("/a", "new", "If-Match: \"x\"", "Prefer: return=representation");
    assertThat(Stage.told(reply)).isEqualTo("412 stale");
    assertThat(reply.field("Preference-Applied")).isEmpty();
  }

  /** Somebody else's credentials may see more than the writer does. */
  @Test
  void whatAnotherReaderSeesIsNotShown() throws IOException {
    stage.open(
        new Store().with("/a", "secret"),
        policy().probeField("Authorization", "Bearer all").everywhere());
    Reply reply = stage.put("/a", "new", "If-Match: \"x\"", "Prefer: return=representation");
    assertThat(Stage.told(reply)).isEqualTo("412 stale");
    assertThat(reply.body()).doesNotContain("secret");
  }
}
