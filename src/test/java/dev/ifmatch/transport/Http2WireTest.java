package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.Http2Error;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client gets over HTTP/2, and what the origin gets to see of it. */
class Http2WireTest {
  private static final Limits LIMITS = LimitsBuilder.limits().tagBuffer(1000).build();

  private final Store store = new Store().with("/a", "old");
  private HostileOrigin origin;
  private ProxyFixture proxy;
  private Http2Client client;

  @BeforeEach
  void start() throws IOException {
    origin = new HostileOrigin(store);
    proxy = ProxyFixture.before(origin, LIMITS);
    client = proxy.connectHttp2();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    proxy.close();
    origin.close();
  }

  private Reply put(String body, String... fields) throws IOException {
    return client.read(client.ask("PUT", "/a", body, fields));
  }

  // ---- the guard

  @Test
  void aReadCarriesTheTagThatItCarriesInHttp1() throws IOException {
    Reply reply = client.exchange("/a");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo("old");
    assertThat(reply.tag()).isEqualTo(proxy.exchange(Phase.READ.request()).tag());
    assertThat(reply.field("content-length")).contains("3");
    assertThat(reply.head()).doesNotContain("connection", "transfer-encoding");
  }

  @Test
  void aReadOfWhatIsKnownHasNoContent() throws IOException {
    Reply reply = client.exchange("/a", "if-none-match", client.exchange("/a").tag());
    assertThat(reply.status()).isEqualTo(304);
    assertThat(reply.body()).isEmpty();
  }

