package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What writes meet over the wire: refusals, the forwarded request, the tag of the new state. */
class WriteWireTest {
  private static final int BODY_MEMORY = 1_000;
  private static final int MAX_BODY = 1_000_000;

  private final Store store = new Store().with("/a", "old");
  private HostileOrigin origin;
  private ProxyFixture proxy;

  @BeforeEach
  void start() throws IOException {
    origin = new HostileOrigin(store);
    Limits limits =
        LimitsBuilder.limits()
            .bodyMemory(BODY_MEMORY)
            .maxBody(MAX_BODY)
            .clientTimeout(5_000)
            .build();
    proxy = ProxyFixture.before(origin, limits);
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    origin.close();
  }

  private static String get() {
    return "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";
  }

  private static String put(String fieldLines, String body) {
    String head = "PUT /a HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n%s\r\n%s";
    return head.formatted(body.length(), fieldLines.isEmpty() ? "" : fieldLines + "\r\n", body);
  }

  @Test
  void twoClientsReadBothSaveAndTheSecondIsTold() throws IOException {
    String tag = proxy.exchange(get()).tag();
    Reply first = proxy.exchange(put("If-Match: " + tag, "first"));
    Reply second = proxy.exchange(put("If-Match: " + tag, "second"));

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.tag()).isEqualTo(proxy.exchange(get()).tag());
    assertThat(second.status()).isEqualTo(412);
    assertThat(second.reason()).isEqualTo("stale");
    assertThat(second.tag()).isEqualTo(first.tag());
    assertThat(second.problem().path("currentETag").asText()).isEqualTo(first.tag());
    assertThat(second.field("Cache-Control")).contains("no-store");
    assertThat(second.closes()).isFalse();
    assertThat(store.text("/a")).isEqualTo("first");

