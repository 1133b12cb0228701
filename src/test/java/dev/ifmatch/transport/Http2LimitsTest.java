package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.Http2Error;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one HTTP/2 connection may ask for, and what it gets beyond that. */
class Http2LimitsTest {
  private static final int STREAMS = 5;
  private static final int WINDOW = 16 << 10;
  private static final int RESETS = 6;
  private static final int CONTROL_FRAMES = 20;
  private static final int EMPTY_FRAMES = 3;
  private static final int CONTINUATIONS = 4;
  private static final int WAITING_FRAMES = 30;
  private static final Http2Limits HTTP2 =
      new Http2Limits(
          true,
          STREAMS,
          WINDOW,
          64 << 10,
          RESETS,
          CONTROL_FRAMES,
          EMPTY_FRAMES,
          CONTINUATIONS,
          WAITING_FRAMES);

  private final Store store = new Store().with("/a", "text");
  private final Hold hold = new Hold(store::serve);
  private HostileOrigin origin;
  private ProxyFixture proxy;
  private Http2Client client;

  @BeforeEach
  void start() throws IOException {
    origin = new HostileOrigin(store);
    proxy = ProxyFixture.before(origin, LimitsBuilder.limits().maxHead(2000).build(), HTTP2);
    client = proxy.connectHttp2();
  }

  @AfterEach
  void stop() throws IOException {
    hold.letGo();
    client.close();
    proxy.close();
    origin.close();
  }

  private void calmsDown() throws IOException {
    assertThat(client.awaitGoAway()).isEqualTo(Http2Error.ENHANCE_YOUR_CALM);
    client.wire().awaitEnd();
    assertThat(proxy.exchange(Phase.READ.request()).status()).isEqualTo(200);
  }

  // ---- requests

  @Test
  void oneRequestMoreThanMayBeInFlightIsRefused() throws Exception {
    origin.play(heard -> hold);
    List<Integer> streams = new ArrayList<>();
    for (int i = 0; i < STREAMS; i++) {
      streams.add(client.get("/a"));
    }
    assertThat(client.awaitReset(client.get("/a"))).isEqualTo(Http2Error.REFUSED_STREAM);
    hold.letGo();
    for (int stream : streams) {
      assertThat(client.read(stream).status()).isEqualTo(200);
    }
    assertThat(client.exchange("/a").status()).isEqualTo(200);
  }

  @Test
  void thatHoldsForWhoNeverSaysThatItHasTheSettings() throws Exception {
    origin.play(heard -> hold);
    String head = Http2Frame.block(":method", "GET", ":scheme", "http", ":path", "/a", "host", "h");
    int flags = Http2Frame.END_HEADERS | Http2Frame.END_STREAM;
    try (RawClient raw = proxy.connect()) {
      raw.send(Http2Client.PREFACE);
      raw.send(Http2Frame.of(Http2Frame.SETTINGS, 0, 0).octets());
      for (int i = 0; i <= STREAMS; i++) {
        raw.send(new Http2Frame(Http2Frame.HEADERS, flags, 2 * i + 1, head).octets());
      }
      Http2Frame frame = Http2Frame.read(raw.wire());
      while (frame.type() != Http2Frame.RST_STREAM) {
        frame = Http2Frame.read(raw.wire());
      }
      assertThat(frame.stream()).isEqualTo(2 * STREAMS + 1);
    }
  }

  @Test
  void rapidResetsEndTheConnection() throws IOException {
    for (int i = 0; i <= RESETS; i++) {
      client.reset(client.get("/a"), Http2Error.CANCEL);
    }
    calmsDown();
  }

  /** What the client does makes us reset (CVE-2025-8671). */
  @Test
  void resetsThatTheClientProvokesEndTheConnection() throws IOException {
    for (int i = 0; i <= RESETS; i++) {
      int stream = client.open("POST", "/a", false);
      client.send(Http2Frame.carrying(Http2Frame.WINDOW_UPDATE, stream, Integer.MAX_VALUE));
    }
    calmsDown();
  }

  // ---- frames

  @ParameterizedTest
  @ValueSource(ints = {Http2Frame.SETTINGS, Http2Frame.PING})
  void floodsOfControlFramesEndTheConnection(int type) throws IOException {
    String payload = type == Http2Frame.PING ? "8 octets" : "";
    for (int i = 0; i <= CONTROL_FRAMES; i++) {
      client.send(new Http2Frame(type, 0, 0, payload));
    }
    calmsDown();
  }

