package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests of HTTP/2 that would be others in HTTP/1.1: none reaches the origin, and the connection
 * goes on (RFC 9113 §10.3).
 */
@TestInstance(Lifecycle.PER_CLASS)
class Http2SmugglingTest {
  private static final Limits LIMITS = LimitsBuilder.limits().maxTarget(300).maxHead(2000).build();
  private static final String SMUGGLED = "\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";

  private HostileOrigin origin;
  private ProxyFixture proxy;

  @BeforeAll
  void start() throws IOException {
    origin = HostileOrigin.always(peer -> peer.answer("200 OK", "fine"));
    proxy = ProxyFixture.before(origin, LIMITS);
  }

  @AfterAll
  void stop() throws IOException {
    proxy.close();
    origin.close();
  }

  @BeforeEach
  void forget() {
    origin.forget();
  }

  /**
   * A head that must not be let in.
   *
   * @param expected the status that refuses it, or what its stream is reset with
   * @param fields its fields, names and values in turn
   */
  record Head(String name, String expected, List<String> fields) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** A pseudo-field in the place of the right one. */
  private static Head pseudo(String expected, String name, String value) {
    List<String> fields = new ArrayList<>();
    for (String known : List.of(":method", ":scheme", ":authority", ":path")) {
      String right =
          switch (known) {
            case ":method" -> "POST";
            case ":scheme" -> "http";
            case ":authority" -> "h";
            default -> "/a";
          };
      fields.add(known);
      fields.add(known.equals(name) ? value : right);
    }
    return new Head(name + " " + escaped(value), expected, fields);
  }

  /** More fields behind the right pseudo-fields. */
  private static Head field(String expected, String... more) {
    List<String> fields =
        new ArrayList<>(
            List.of(":method", "POST", ":scheme", "http", ":authority", "h", ":path", "/a"));
    fields.addAll(List.of(more));
    return new Head(escaped(String.join(" ", more)), expected, fields);
  }

  private static Head only(String name, String expected, String... fields) {
    return new Head(name, expected, List.of(fields));
  }

  private static String escaped(String text) {
    String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
    return shown.replace("\r", "CR").replace("\n", "LF").replace("\0", "NUL");
  }

  static Stream<Head> pseudoFields() {
    return Stream.of(
        pseudo("400", ":method", "GET / HTTP/1.1" + SMUGGLED),
        pseudo("400", ":method", "GET /b"),
        pseudo("400", ":method", "GET\r\n"),
        pseudo("400", ":method", "GET\0"),
        pseudo("400", ":method", ""),
        pseudo("400", ":method", "G\u00cbT"),
        pseudo("405", ":method", "CONNECT"),
        pseudo("400", ":path", "/a HTTP/1.1" + SMUGGLED),
        pseudo("400", ":path", "/a b"),
        pseudo("400", ":path", "/a\tb"),
        pseudo("400", ":path", "/a\r\nx: y"),
        pseudo("400", ":path", "/a\n"),
        pseudo("400", ":path", "/a\0"),
        pseudo("400", ":path", "/\u00e4"),
        pseudo("400", ":path", "/a#b"),
        pseudo("400", ":path", ""),
        pseudo("400", ":path", "a"),
        pseudo("400", ":path", "*"),
        pseudo("400", ":path", "http://evil/a"),
        pseudo("400", ":path", "evil:80"),
        pseudo("414", ":path", "/" + "a".repeat(300)),
        pseudo("400", ":authority", "h\r\nx: y"),
        pseudo("400", ":authority", "h" + SMUGGLED),
        pseudo("400", ":authority", "user@h"),
        pseudo("400", ":authority", "h/a"),
        pseudo("400", ":authority", "h, evil"),
        pseudo("400", ":authority", "h evil"),
        pseudo("400", ":authority", ""),
        pseudo("400", ":scheme", "ftp"),
        pseudo("400", ":scheme", "http://evil/b?"),
        pseudo("400", ":scheme", "http\r\nx: y"),
        pseudo("400", ":scheme", ""),
        only("no :method", "400", ":scheme", "http", ":authority", "h", ":path", "/a"),
        only("no :path", "400", ":method", "GET", ":scheme", "http", ":authority", "h"),
        only("no :scheme", "400", ":method", "GET", ":authority", "h", ":path", "/a"),
        only("no host", "400", ":method", "GET", ":scheme", "http", ":path", "/a"),
        only(
            "two hosts",
            "400",
            ":method",
            "GET",
            ":scheme",
            "http",
            ":path",
            "/a",
            "host",
            "h",
            "host",
            "h"),
        only("nothing", "400"),
        field("400", ":path", "/b"),
        field("400", ":method", "GET"),
        field("400", ":status", "200"),
        field("400", ":protocol", "websocket"),
        field("400", ":unknown", "x"),
        field("400", "x-a", "b", ":path", "/b"));
  }

