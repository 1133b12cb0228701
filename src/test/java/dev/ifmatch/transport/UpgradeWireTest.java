package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.Mode;
import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.RouteTable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests to switch protocols reach the backend, and what becomes of its answer. */
class UpgradeWireTest {
  private static final RouteTable DEFAULT = RouteTable.of(RoutePolicy.DEFAULT);
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
  private static final String[] WEBSOCKET = {
    "Connection: keep-alive, Upgrade", "Upgrade: websocket", "Sec-WebSocket-Key: " + KEY
  };

  @RegisterExtension private final Stage stage = new Stage();
  private final Store store = new Store().with("/a", "text");

  private static String request(String method, String... fields) {
    return Stage.request(method, "/a", "", fields);
  }

  /** Writes down what a WebSocket client is told. */
  private static final class Ear implements WebSocket.Listener {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private int binary;

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        heard.add(text.toString());
        text.setLength(0);
      }
      return WebSocket.Listener.super.onText(socket, part, last);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
      binary += part.remaining();
      if (last) {
        heard.add(binary + " bytes");
      }
      return WebSocket.Listener.super.onBinary(socket, part, last);
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer content) {
      heard.add("pong");
      return WebSocket.Listener.super.onPong(socket, content);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String why) {
      heard.add("closed " + code + " " + why);
      return WebSocket.Listener.super.onClose(socket, code, why);
    }

    String next() throws InterruptedException {
      return heard.poll(10, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"require", "off"})
  void aWebSocketPasses(String mode) throws Exception {
    stage.open(
        heard -> new WebSocketEcho(),
        policy().mode(Mode.valueOf(mode.toUpperCase(Locale.ROOT))).everywhere());
    Ear ear = new Ear();
    int port = stage.proxy().server().address().getPort();
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create("ws://127.0.0.1:" + port + "/a"), ear)
            .get(10, TimeUnit.SECONDS);
    socket.sendText("hello", true).join();
    assertThat(ear.next()).isEqualTo("hello");
    socket.sendText("x".repeat(70_000), true).join();
    assertThat(ear.next()).isEqualTo("x".repeat(70_000));
    socket.sendBinary(ByteBuffer.wrap(new byte[1 << 20]), true).join();
    assertThat(ear.next()).isEqualTo((1 << 20) + " bytes");
    socket.sendPing(ByteBuffer.allocate(0)).join();
    assertThat(ear.next()).isEqualTo("pong");
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "bye").join();
    assertThat(ear.next()).isEqualTo("closed 1000 bye");
    assertThat(stage.origin().connections()).isOne();
  }

  @Test
  void theOfferAndItsAnswerAreWrittenAnew() throws IOException {
    stage.open(
        heard ->
            peer ->
                peer.answer(
                    WebSocketEcho.answer(KEY)
                        .replace("Upgrade\r\n", "Upgrade, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: 5\r\n")
                        .replace("\r\n\r\n", "\r\nContent-Length: 5\r\nX-Own: 1\r\n\r\n")),
        DEFAULT);
    try (RawClient client = stage.proxy().connect()) {
      client.send(
          request(
              "GET",
              "Connection: keep-alive, Upgrade, X-Mine",
              "X-Mine: 1",
              "Upgrade: h2c, websocket",
              "Sec-WebSocket-Protocol: chat",
              "Sec-WebSocket-Key: " + KEY));
      String head = client.wire().readHead();
      assertThat(head)
          .startsWith("HTTP/1.1 101 Switching Protocols\r\n")
          .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n", "X-Own: 1\r\n")
          .contains("Connection: Upgrade\r\n", "Upgrade: websocket\r\n")
          .doesNotContain("X-Hop", "Keep-Alive", "Content-Length", "Transfer-Encoding");
    }
    Heard heard = stage.only("GET");
    assertThat(heard.fields("Connection")).containsExactly("Upgrade");
    assertThat(heard.fields("Upgrade")).containsExactly("websocket");
    assertThat(heard.fields("Sec-WebSocket-Protocol")).containsExactly("chat");
    assertThat(heard.fields("X-Mine")).isEmpty();
    assertThat(heard.fields("Via")).isNotEmpty();
  }

  @Test
  void aBackendThatDoesNotTakeItAnswersAnOrdinaryRead() throws IOException {
    stage.open(store, DEFAULT);
    try (RawClient client = stage.proxy().connect()) {
      String tag = client.send(request("GET", WEBSOCKET)).read().tag();
      assertThat(client.send(request("GET")).read().tag()).isEqualTo(tag);
      String[] conditional = {WEBSOCKET[0], WEBSOCKET[1], WEBSOCKET[2], "If-None-Match: " + tag};
      assertThat(client.send(request("GET", conditional)).read().status()).isEqualTo(304);
      assertThat(client.send(request("GET")).read().tag()).isEqualTo(tag);
    }
    assertThat(stage.origin().connections()).isOne();
    assertThat(stage.origin().requests().get(0).fields("Upgrade")).containsExactly("websocket");
  }

  @Test
  void aBackendThatRefusesIsRelayedAndTheConnectionGoesOn() throws IOException {
    stage.open(
        heard -> heard.field("Upgrade").isPresent() ? this::refuse : store.apply(heard), DEFAULT);
    try (RawClient client = stage.proxy().connect()) {
      client.send(request("GET") + request("GET", WEBSOCKET) + request("GET") + request("GET"));
      assertThat(client.read().body()).isEqualTo("text");
      assertThat(client.read().body()).isEqualTo("no");
      assertThat(client.read().body()).isEqualTo("text");
      assertThat(client.read().body()).isEqualTo("text");
      client.send(request("GET", WEBSOCKET));
      assertThat(client.read().status()).isEqualTo(403);
    }
  }

  private void refuse(OriginPeer peer) throws IOException {
    peer.answer("403 Forbidden", "no");
  }

  /** An HTTP/2 connection of its own would carry unchecked writes. */
  @ParameterizedTest
  @ValueSource(strings = {"h2c", "H2C", "HTTP/2.0", "TLS/1.0", "h2c, http/1.1"})
  void noProtocolThatCarriesHttpIsOffered(String protocols) throws IOException {
    stage.open(store, policy().upgrade("any").everywhere());
    String[] fields = {
      "Connection: Upgrade, HTTP2-Settings", "Upgrade: " + protocols, "HTTP2-Settings: AAMAAABk"
    };
    try (RawClient client = stage.proxy().connect()) {
      client.send(request("GET", fields) + "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
      assertThat(client.read().tag()).isNotEmpty();
      assertThat(client.read().status()).isEqualTo(400);
      assertThat(client.readToAnyEnd()).isEmpty();
    }
    Heard heard = stage.only("GET");
    assertThat(heard.head()).doesNotContainIgnoringCase("upgrade").doesNotContain("HTTP2-Settings");
    assertThat(stage.asked()).hasSize(1);
  }

  @Test
  void noOtherProtocolIsOfferedUnlessItIsNamed() throws IOException {
    stage.open(store, DEFAULT);
    assertThat(stage.get("/a", "Connection: Upgrade", "Upgrade: tcp").body()).isEqualTo("text");
    stage.open(store, policy().upgrade().everywhere());
    assertThat(stage.get("/a", WEBSOCKET).body()).isEqualTo("text");
    assertThat(stage.only("GET").fields("Upgrade")).isEmpty();
  }

  @Test
  void ofHttp10NothingIsOffered() throws IOException {
    stage.open(store, DEFAULT);
    String old = request("GET", WEBSOCKET).replace("HTTP/1.1", "HTTP/1.0");
    assertThat(stage.proxy().exchange(old).body()).isEqualTo("text");
    assertThat(stage.only("GET").fields("Upgrade")).isEmpty();
  }

  /** It must not come to a tunnel by which the next request is no request any more. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Upgrade: websocket\r\n",
        "Upgrade: websocket\r\nSec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n",
        "Upgrade: h2c\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n",
        "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
      })
  void aSwitchThatWasNotAskedForIsNone(String fields) throws IOException {
    stage.open(
        heard ->
            peer ->
                peer.answer("HTTP/1.1 101 Whatever\r\nConnection: Upgrade\r\n" + fields + "\r\n"),
        DEFAULT);
    try (RawClient client = stage.proxy().connect()) {
      client.send(request("GET", WEBSOCKET));
      Reply reply = client.read();
      assertThat(Stage.told(reply)).isEqualTo("502 origin-failed");
      assertThat(reply.problem().path("detail").asText()).contains("was not offered");
    }
  }

  @Test
  void whatFollowsAWebSocketThatIsNoneIsCheckedAsEver() throws IOException {
    stage.open(
        heard ->
            heard.field("Upgrade").isPresent()
                ? peer -> peer.answer("426 Upgrade Required\r\nSec-WebSocket-Version: 13", "")
                : store.apply(heard),
        DEFAULT);
    try (RawClient client = stage.proxy().connect()) {
      client.send(request("GET", WEBSOCKET) + Stage.request("PUT", "/a", "lost"));
      assertThat(client.read().status()).isEqualTo(426);
      assertThat(Stage.told(client.read())).isEqualTo("428 missing");
    }
    assertThat(store.text("/a")).isEqualTo("text");
  }

  @Test
  void aGuardedWriteIsOneWithOrWithoutIt() throws IOException {
    stage.open(store, policy().upgrade("any").everywhere());
    assertThat(Stage.told(stage.put("/a", "new", WEBSOCKET))).isEqualTo("428 missing");
    String tag = stage.get("/a").tag();
    String[] fields = {WEBSOCKET[0], WEBSOCKET[1], WEBSOCKET[2], "If-Match: " + tag};
    assertThat(stage.put("/a", "new", fields).status()).isEqualTo(200);
    assertThat(stage.send("DELETE", "/a", "", "If-Match: *", WEBSOCKET[0], WEBSOCKET[1]).status())
        .isEqualTo(204);
    assertThat(stage.origin().requests())
        .allSatisfy(heard -> assertThat(heard.fields("Upgrade")).isEmpty());
  }

  @Test
  void aRequestWithABodyIsAnsweredInHttp() throws IOException {
    stage.open(store, policy().upgrade("any").everywhere());
    String[] fields = {"Connection: Upgrade", "Upgrade: tcp"};
    assertThat(stage.send("POST", "/a", "body", fields).body()).isEqualTo("done");
    assertThat(stage.only("POST").fields("Upgrade")).isEmpty();
    stage.send("OPTIONS", "/a", "", fields);
    assertThat(stage.only("OPTIONS").fields("Upgrade")).isEqualTo(List.of("tcp"));
  }
}