    assertThat(proxy.exchange(put("If-Match: " + first.tag(), "second")).status()).isEqualTo(200);
    assertThat(store.text("/a")).isEqualTo("second");
  }

  @Test
  void aWriteWithoutAPreconditionIsToldWhichToSend() throws IOException {
    Reply reply = proxy.exchange(put("", "new"));

    assertThat(reply.status()).isEqualTo(428);
    assertThat(reply.reason()).isEqualTo("missing");
    assertThat(reply.tag()).isEqualTo(proxy.exchange(get()).tag());
    assertThat(reply.field("Content-Type")).contains("application/problem+json");
    assertThat(reply.field("Cache-Control")).contains("no-store");
    assertThat(reply.problem().path("detail").asText()).contains("If-Match: " + reply.tag());
    assertThat(store.text("/a")).isEqualTo("old");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PUT    | /a    | If-None-Match: *                                  | 412 exists
          PUT    | /none | If-None-Match: *                                  | 201
          PUT    | /none |                                                   | 201
          PUT    | /none | If-Match: *                                       | 412 absent
          DELETE | /none | If-Match: "x"                                     | 404
          DELETE | /a    |                                                   | 428 missing
          DELETE | /a    | If-Match: *                                       | 204
          PATCH  | /a    | If-Match: "x"                                     | 412 stale
          POST   | /a    | If-Match: "x"                                     | 412 stale
          POST   | /a    | X-HTTP-Method-Override: PUT                       | 428 missing
          POST   | /a    | X-Method-Override: delete                         | 428 missing
          GET    | /a    | X-HTTP-Method: DELETE                             | 428 missing
          PUT    | /a    | If-Match: x                                       | 400 malformed-precondition
          PUT    | /a    | If-Unmodified-Since: Sat, 01 Jan 2000 00:00:00 GMT| 412 undated
          """)
  void isDecidedByTheProbe(String method, String target, String field, String expected)
      throws IOException {
    String line = field == null ? "" : field + "\r\n";
    Reply reply =
        proxy.exchange(
            "%s %s HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n%s\r\n"
                .formatted(method, target, line));
    boolean ours = expected.contains(" ");
    assertThat(reply.status() + (ours ? " " + reply.reason() : "")).isEqualTo(expected);
    assertThat(origin.heads().stream().filter(Heard::isWrite))
        .hasSize(expected.startsWith("2") ? 1 : 0);
  }

  /** What names a field in {@code Connection} must not switch off what the field asks for. */
  @ParameterizedTest
  @ValueSource(strings = {"If-Match", "if-match, close", "keep-alive, If-Match", "*, If-Match"})
  void connectionCannotNameThePreconditionAway(String connection) throws IOException {
    Reply reply = proxy.exchange(put("If-Match: \"x\"\r\nConnection: " + connection, "new"));
    assertThat(reply.reason()).isEqualTo("stale");
    assertThat(store.text("/a")).isEqualTo("old");
  }

  @Test
  void connectionCannotNameTheFramingAway() throws IOException {
    String fields =
        "If-Match: *\r\nConnection: Host, Content-Length, Transfer-Encoding, X-A\r\nX-A: b";
    assertThat(proxy.exchange(put(fields, "new")).status()).isEqualTo(200);
    Heard put = origin.requests("PUT").get(0);
    assertThat(put.fields("Host")).containsExactly("h");
    assertThat(put.body()).isEqualTo("new");
    assertThat(put.fields("X-A")).isEmpty();
  }

  @Test
  void theProbeIsTheWritersOwnGet() throws IOException {
    proxy.exchange(
        put("If-Match: *\r\nCookie: c=d\r\nAuthorization: x\r\nContent-Type: text/plain", "new"));
    Heard probe = origin.requests("GET").get(0);
    assertThat(probe.fields("Cookie")).containsExactly("c=d");
    assertThat(probe.fields("Authorization")).containsExactly("x");
    assertThat(probe.fields("Cache-Control")).containsExactly("no-cache");
    assertThat(probe.head()).doesNotContain("Content-").doesNotContain("If-Match");
    assertThat(origin.requests("PUT").get(0).head()).doesNotContain("If-Match");
  }

  @Test
  void theOriginsOwnTagIsForTheOriginToEnforce() throws IOException {
    origin.play(heard -> peer -> peer.answer("200 OK\r\nETag: \"own\"", "text"));
    assertThat(proxy.exchange(put("If-Match: \"own-gzip\"", "new")).tag()).isEqualTo("\"own\"");
    assertThat(origin.requests("PUT").get(0).fields("If-Match")).containsExactly("\"own\"");
  }

  @Test
  void theTagOfACodedReadServesTheWrite() throws IOException {
    String tag = proxy.exchange(get()).tag();
    String coded = tag.substring(0, tag.length() - 1) + "-gzip\"";
    assertThat(proxy.exchange(put("If-Match: " + coded, "new")).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, BODY_MEMORY, BODY_MEMORY + 1, 100_000, MAX_BODY})
  void aBodyArrivesAsItWasSent(int length) throws IOException {
    StringBuilder body = new StringBuilder(length);
    new Random(length).ints(length, 0, 256).forEach(octet -> body.append((char) octet));
    assertThat(proxy.exchange(put("If-Match: *", body.toString())).status()).isEqualTo(200);

    StringBuilder chunks = new StringBuilder();
    for (int at = 0; at < length; at += 7_001) {
      String chunk = body.substring(at, Math.min(at + 7_001, length));
      chunks
          .append(Integer.toHexString(chunk.length()))
          .append("\r\n")
          .append(chunk)
          .append("\r\n");
    }
    String head = "PUT /a HTTP/1.1\r\nHost: h\r\nIf-Match: *\r\nTransfer-Encoding: chunked\r\n\r\n";
    assertThat(proxy.exchange(head + chunks + "0\r\n\r\n").status()).isEqualTo(200);

    assertThat(origin.requests("PUT"))
        .allSatisfy(put -> assertThat(put.body().contentEquals(body)).isTrue())
        .allSatisfy(put -> assertThat(put.fields("Content-Length")).containsExactly("" + length))
        .hasSize(2);
  }

  /** Each piece may be all that is used of a buffer of thousands of octets. */
  @Test
  void aBodyInTinyPiecesTakesLittleMemory() throws Exception {
    Hold hold = new Hold(store::serve);
    origin.play(Phase.PROBE.once(hold, store));
    long before = ProxyFixture.activeBuffers();
    try (RawClient client = proxy.connect()) {
      client.send(
          "PUT /a HTTP/1.1\r\nHost: h\r\nIf-Match: *\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < BODY_MEMORY; i++) {
        client.send("1\r\nx\r\n");
      }
      client.send("0\r\n\r\n");
      hold.awaitArrival();
      assertThat(ProxyFixture.activeBuffers() - before).isLessThan(20);
      hold.letGo();
      assertThat(client.read().status()).isEqualTo(200);
    }
    assertThat(store.text("/a")).isEqualTo("x".repeat(BODY_MEMORY));
  }

  @Test
  void anExpectedRefusalComesBeforeTheUpload() throws IOException {
    try (RawClient client = proxy.connect()) {
      String head =
          put("If-Match: \"x\"\r\nExpect: 100-continue", "new").replace("\r\n\r\nnew", "");
      Reply reply = client.send(head + "\r\n\r\n").read();
      assertThat(reply.interim()).isEmpty();
      assertThat(reply.reason()).isEqualTo("stale");
      assertThat(reply.closes()).isTrue();
      assertThat(client.readToAnyEnd()).isEmpty();
    }
  }

  @Test
  void anExpectedUploadIsAskedForOnce() throws IOException {
    try (RawClient client = proxy.connect()) {
      client.send(put("If-Match: *\r\nExpect: 100-Continue", "new").replace("\r\n\r\nnew", ""));
      client.send("\r\n\r\n");
      assertThat(client.wire().readHead()).startsWith("HTTP/1.1 100 ");
      Reply reply = client.send("new").read();
      assertThat(reply.interim()).isEmpty();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(client.send(get()).read().body()).isEqualTo("new");
    }
    assertThat(origin.requests("PUT").get(0).fields("Expect")).isEmpty();
  }

  @Test
  void aStreamedUploadIsAskedForToo() throws IOException {
    try (RawClient client = proxy.connect()) {
      String head = put("Expect: 100-continue", "new").replace("PUT", "POST");
      client.send(head.substring(0, head.length() - "new".length()));
      assertThat(client.wire().readHead()).startsWith("HTTP/1.1 100 ");
      assertThat(client.send("new").read().status()).isEqualTo(200);
    }
    assertThat(origin.requests("POST").get(0).fields("Expect")).isEmpty();
    assertThat(origin.requests("POST").get(0).body()).isEqualTo("new");
  }

  @Test
  void anUploadThatDoesNotWaitToBeAskedForArrivesToo() throws IOException {
    try (RawClient client = proxy.connect()) {
      Reply reply = client.send(put("If-Match: *\r\nExpect: 100-continue", "new")).read();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(client.send(get()).read().body()).isEqualTo("new");
    }
  }
}
