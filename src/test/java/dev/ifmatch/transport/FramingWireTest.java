package dev.ifmatch.transport;

import static dev.ifmatch.transport.HostileInput.SMUGGLED;
import static dev.ifmatch.transport.HostileInput.chunks;
import static dev.ifmatch.transport.HostileInput.framing;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that two readers could frame differently: the ways to smuggle a request. */
class FramingWireTest {
  private static final int MAX_BODY = 1000;
  private static final String CANARY = "GET /canary HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final String WHOLE = "5\r\nhello\r\n0\r\n\r\n";

  @RegisterExtension
  private static final SharedStage SHARED =
      new SharedStage(LimitsBuilder.limits().maxBody(MAX_BODY).build(), Store::new);

  static Stream<HostileInput> lengths() {
    String both = "Content-Length: 5\r\nTransfer-Encoding: chunked";
    return Stream.of(
        framing("CL.TE", both.replace("5", "6"), "0\r\n\r\nX"),
        framing("TE.CL", both.replace("5", "4"), "5c\r\n" + SMUGGLED + "0\r\n\r\n"),
        framing("both, coding first", "Transfer-Encoding: chunked\r\nContent-Length: 5", WHOLE),
        framing(
            "both, the coding identity", "Content-Length: 5\r\nTransfer-Encoding: identity", ""),
        framing("both, the coding empty", "Content-Length: 5\r\nTransfer-Encoding:", "hello"),
        framing("both, the length empty", "Content-Length:\r\nTransfer-Encoding: chunked", WHOLE),
        framing("both, the length 0", "Content-Length: 0\r\nTransfer-Encoding: chunked", WHOLE),
        framing("the same length twice", "Content-Length: 5\r\nContent-Length: 5", "hello"),
        framing("two lengths", "Content-Length: 5\r\nContent-Length: 6", "hello!"),
        framing("two lengths apart", "Content-Length: 5\r\nX: y\r\nContent-Length: 6", "hello!"),
        framing("two lengths, the first 0", "Content-Length: 0\r\nContent-Length: 5", "hello"),
        framing("two lengths in two cases", "Content-Length: 5\r\ncontent-length: 6", "hello!"),
        framing("list of equal lengths", "Content-Length: 5, 5", "hello"),
        framing("list of lengths", "Content-Length: 5, 6", "hello!"),
        framing("list with an empty member", "Content-Length: 5,", "hello"),
        framing("length with a plus", "Content-Length: +5", "hello"),
        framing("negative length", "Content-Length: -1", "hello"),
        framing("minus zero", "Content-Length: -0", "hello"),
        framing("empty length", "Content-Length:", "hello"),
        framing("blank length", "Content-Length:   ", "hello"),
        framing("hexadecimal length", "Content-Length: 0x5", "hello"),
        framing("length with a fraction", "Content-Length: 5.0", "hello"),
        framing("length with an exponent", "Content-Length: 5e0", "hello"),
        framing("length with a space", "Content-Length: 1 0", "hello"),
        framing("length with an underscore", "Content-Length: 1_0", "hello"),
        framing("length with quotes", "Content-Length: \"5\"", "hello"),
        framing("length in other digits", "Content-Length: \u00b2", "hello"),
        framing("length beyond 64 bits", "Content-Length: 18446744073709551621", "hello"),
        framing("length beyond 63 bits", "Content-Length: 9223372036854775813", "hello"),
        framing("length beyond 32 bits", "Content-Length: 4294967301", "hello").with(413),
        framing("length too large", "Content-Length: 1001", "hello").with(413));
  }

  static Stream<HostileInput> lengthsInOldVersion() {
    return lengths().map(HostileInput::old);
  }

