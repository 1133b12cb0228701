package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.RoutePolicy.NoOp;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A backend that answers each user differently: whoever writes is compared with what they see. */
class PerUserWireTest {
  @RegisterExtension final Stage stage = new Stage();

  /** Of {@code /shared}, everybody has a view; {@code /me} is to each something of their own. */
  private final Store store =
      new Store().with("/shared", "old").with("/me ann", "old").with("/me bob", "old");

  @BeforeEach
  void open() throws IOException {
    stage.open(heard -> this::serve, policy().noOp(NoOp.UNCHANGED).everywhere());
  }

  private void serve(OriginPeer peer) throws IOException {
    Heard heard = peer.readBody();
    String user = user(heard);
    boolean mine = heard.target().equals("/me");
    String place = mine ? "/me " + user : "/shared";
    if (user.isEmpty()) {
      peer.answer("401 Unauthorized\r\nWWW-Authenticate: Basic", "who are you?");
    } else if (heard.isWrite()) {
      store.with(place, heard.body());
      peer.answer("200 OK", "stored");
    } else {
      String view = mine ? store.text(place) : store.text(place) + " for " + user;
      peer.answer("200 OK\r\nVary: Cookie, Authorization\r\nContent-Type: text/plain", view);
    }
  }

  /** Who is named by a cookie, or else by credentials. */
  private static String user(Heard heard) {
    return heard
        .field("Cookie")
        .map(cookie -> cookie.replaceAll(".*user=", ""))
        .or(() -> heard.field("Authorization").map(held -> held.replace("Basic ", "")))
        .orElse("");
  }

  private static String as(String field, String user) {
    return field + user;
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization: Basic ", "Cookie: user=", "Cookie: a=b; user="})
  void eachUserGetsAndUsesTheirOwnTag(String field) throws IOException {
    String ann = as(field, "ann");
    String bob = as(field, "bob");
    String annsTag = stage.get("/shared", ann).tag();
    String bobsTag = stage.get("/shared", bob).tag();
    assertThat(annsTag).isNotEqualTo(bobsTag).doesNotContain("~");

    assertThat(Stage.told(stage.put("/shared", "new", bob, "If-Match: " + annsTag)))
        .isEqualTo("412 stale");
    Reply written = stage.put("/shared", "new", ann, "If-Match: " + annsTag);
    assertThat(written.status()).isEqualTo(200);
    assertThat(written.tag()).isEqualTo(stage.get("/shared", ann).tag());
    Reply refused = stage.put("/shared", "newer", bob, "If-Match: " + bobsTag);
    assertThat(Stage.told(refused)).isEqualTo("412 stale");
    assertThat(refused.tag()).isEqualTo(stage.get("/shared", bob).tag());
    assertThat(stage.put("/shared", "newer", bob, "If-Match: " + refused.tag()).status())
        .isEqualTo(200);
  }

  /**
   * A tag is made of what is seen and of nothing else: equal bytes are the same state to anyone.
   */
  @Test
  void whoSeesTheSameBytesSharesTheTag() throws IOException {
    String annsTag = stage.get("/me", "Cookie: user=ann").tag();
    assertThat(stage.get("/me", "Cookie: user=bob").tag()).isEqualTo(annsTag);
    assertThat(stage.put("/me", "new", "Cookie: user=bob", "If-Match: " + annsTag).status())
        .isEqualTo(200);
    assertThat(List.of(store.text("/me ann"), store.text("/me bob"))).containsExactly("old", "new");
    assertThat(Stage.told(stage.put("/me", "x", "Cookie: user=bob", "If-Match: " + annsTag)))
        .isEqualTo("412 stale");
    assertThat(stage.put("/me", "x", "Cookie: user=ann", "If-Match: " + annsTag).status())
        .isEqualTo(200);
  }

  @Test
  void whoIsNobodyIsToldByTheBackend() throws IOException {
    String tag = stage.get("/shared", "Cookie: user=ann").tag();
    Reply reply = stage.put("/shared", "new", "If-Match: " + tag);
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.field("WWW-Authenticate")).contains("Basic");
    assertThat(reply.field("ETag")).isEmpty();
    assertThat(store.text("/shared")).isEqualTo("old");
  }

  @Test
  void eachIsShownTheirOwnView() throws IOException {
    for (String user : List.of("ann", "bob")) {
      Reply reply =
          stage.put(
              "/shared",
              "new",
              "Cookie: user=" + user,
              "If-Match: \"x\"",
              "Prefer: return=representation");
      assertThat(reply.status()).isEqualTo(412);
      assertThat(reply.body()).isEqualTo("old for " + user);
    }
  }

  /** What would change nothing to the one may change something to the other. */
  @Test
  void eachIsAnsweredByWhatTheySee() throws IOException {
    store.with("/me ann", "new");
    assertThat(stage.put("/me", "new", "Cookie: user=ann", "If-Match: *").status()).isEqualTo(204);
    assertThat(stage.put("/me", "new", "Cookie: user=bob", "If-Match: *").status()).isEqualTo(200);
  }

  /** What the one saw last is enough to refuse the one, and says nothing of the other. */
  @ParameterizedTest
  @ValueSource(strings = {"Authorization: Basic ", "Cookie: user="})
  void whoComesNextInTheQueueIsComparedWithTheirOwnView(String field) throws Exception {
    String ann = as(field, "ann");
    String tag = stage.get("/me", ann).tag();
    Hold hold = new Hold(this::serve);
    stage.origin().play(Phase.WRITE.once(hold, heard -> this::serve));
    stage.origin().forget();
    try (RawClient first = stage.proxy().connect();
        RawClient second = stage.proxy().connect();
        RawClient third = stage.proxy().connect()) {
      first.send(Stage.request("PUT", "/me", "by ann", ann, "If-Match: " + tag));
      hold.awaitArrival();
      second.send(Stage.request("PUT", "/me", "ann again", ann, "If-Match: " + tag));
      stage.proxy().fence();
      third.send(Stage.request("PUT", "/me", "by bob", as(field, "bob"), "If-Match: " + tag));
      stage.proxy().fence();
      hold.letGo();
      assertThat(first.read().status()).isEqualTo(200);
      assertThat(Stage.told(second.read())).isEqualTo("412 stale");
      assertThat(third.read().status()).isEqualTo(200);
    }
    assertThat(stage.asked())
        .as("ann's second write needs no probe, bob's does")
        .containsExactly("GET /me", "PUT /me", "GET /me", "GET /me", "PUT /me", "GET /me");
    assertThat(List.of(store.text("/me ann"), store.text("/me bob")))
        .containsExactly("by ann", "by bob");
  }
}