  @Test
  void aHeadHasTheFieldsOfAGet() throws IOException {
    Reply reply = client.read(client.open("HEAD", "/a", true));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.tag()).isEqualTo(client.exchange("/a").tag());
    assertThat(reply.body()).isEmpty();
  }

  @Test
  void aWriteIsChecked() throws IOException {
    String tag = client.exchange("/a").tag();
    assertThat(put("new").status()).isEqualTo(428);
    Reply written = put("new", "if-match", tag);
    assertThat(written.status()).isEqualTo(200);
    assertThat(written.tag()).isEqualTo(client.exchange("/a").tag()).isNotEqualTo(tag);
    Reply stale = put("other", "if-match", tag);
    assertThat(stale.status()).isEqualTo(412);
    assertThat(stale.reason()).isEqualTo("stale");
    assertThat(store.text("/a")).isEqualTo("new");
  }

  @Test
  void ofManyWritesFromOneStateOnOneConnectionOneIsMade() throws IOException {
    String tag = client.exchange("/a").tag();
    List<Integer> streams = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      streams.add(client.ask("PUT", "/a", "by " + i, "if-match", tag));
    }
    List<Integer> statuses = new ArrayList<>();
    for (int stream : streams) {
      statuses.add(client.read(stream).status());
    }
    assertThat(statuses).containsOnlyOnce(200).contains(412).doesNotContain(503);
    assertThat(statuses.stream().filter(status -> status == 412)).hasSize(49);
    assertThat(origin.requests("PUT")).hasSize(1);
  }

  @Test
  void anAnswerWithoutContentEndsWithItsHead() throws IOException {
    String tag = client.exchange("/a").tag();
    Reply reply = client.read(client.open("DELETE", "/a", true, "if-match", tag));
    assertThat(reply.status()).isEqualTo(204);
  }

  // ---- what the origin gets

  @Test
  void theOriginGetsHttp1() throws IOException {
    client.read(
        client.ask(
            "POST",
            "/a?q",
            "text",
            "cookie",
            "a=1",
            "x-any",
            "\u00e9",
            "cookie",
            "b=2",
            "te",
            "trailers"));
    Heard heard = origin.requests("POST").get(0);
    assertThat(heard.startLine()).isEqualTo("POST /a?q HTTP/1.1");
    assertThat(heard.body()).isEqualTo("text");
    assertThat(heard.fields("host")).containsExactly("h");
    assertThat(heard.fields("cookie")).containsExactly("a=1; b=2");
    assertThat(heard.fields("x-any")).containsExactly("\u00e9");
    assertThat(heard.fields("via")).containsExactly("2.0 ifmatch");
    assertThat(heard.fields("x-forwarded-for")).containsExactly("127.0.0.1");
    assertThat(heard.fields("te")).isEmpty();
    assertThat(heard.head()).doesNotContain(":scheme", ":authority", ":path", ":method");
  }

  @Test
  void aBodyOfUnknownLengthComesInChunks() throws IOException {
    int stream = client.open("POST", "/a", false);
    client.data(stream, "one ", false);
    client.data(stream, "two", false);
    client.headers(stream, true, "x-sum", "7", "host", "evil", "content-length", "9");
    assertThat(client.read(stream).status()).isEqualTo(200);
    Heard heard = origin.requests("POST").get(0);
    assertThat(heard.body()).isEqualTo("one two");
    assertThat(heard.field("Transfer-Encoding")).contains("chunked");
  }

  @Test
  void trailersPassBothWaysButNotThoseThatFrame() throws IOException {
    StringBuilder behind = new StringBuilder();
    origin.play(
        heard ->
            peer -> {
              peer.wire().readChunks(behind);
              peer.wire()
                  .send(
                      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\ntext\r\n0\r\nX-After: all\r\n\r\n");
            });
    int stream = client.open("POST", "/a", false);
    client.data(stream, "text", false);
    client.headers(stream, true, "x-sum", "7", "host", "evil", "content-length", "9");
    assertThat(client.read(stream).trailers()).isEqualTo("x-after: all\r\n");
    assertThat(behind.toString()).isEqualToIgnoringCase("x-sum: 7\r\n");
  }

  @Test
  void aLargeAnswerHasItsTagBehindItWhereTrailersAreTaken() throws IOException {
    store.with("/large", "x".repeat(5000));
    Reply reply = client.exchange("/large", "te", "trailers");
    assertThat(reply.body()).hasSize(5000);
    assertThat(reply.trailers()).startsWith("etag: ");
    assertThat(client.exchange("/large").trailers()).isEmpty();
  }

  @Test
  void interimAnswersPass() throws IOException {
    origin.play(
        heard ->
            peer ->
                peer.answer(
                    "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
                        + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntext"));
    Reply reply = client.exchange("/a");
    assertThat(reply.interim()).extracting(Reply::status).containsExactly(103);
    assertThat(reply.interim().get(0).field("link")).contains("</x>");
    assertThat(reply.body()).isEqualTo("text");
  }

  @Test
  void whoWaitsIsToldToGoOn() throws IOException {
    String tag = client.exchange("/a").tag();
    int stream = client.open("PUT", "/a", false, "if-match", tag, "expect", "100-continue");
    while (client.reply(stream).interimCount() == 0) {
      client.receive();
    }
    client.data(stream, "new", true);
    assertThat(client.read(stream).status()).isEqualTo(200);
  }

  // ---- large, slow, refused

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "POST"})
  void largeBodiesPassBothWays(String method) throws IOException {
    String large = "0123456789abcdef".repeat(200_000);
    int stream = client.open(method, "/large", false, "if-none-match", "*");
    client.upload(stream, large);
    assertThat(client.read(stream).status()).isBetween(200, 201);
    assertThat(origin.requests(method).get(0).body()).isEqualTo(large);
    store.with("/large", large);
    assertThat(client.exchange("/large").body()).isEqualTo(large);
  }

  @Test
  void anAnswerThatNobodyReadsHoldsBackNoOther() throws IOException {
    store.with("/large", "x".repeat(3 << 20));
    int slow = client.holdBack().get("/large");
    client.send(
        Http2Frame.carrying(Http2Frame.WINDOW_UPDATE, 0, 1 << 20)); // room, but not for that
    client.awaitHead(slow);
    for (int i = 0; i < 10; i++) {
      assertThat(client.exchange("/a").status()).isEqualTo(200);
    }
    assertThat(client.reply(slow).bodyBytes()).isLessThanOrEqualTo(65_535);
  }

  @Test
  void aBodyThatTheOriginDoesNotTakeHoldsBackNoOther() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    origin.play(
        heard ->
            heard.method().equals("GET")
                ? store.apply(heard)
                : peer -> {
                  go.await();
                  store.serve(peer);
                });
    int slow = client.open("POST", "/b", false);
    String piece = "x".repeat(16 << 10);
    int sent = 0;
    while (client.room(slow) >= piece.length() || !isHeldBack(slow, piece.length())) {
      client.data(slow, piece, false);
      sent += piece.length();
    }
    assertThat(client.exchange("/a").status()).isEqualTo(200);
    go.countDown();
    client.data(slow, "", true);
    assertThat(client.read(slow).status()).isEqualTo(200);
    assertThat(origin.requests("POST").get(0).body()).hasSize(sent);
  }

  /** Whether there is no room for more, even once all that was sent is seen. */
  private boolean isHeldBack(int stream, int size) throws IOException {
    client.fence();
    proxy.fence(); // what the origin's socket takes
    client.fence();
    return client.room(stream) < size;
  }

  @Test
  void aRefusalBeforeTheBodyEndsTheStreamWithoutBlame() throws IOException {
    int stream = client.open("PUT", "/a", false, "content-length", "999999999");
    assertThat(client.read(stream).status()).isEqualTo(413);
    assertThat(client.awaitReset(stream)).isEqualTo(Http2Error.NO_ERROR);
    assertThat(client.exchange("/a").status()).isEqualTo(200);
  }

  @Test
  void anAnswerThatBreaksOffIsReset() throws IOException {
    origin.play(
        heard ->
            peer -> {
              peer.answer("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nhalf");
              peer.wire().reset();
            });
    int stream = client.get("/a");
    assertThat(client.awaitReset(stream)).isEqualTo(Http2Error.INTERNAL_ERROR);
    origin.play(store);
    assertThat(client.exchange("/a").status()).isEqualTo(200);
  }

  @Test
  void thePrefaceMayComeOctetByOctet() throws IOException {
    try (RawClient slow = proxy.connect()) {
      slow.sendOneByOne(Http2Client.PREFACE);
      slow.send(Http2Frame.of(Http2Frame.SETTINGS, 0, 0).octets());
      assertThat(Http2Frame.read(slow.wire()).type()).isEqualTo(Http2Frame.SETTINGS);
    }
  }
}
