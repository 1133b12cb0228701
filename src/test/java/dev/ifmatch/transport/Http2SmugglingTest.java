package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests of HTTP/2 that would be others in HTTP/1.1: none reaches the origin, and the connection
 * goes on (RFC 9113 §10.3).
 */
class Http2SmugglingTest {
  private static final Limits LIMITS = LimitsBuilder.limits().maxTarget(300).maxHead(2000).build();
  private static final String SMUGGLED = "\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";

  @RegisterExtension
  private static final SharedStage SHARED = SharedStage.answering(LIMITS, "200 OK", "fine");

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

  /** A pseudo-field that stands behind a field, and nowhere else. */
  private static Head behindAField(String name, String value) {
    Head right = pseudo("400", name, value);
    List<String> fields = new ArrayList<>(right.fields());
    int at = fields.indexOf(name);
    fields.subList(at, at + 2).clear();
    fields.addAll(List.of("host", "h", name, value));
    return new Head(name + " behind a field", "400", fields);
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
        field("400", "x-a", "b", ":path", "/b"),
        behindAField(":path", "/a"),
        behindAField(":method", "GET"),
        behindAField(":scheme", "http"),
        behindAField(":authority", "h"));
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
        field("431", "x-a", "b".repeat(4000)),
        field("431", "x-a", "b".repeat(4900)));
  }

  @ParameterizedTest
  @MethodSource({"pseudoFields", "fields"})
  void isNotLetIn(Head head) throws IOException {
    try (Http2Client client = SHARED.proxy().connectHttp2()) {
      int stream = client.head(false, head.fields().toArray(String[]::new));
      assertThat(outcome(client, stream)).isEqualTo(head.expected());
      assertThat(SHARED.origin().heads()).isEmpty();
      assertThat(client.exchange("/next").status()).isEqualTo(200);
    }
    assertThat(SHARED.origin().heads()).extracting(Heard::target).containsExactly("/next");
  }

  @ParameterizedTest
  @ValueSource(ints = {2000, 4000, 4900})
  void aHeadThatIsTooLargeIsToldSo(int size) throws IOException {
    try (Http2Client client = SHARED.proxy().connectHttp2()) {
      Reply reply = client.exchange("/a", "x-a", "b".repeat(size));
      assertThat(Stage.told(reply)).isEqualTo("431 head-too-large");
      assertThat(client.exchange("/next").status()).isEqualTo(200);
    }
  }

  /** A status, or what the stream is reset with. */
  static String outcome(Http2Client client, int stream) throws IOException {
    Http2Reply reply = client.reply(stream);
    while (!reply.isWhole() && reply.reset().isEmpty()) {
      client.receive();
    }
    return reply.isWhole()
        ? String.valueOf(reply.toReply().status())
        : reply.reset().get().toString();
  }

  // ---- what is let in

  @Test
  void whatMeansTheSameIsLetIn() throws IOException {
    try (Http2Client client = SHARED.proxy().connectHttp2()) {
      assertThat(client.exchange("//b/../c", "host", "H").status()).isEqualTo(200);
      assertThat(client.read(client.open("OPTIONS", "*", true)).status()).isEqualTo(200);
      int https =
          client.head(true, ":scheme", "https", ":path", "/d", ":method", "GET", "host", "h");
      assertThat(client.read(https).status()).isEqualTo(200);
      int empty = client.open("POST", "/e", false, "content-length", "0", "x-empty", "");
      client.data(empty, "", true);
      assertThat(client.read(empty).status()).isEqualTo(200);
    }
    assertThat(SHARED.origin().requests())
        .extracting(Heard::startLine)
        .containsExactly(
            "GET //b/../c HTTP/1.1", "OPTIONS * HTTP/1.1", "GET /d HTTP/1.1", "POST /e HTTP/1.1");
    assertThat(SHARED.origin().requests()).allSatisfy(r -> assertThat(r.fields("host")).hasSize(1));
  }
}