  @Test
  void floodsOfUnknownFramesEndTheConnection() throws IOException {
    int stream = client.open("POST", "/a", false);
    for (int i = 0; i <= CONTROL_FRAMES; i++) {
      client.send(Http2Frame.of(0xfe, 0, stream));
    }
    calmsDown();
  }

  @Test
  void emptyPiecesOfABodyEndTheConnection() throws IOException {
    int stream = client.open("POST", "/a", false);
    for (int i = 0; i <= EMPTY_FRAMES; i++) {
      client.data(stream, "", false);
    }
    calmsDown();
  }

  @Test
  void aHeadInVerySmallPiecesEndsTheConnection() throws IOException {
    int stream = client.newStream();
    client.send(Http2Frame.of(Http2Frame.HEADERS, Http2Frame.END_STREAM, stream));
    for (int i = 0; i <= CONTINUATIONS; i++) {
      client.send(Http2Frame.of(Http2Frame.CONTINUATION, 0, stream));
    }
    calmsDown();
  }

  @Test
  void aHeadWithoutEndEndsTheConnection() throws IOException {
    int stream = client.newStream();
    String large = Http2Frame.block("x-a", "b".repeat(3000));
    client.send(new Http2Frame(Http2Frame.HEADERS, Http2Frame.END_STREAM, stream, large));
    client.send(new Http2Frame(Http2Frame.CONTINUATION, 0, stream, large));
    client.awaitGoAway();
    client.wire().awaitEnd();
    assertThat(origin.heads()).isEmpty();
  }

  // ---- windows

  /** A write whose body is sent before anybody asked for it. */
  private int early() throws IOException {
    return client.open("PUT", "/a", false, "if-match", "\"x\"", "expect", "100-continue");
  }

  @Test
  void noMoreOfABodyIsTakenThanTheStreamsWindow() throws Exception {
    origin.play(heard -> hold);
    int stream = early();
    hold.awaitArrival();
    client.data(stream, "x".repeat(WINDOW), false);
    client.fence();
    assertThat(client.room(stream)).isZero();
    client.data(stream, "x", false);
    assertThat(client.awaitReset(stream)).isEqualTo(Http2Error.FLOW_CONTROL_ERROR);
  }

  @Test
  void aBodyInVerySmallPiecesThatNobodyTakesIsReset() throws Exception {
    origin.play(heard -> hold);
    int stream = early();
    hold.awaitArrival();
    for (int i = 0; i <= WAITING_FRAMES; i++) {
      client.data(stream, "x", false);
    }
    assertThat(client.awaitReset(stream)).isEqualTo(Http2Error.ENHANCE_YOUR_CALM);
    proxy.awaitLocks(0);
  }

  @Test
  void noMoreOfAllBodiesIsTakenThanTheConnectionsWindow() throws Exception {
    origin.play(heard -> hold);
    int[] streams = {early(), early(), early(), early()};
    for (int stream : streams) {
      client.data(stream, "x".repeat(Math.min(client.room(stream), WINDOW)), false);
    }
    client.fence();
    assertThat(client.room(client.newStream())).isZero();
    int more = early();
    client.data(more, "x", false);
    client.awaitReset(more); // Netty has the wrong word for it
  }

  // ---- none of it

  @Test
  void whereItIsSwitchedOffThePrefaceIsABadRequest() throws IOException {
    client.close();
    proxy.close();
    Http2Limits off = new Http2Limits(false, 1, WINDOW, 64 << 10, 1, 1, 1, 1, 1);
    proxy = ProxyFixture.before(origin, Limits.DEFAULT, off);
    assertThat(proxy.exchange(Http2Client.PREFACE).status()).isEqualTo(400);
  }

  @Test
  void anotherPrefaceIsNotHttp2() throws IOException {
    try (RawClient raw = proxy.connect()) {
      raw.send("PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n");
      Http2Frame frame = Http2Frame.read(raw.wire());
      while (frame.type() != Http2Frame.GOAWAY) {
        frame = Http2Frame.read(raw.wire());
      }
      assertThat(frame.number(4)).isEqualTo((int) Http2Error.PROTOCOL_ERROR.code());
    }
  }
}