  static Stream<HostileInput> codings() {
    return Stream.of(
        coding("TE.TE: chunked twice", "Transfer-Encoding: chunked, chunked"),
        coding("chunked on two lines", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"),
        coding("gzip", "Transfer-Encoding: gzip"),
        coding("gzip, chunked", "Transfer-Encoding: gzip, chunked"),
        coding("chunked, gzip", "Transfer-Encoding: chunked, gzip"),
        coding("chunked, identity", "Transfer-Encoding: chunked, identity"),
        coding("identity, chunked", "Transfer-Encoding: identity, chunked"),
        coding("identity", "Transfer-Encoding: identity"),
        coding("on two lines", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity"),
        coding("empty", "Transfer-Encoding:"),
        coding("comma", "Transfer-Encoding: ,"),
        coding("space before the colon", "Transfer-Encoding : chunked"),
        coding("vertical tab before it", "Transfer-Encoding: \u000bchunked"),
        coding("vertical tab behind it", "Transfer-Encoding: chunked\u000b"),
        coding("folded", "Transfer-Encoding:\r\n chunked"),
        coding("behind a bare LF", "X: y\nTransfer-Encoding: chunked"),
        coding("TE.TE: xchunked", "Transfer-Encoding: xchunked").with(501),
        coding("TE.TE: and another", "Transfer-Encoding: chunked\r\nTransfer-encoding: cow")
            .with(501),
        coding("with a parameter", "Transfer-Encoding: chunked;x").with(501),
        coding("with quotes", "Transfer-Encoding: \"chunked\"").with(501),
        coding("with a dot", "Transfer-Encoding: .chunked").with(501),
        coding("chunked chunked", "Transfer-Encoding: chunked chunked").with(501),
        coding("with obs-text", "Transfer-Encoding: chunked\u00a0").with(501),
        HostileInput.bad(
            "in HTTP/1.0",
            "PUT /a HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + WHOLE));
  }

  private static HostileInput coding(String name, String fields) {
    return framing(name, fields, WHOLE);
  }

  static Stream<HostileInput> malformedChunks() {
    return Stream.of(
        chunks("empty size", "\r\nhello\r\n0\r\n\r\n"),
        chunks("size is a word", "five\r\nhello\r\n0\r\n\r\n"),
        chunks("negative size", "-5\r\nhello\r\n0\r\n\r\n"),
        chunks("size with a plus", "+5\r\nhello\r\n0\r\n\r\n"),
        chunks("size with 0x", "0x5\r\nhello\r\n0\r\n\r\n"),
        chunks("size with an underscore", "0_5\r\nhello\r\n0\r\n\r\n"),
        chunks("size behind a space", " 5\r\nhello\r\n0\r\n\r\n"),
        chunks("size before a space", "5 \r\nhello\r\n0\r\n\r\n"),
        chunks("size before a tab", "5\t\r\nhello\r\n0\r\n\r\n"),
        chunks("size with a high octet", "5\u00b5\r\nhello\r\n0\r\n\r\n"),
        chunks("size with NUL", "5\0\r\nhello\r\n0\r\n\r\n"),
        chunks("size beyond 31 bits", "80000000\r\nhello\r\n0\r\n\r\n"),
        chunks("size beyond 32 bits", "100000005\r\nhello\r\n0\r\n\r\n"),
        chunks("size beyond 64 bits", "10000000000000005\r\nhello\r\n0\r\n\r\n"),
        chunks("size line ended by LF", "5\nhello\r\n0\r\n\r\n"),
        chunks("size line ended by CR", "5\rhello\r\n0\r\n\r\n"),
        chunks("size line ended by CR CR LF", "5\r\r\nhello\r\n0\r\n\r\n"),
        chunks("extension ended by LF", "5;x\nhello\r\n0\r\n\r\n"),
        chunks("extension with CR", "5;a\rb\r\nhello\r\n0\r\n\r\n"),
        chunks("extension with LF in quotes", "5;a=\"\n\"\r\nhello\r\n0\r\n\r\n"),
        chunks("extension with CR in quotes", "5;a=\"\r\"\r\nhello\r\n0\r\n\r\n"),
        chunks("extension with NUL", "5;a\0b\r\nhello\r\n0\r\n\r\n"),
        chunks("extension that hides a chunk", "5;\nx\r\n0\r\n\r\n"),
        chunks("no CRLF behind the chunk", "5\r\nhello0\r\n\r\n"),
        chunks("LF behind the chunk", "5\r\nhello\n0\r\n\r\n"),
        chunks("CR behind the chunk", "5\r\nhello\r0\r\n\r\n"),
        chunks("two octets behind the chunk", "5\r\nhelloXX0\r\n\r\n"),
        chunks("last chunk ended by LF", "5\r\nhello\r\n0\n\r\n"),
        chunks("body ended by LF", "5\r\nhello\r\n0\r\n\n"),
        chunks("trailer ended by LF", "5\r\nhello\r\n0\r\nX: y\n\r\n"),
        chunks("trailer without a colon", "5\r\nhello\r\n0\r\nX\r\n\r\n"),
        chunks("trailer without a name", "5\r\nhello\r\n0\r\n: y\r\n\r\n"),
        chunks("trailer with white space before its colon", "5\r\nhello\r\n0\r\nX : y\r\n\r\n"),
        chunks("trailer with NUL", "5\r\nhello\r\n0\r\nX: \0\r\n\r\n"),
        chunks("trailer with CR", "5\r\nhello\r\n0\r\nX: a\rb\r\n\r\n"),
        chunks("folded trailer with NUL", "5\r\nhello\r\n0\r\nX: y\r\n a\0b\r\n\r\n"),
        chunks("folded trailer with CR", "5\r\nhello\r\n0\r\nX: y\r\n a\rb\r\n\r\n"),
        chunks("trailers too large", "0\r\nX: " + "y".repeat(40_000) + "\r\n\r\n"),
        chunks("size line too long", "5;" + "y".repeat(40_000) + "\r\nhello\r\n0\r\n\r\n"));
  }

  static Stream<HostileInput> malformedPosts() {
    return malformedChunks().map(input -> input.as("POST"));
  }

  @ParameterizedTest
  @MethodSource({"lengths", "lengthsInOldVersion", "codings", "malformedChunks"})
  void aWriteIsRefusedAndGoesNoFurther(HostileInput input) throws IOException {
    refuse(input, false);
    assertOriginSawOnly("GET /canary");
  }

  @ParameterizedTest
  @MethodSource({"lengths", "lengthsInOldVersion", "codings", "malformedChunks"})
  void aWriteIsRefusedInWhicheverPiecesItComes(HostileInput input) throws IOException {
    refuse(input, input.octets().length() < 1000);
    assertOriginSawOnly("GET /canary");
  }

  /** What streams has begun when its body turns out malformed; it must not look whole. */
  @ParameterizedTest
  @MethodSource("malformedPosts")
  void whatStreamsNeverArrivesAsAWhole(HostileInput input) throws IOException {
    boolean sent = refused(input, false).problem().path("sent").asBoolean();
    SHARED.proxy().exchange(CANARY);
    assertThat(SHARED.origin().requests()).extracting(Heard::target).containsExactly("/canary");
    List<String> seen = SHARED.origin().heads().stream().map(Heard::target).toList();
    assertThat(seen).isSubsetOf(sent ? List.of("/a", "/canary") : List.of("/canary"));
  }

  private void refuse(HostileInput input, boolean oneByOne) throws IOException {
    assertThat(refused(input, oneByOne).problem().path("sent").asBoolean()).isFalse();
  }

  private Reply refused(HostileInput input, boolean oneByOne) throws IOException {
    try (RawClient client = SHARED.proxy().connect()) {
      if (oneByOne) {
        client.sendOneByOne(input.octets());
      } else {
        client.send(input.octets() + SMUGGLED);
      }
      Reply refusal = client.read();
      assertThat(refusal.status()).as(refusal.toString()).isEqualTo(input.status());
      assertThat(refusal.closes()).isTrue();
      assertThat(client.readToAnyEnd()).as("behind the refusal").isEmpty();
      return refusal;
    }
  }

  private void assertOriginSawOnly(String... requests) throws IOException {
    SHARED.proxy().exchange(CANARY);
    assertThat(SHARED.origin().heads())
        .extracting(heard -> heard.method() + " " + heard.target())
        .containsExactly(requests);
  }

  @Test
  void chunksThatAreTogetherTooLargeAreRefused() throws IOException {
    String chunk = "64\r\n" + "c".repeat(100) + "\r\n";
    refuse(chunks("too many", chunk.repeat(11) + "0\r\n\r\n").with(413), false);
    refuse(chunks("too many, and more to come", chunk.repeat(11)).with(413), false);
    assertOriginSawOnly("GET /canary");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5\r\nhello\r\n0\r\n\r\n",
        "0000000000000005\r\nhello\r\n000\r\n\r\n",
        "5;a\r\nhello\r\n0;b=\"c;d\"\r\n\r\n",
        "5;a=b;c=\"d\"\r\nhello\r\n0\r\n\r\n",
        "2\r\nhe\r\n3\r\nllo\r\n0\r\nX-Trailer: t\r\n\r\n",
        "5\r\nhello\r\n0\r\nX-Trailer: t\r\n folded\r\n\r\n"
      })
  void wellFormedChunksEndHereAndAreFramedAnew(String body) throws IOException {
    String fields = " /a HTTP/1.1\r\nHost: h\r\ntRANSFER-eNCODING: \tCHUNKED \r\n\r\n";
    assertThat(SHARED.proxy().exchange("PUT" + fields + body).status()).isEqualTo(201);
    assertThat(SHARED.proxy().exchange("POST" + fields + body).status()).isEqualTo(200);

    Heard put = SHARED.origin().requests("PUT").get(0);
    Heard post = SHARED.origin().requests("POST").get(0);
    assertThat(put.body()).isEqualTo("hello").isEqualTo(post.body());
    assertThat(put.fields("Content-Length")).containsExactly("5");
    assertThat(put.fields("Transfer-Encoding")).isEmpty();
    assertThat(post.fields("Content-Length")).isEmpty();
    assertThat(post.fields("Transfer-Encoding")).containsExactly("chunked");
    assertThat(put.head() + post.head()).doesNotContain("X-Trailer");
  }

  @Test
  void trailersNeverBecomePreconditionsOrFraming() throws IOException {
    SHARED.origin().play(new Store().with("/a", "old"));
    String fields = "Transfer-Encoding: chunked\r\nTrailer: If-Match";
    String body = "3\r\nnew\r\n0\r\nIf-Match: *\r\nContent-Length: 99\r\n\r\n";
    Reply reply =
        SHARED.proxy().exchange("PUT /a HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n\r\n" + body);
    assertThat(reply.reason()).isEqualTo("missing");
    assertThat(SHARED.origin().requests("PUT")).isEmpty();
  }

  /** Netty alone reads eight octets of body where it takes a GET for an ancient WebSocket's. */
  @Test
  void ancientWebSocketKeysDoNotHideABody() throws IOException {
    try (RawClient client = SHARED.proxy().connect()) {
      client.send(
          "GET /a HTTP/1.1\r\nHost: h\r\nSec-WebSocket-Key1: x\r\nSec-WebSocket-Key2: y\r\n\r\n");
      client.send("GET /b HTTP/1.1\r\nHost: h\r\n\r\n");
      client.read();
      client.read();
    }
    assertThat(SHARED.origin().requests()).extracting(Heard::target).containsExactly("/a", "/b");
  }

  /** CL.0: a backend that passes over the body must not have it taken for the next request. */
  @Test
  void aBodyThatTheOriginIgnoresIsNotTheNextRequest() throws IOException {
    SHARED
        .origin()
        .play(request -> peer -> peer.wire().send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
    try (RawClient client = SHARED.proxy().connect()) {
      String head = "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n\r\n";
      client.send(head.formatted(SMUGGLED.length() + 5) + SMUGGLED);
      assertThat(client.read().closes()).isTrue();
      assertThat(client.readToAnyEnd()).isEmpty();
    }
  }
}
