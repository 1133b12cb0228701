package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How connections live and end on both sides: kept, pipelined, closed, timed out. */
class ConnectionWireTest {
  private static final String LATE_TIMEOUT = "408 request-timeout";

  private final Store store = new Store().with("/a", "text");
  private HostileOrigin origin;
  private ProxyFixture proxy;

  @BeforeEach
  void start() throws IOException {
    origin = new HostileOrigin(store);
    proxy = ProxyFixture.before(origin, LimitsBuilder.limits().clientTimeout(300).build());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    origin.close();
  }

  private static String get(String target, String... fields) {
    String lines = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
    return "GET " + target + " HTTP/1.1\r\nHost: h\r\n" + lines + "\r\n";
  }

  private static String post(String fields, String body) {
    return "POST /a HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n\r\n" + body;
  }

  @Test
  void oneConnectionServesManyRequestsOnBothSides() throws IOException {
    try (RawClient client = proxy.connect()) {
      for (int i = 0; i < 20; i++) {
        assertThat(client.send(get("/a")).read().body()).isEqualTo("text");
      }
    }
    assertThat(origin.connections()).isOne();
  }

  @Test
  void aHundredPipelinedRequestsAreAnsweredInTheirOrder() throws IOException {
    origin.play(heard -> peer -> peer.answer("200 OK", heard.method() + peer.readBody().target()));
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      all.append(
          switch (i % 4) {
            case 0 -> get("/" + i);
            case 1 -> post("Content-Length: 3", "abc").replace("/a", "/" + i);
            case 2 ->
                post("Transfer-Encoding: chunked", "1\r\na\r\n0\r\n\r\n").replace("/a", "/" + i);
            default ->
                get("/" + i).replace("GET", "DELETE").replace("h\r\n", "h\r\nIf-Match: *\r\n");
          });
    }
    try (RawClient client = proxy.connect()) {
      client.send(all.toString());
      String[] methods = {"GET", "POST", "POST", "DELETE"};
      for (int i = 0; i < 100; i++) {
        assertThat(client.read().body()).isEqualTo(methods[i % 4] + "/" + i);
      }
    }
    assertThat(origin.requests().stream().map(Heard::target).distinct())
        .containsExactlyElementsOf(IntStream.range(0, 100).mapToObj(i -> "/" + i).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET /a HTTP/1.1 | Connection: close                  | true
          GET /a HTTP/1.1 | Connection: x, CLOSE               | true
          GET /a HTTP/1.1 | Connection: keep-alive             | false
          GET /a HTTP/1.0 | X: y                               | true
          GET /a HTTP/1.0 | Connection: keep-alive             | false
          GET /a HTTP/1.0 | Connection: Keep-Alive, close      | true
          """)
  void theClientSaysWhetherTheConnectionIsKept(String line, String field, boolean closes)
      throws IOException {
    try (RawClient client = proxy.connect()) {
      Reply reply = client.send(line + "\r\nHost: h\r\n" + field + "\r\n\r\n").read();
      assertThat(reply.body()).isEqualTo("text");
      assertThat(reply.closes()).isEqualTo(closes);
      if (closes) {
        assertThat(client.readToAnyEnd()).isEmpty();
      } else {
        assertThat(client.send(get("/a")).read().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void anOldClientGetsContentThatTheConnectionsEndEnds() throws IOException {
    String chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\ntext\r\n0\r\n\r\n";
    origin.play(heard -> peer -> peer.answer(chunks));
    String request = post("Content-Length: 0\r\nConnection: keep-alive", "").replace("1.1", "1.0");
    Reply reply = proxy.exchange(request);
    assertThat(reply.body()).isEqualTo("text");
    assertThat(reply.head()).doesNotContain("chunked").doesNotContain("Content-Length");
    assertThat(reply.closes()).isTrue();
  }

  /** Only a reset tells such a client that the end is not the content's. */
  @Test
  void anOldClientSeesThatItsContentIsCut() throws IOException {
    origin.play(heard -> Fault.NO_LAST_CHUNK);
    try (RawClient client = proxy.connect()) {
      client.send(post("Content-Length: 0", "").replace("1.1", "1.0"));
      assertThatThrownBy(client::read).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void anInterimAnswerReachesClientsThatKnowOfThem() throws IOException {
    origin.play(
        heard ->
            peer -> {
              peer.answer(
                  "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n");
              store.serve(peer);
            });
    Reply reply = proxy.exchange(get("/a"));
    assertThat(reply.interim()).singleElement().matches(hints -> hints.status() == 103);
    assertThat(reply.interim().get(0).field("Link")).contains("x");
    assertThat(reply.body()).isEqualTo("text");

    assertThat(proxy.exchange("GET /a HTTP/1.0\r\n\r\n").interim()).isEmpty();
    assertThat(proxy.exchange(Phase.WRITE.request()).interim()).hasSize(1); // not the probe's
  }

  /** Nothing that stands behind an answer may be taken for the answer to the next request. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nevil\r\n0\r\n\r\n",
        "and more",
        "\r\n",
        "HTTP/1.1 103 Early Hints\r\n\r\n"
      })
  void whatStandsBehindAnAnswerIsNotTheNext(String behind) throws IOException {
    String answer = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood" + behind;
    HostileOrigin.Act evil = peer -> peer.answer(answer);
    origin.play(heard -> heard.target().equals("/evil") ? evil : store.apply(heard));
    try (RawClient client = proxy.connect()) {
      client.send(get("/evil") + get("/a") + get("/evil") + Phase.WRITE.request() + get("/a"));
      assertThat(client.read().body()).isEqualTo("good");
      assertThat(client.read().body()).isEqualTo("text");
      assertThat(client.read().body()).isEqualTo("good");
      assertThat(client.read().body()).isEqualTo("stored");
      assertThat(client.read().body()).isEqualTo("new");
    }
  }

  /** Nor may it be the beginning of that, which would make another of it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "and more",
        "H",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nX-Evil: ",
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nev"
      })
  void whatStandsBehindAProbeIsNotTheWritesAnswer(String behind) throws IOException {
    String answer = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntext" + behind;
    origin.play(Phase.PROBE.once(peer -> peer.answer(answer), store));
    Reply reply = proxy.exchange(Phase.WRITE.request());
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo("stored");
    assertThat(reply.field("X-Evil")).isEmpty();
    assertThat(origin.connections()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"G", "GET /a HTTP/1.1\r\n", "GET /a HTTP/1.1\r\nHost: h\r\n\r"})
  void aHeadThatIsLateIsRefused(String start) throws IOException {
    try (RawClient client = proxy.connect()) {
      Reply reply = client.send(start).read();
      assertThat(reply.status() + " " + reply.reason()).isEqualTo(LATE_TIMEOUT);
      assertThat(client.readToAnyEnd()).isEmpty();
    }
    assertThat(origin.connections()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"PUT, 408 request-timeout", "POST, 408 body-timeout"})
  void aBodyThatIsLateIsRefused(String method, String refusal) throws IOException {
    try (RawClient client = proxy.connect()) {
      Reply reply = client.send(post("Content-Length: 5", "four").replace("POST", method)).read();
      assertThat(reply.status() + " " + reply.reason()).isEqualTo(refusal);
      assertThat(reply.closes()).isTrue();
      assertThat(client.readToAnyEnd()).isEmpty();
    }
    assertThat(origin.requests()).isEmpty();
  }

  /** The origin answers without waiting for the body, and the client never sends it. */
  @Test
  void aBodyThatNeverComesEndsAnAnswerThatWaitsForIt() throws IOException {
    origin.play(
        heard ->
            peer -> {
              peer.wire().send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
              peer.wire().awaitEnd();
            });
    try (RawClient client = proxy.connect()) {
      client.send(post("Content-Length: 5", "four"));
      assertThat(client.readHeadOnly().closes()).isTrue();
      assertThat(client.readToAnyEnd()).isEqualTo("half");
    }
  }

  @Test
  void aSilentClientIsLeftWithoutAWord() throws IOException {
    try (RawClient fresh = proxy.connect();
        RawClient used = proxy.connect()) {
      used.send(get("/a")).read();
      assertThat(fresh.readToAnyEnd()).isEmpty();
      assertThat(used.readToAnyEnd()).isEmpty();
    }
  }

  @Test
  void everyHopOfTheWayIsKept() throws IOException {
    proxy.exchange(get("/a", "X-Forwarded-For: 1.1.1.1", "X-Forwarded-For: 2.2.2.2", "Via: 1.0 x"));
    Heard heard = origin.requests().get(0);
    assertThat(heard.fields("X-Forwarded-For")).containsExactly("1.1.1.1, 2.2.2.2, 127.0.0.1");
    assertThat(heard.fields("Via")).containsExactly("1.0 x", "1.1 ifmatch");
  }
}