  static Stream<Head> fields() {
    return Stream.of(
        field("400", "host", "evil"),
        field("400", "host", "h", "host", "evil"),
        field("400", "connection", "close"),
        field("400", "connection", "if-match"),
        field("400", "keep-alive", "1"),
        field("400", "proxy-connection", "close"),
        field("400", "upgrade", "websocket"),
        field("400", "transfer-encoding", "chunked"),
        field("400", "te", "gzip"),
        field("400", "X-Upper", "a"),
        field("400", "", "a"),
        field("400", "x a", "b"),
        field("400", "x:", "b"),
        field("400", "transfer-encoding ", "chunked"),
        field("400", "transfer-encoding: chunked\r\nx", "b"),
        field("400", "x\r\nhost", "evil"),
        field("400", "x\0", "b"),
        field("400", "x\u00e4", "b"),
        field("400", "x-a", "b\r\nhost: evil"),
        field("400", "x-a", "b" + SMUGGLED),
        field("400", "x-a", "b\n"),
        field("400", "x-a", "\rb"),
        field("400", "x-a", "b\0"),
        field("400", "x-a", "b\u0001c"),
        field("400", "x-a", "b\u007f"),
        field("400", "x-a", " b"),
        field("400", "x-a", "b "),
        field("400", "x-a", "\tb"),
        field("400", "cookie", "a=b\r\nx: y"),
        field("PROTOCOL_ERROR", "content-length", "0x4"),
        field("PROTOCOL_ERROR", "content-length", "4", "content-length", "5"),
        field("PROTOCOL_ERROR", "content-length", "-1"),
        field("PROTOCOL_ERROR", "content-length", "+4"),
        field("431", "x-a", "b".repeat(2000)),
        field("431", "x-a", "b".repeat(4000)));
  }

  @ParameterizedTest
  @MethodSource({"pseudoFields", "fields"})
  void isNotLetIn(Head head) throws IOException {
    try (Http2Client client = proxy.connectHttp2()) {
      int stream = client.head(false, head.fields().toArray(String[]::new));
      assertThat(outcome(client, stream)).isEqualTo(head.expected());
      assertThat(origin.heads()).isEmpty();
      assertThat(client.exchange("/next").status()).isEqualTo(200);
    }
    assertThat(origin.heads()).extracting(Heard::target).containsExactly("/next");
  }

  /** A status, or what the stream is reset with. */
  private static String outcome(Http2Client client, int stream) throws IOException {
    Http2Reply reply = client.reply(stream);
    while (!reply.isWhole() && reply.reset().isEmpty()) {
      client.receive();
    }
    return reply.isWhole()
        ? String.valueOf(reply.toReply().status())
        : reply.reset().get().toString();
  }

  // ---- bodies

  @Test
  void aBodyThatIsShorterThanItsLengthIsNoBody() throws IOException {
    assertRefused("PUT", "10", "four", true);
    assertRefused("POST", "10", "four", true);
  }

  @Test
  void aBodyThatIsLongerThanItsLengthIsNoBody() throws IOException {
    assertRefused("PUT", "2", "four" + SMUGGLED, false);
    assertRefused("POST", "2", "four" + SMUGGLED, false);
  }

  @Test
  void aLengthWithoutABodyIsNoBody() throws IOException {
    try (Http2Client client = proxy.connectHttp2()) {
      int stream = client.open("POST", "/a", true, "content-length", "4");
      assertThat(outcome(client, stream)).isEqualTo("PROTOCOL_ERROR");
    }
    assertThat(origin.heads()).isEmpty();
  }

  private void assertRefused(String method, String length, String body, boolean end)
      throws IOException {
    origin.forget();
    try (Http2Client client = proxy.connectHttp2()) {
      int stream = client.open(method, "/a", false, "content-length", length);
      client.data(stream, body, end);
      assertThat(outcome(client, stream)).isEqualTo("PROTOCOL_ERROR");
      assertThat(client.exchange("/next").status()).isEqualTo(200);
    }
    assertThat(origin.requests()).extracting(Heard::target).containsExactly("/next");
  }

  static Stream<Head> trailers() {
    return Stream.of(
        only("pseudo-field", "400", ":path", "/b"),
        only("CRLF in a value", "400", "x-a", "b\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h"),
        only("CRLF in a name", "400", "x\r\ny", "b"),
        only("framing", "400", "transfer-encoding", "chunked"));
  }

  @ParameterizedTest
  @MethodSource
  void trailers(Head head) throws IOException {
    try (Http2Client client = proxy.connectHttp2()) {
      int stream = client.open("PUT", "/a", false, "if-none-match", "*");
      client.data(stream, "text", false);
      client.headers(stream, true, head.fields().toArray(String[]::new));
      assertThat(outcome(client, stream)).isEqualTo(head.expected());
      assertThat(client.exchange("/next").status()).isEqualTo(200);
    }
    assertThat(origin.heads()).extracting(Heard::target).containsExactly("/next");
  }

  // ---- what is let in

  @Test
  void whatMeansTheSameIsLetIn() throws IOException {
    try (Http2Client client = proxy.connectHttp2()) {
      assertThat(client.exchange("//b/../c", "host", "H").status()).isEqualTo(200);
      assertThat(client.read(client.open("OPTIONS", "*", true)).status()).isEqualTo(200);
      int https =
          client.head(true, ":scheme", "https", ":path", "/d", ":method", "GET", "host", "h");
      assertThat(client.read(https).status()).isEqualTo(200);
      int empty = client.open("POST", "/e", false, "content-length", "0", "x-empty", "");
      client.data(empty, "", true);
      assertThat(client.read(empty).status()).isEqualTo(200);
    }
    assertThat(origin.requests())
        .extracting(Heard::startLine)
        .containsExactly(
            "GET //b/../c HTTP/1.1", "OPTIONS * HTTP/1.1", "GET /d HTTP/1.1", "POST /e HTTP/1.1");
    assertThat(origin.requests()).allSatisfy(r -> assertThat(r.fields("host")).hasSize(1));
  }
}
