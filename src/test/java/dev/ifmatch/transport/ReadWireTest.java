package dev.ifmatch.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.exchange.Untagged;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What reads get over the wire: tags, 304, codings, streams. */
class ReadWireTest {
  private static final int TAG_BUFFER = 10_000;
  private static final String TEXT = "a text, a text, a text";

  /** SHA-256 of the text, in base64url. */
  private static final String TAG = "\"_S2O0LIas4TM9JecZS_mFoxhAUTJ4uPLeTTH34WgRX0\"";

  @RegisterExtension
  private static final SharedStage SHARED =
      new SharedStage(LimitsBuilder.limits().tagBuffer(TAG_BUFFER).build(), Store::new);

  private void answering(String statusAndFields, String body) {
    SHARED.origin().play(heard -> peer -> peer.answer(statusAndFields, body));
  }

  private Reply get(String... fields) throws IOException {
    return SHARED.proxy().exchange(request("GET", fields));
  }

  private Reply head(String... fields) throws IOException {
    try (RawClient client = SHARED.proxy().connect()) {
      return client.send(request("HEAD", fields)).readHeadOnly();
    }
  }

  private static String request(String method, String... fields) {
    String lines = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
    return method + " /a HTTP/1.1\r\nHost: h\r\n" + lines + "\r\n";
  }

  @Test
  void getAndHeadCarryTheSameStrongTag() throws IOException {
    answering("200 OK\r\nContent-Type: text/plain", TEXT);
    Reply get = get();
    Reply head = head();

    assertThat(get.body()).isEqualTo(TEXT);
    assertThat(get.tag()).isEqualTo(TAG).isEqualTo(head.tag());
    assertThat(head.field("Content-Length")).contains("22");
    assertThat(SHARED.origin().requests()).extracting(Heard::method).containsExactly("GET", "GET");
  }

  @ParameterizedTest
  @ValueSource(strings = {"If-None-Match: " + TAG, "If-None-Match: W/" + TAG, "If-None-Match: *"})
  void whatTheClientHasIsNotSentAgain(String condition) throws IOException {
    answering("200 OK\r\nContent-Type: text/plain\r\nVary: Origin\r\nCache-Control: private", TEXT);
    try (RawClient client = SHARED.proxy().connect()) {
      Reply reply = client.send(request("GET", condition)).read();
      assertThat(reply.status()).isEqualTo(304);
      assertThat(reply.tag()).isEqualTo(TAG);
      assertThat(reply.field("Vary")).contains("Origin");
      assertThat(reply.field("Cache-Control")).contains("private");
      assertThat(reply.field("Content-Type")).isEmpty();
      assertThat(client.send(request("GET")).read().body()).isEqualTo(TEXT);
    }
  }

  @Test
  void conditionsAndRangesStayHere() throws IOException {
    answering("200 OK", TEXT);
    Reply reply =
        get("If-Match: " + TAG, "If-None-Match: \"x\"", "Range: bytes=0-1", "If-Range: x");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo(TEXT);
    assertThat(SHARED.origin().requests().get(0).head())
        .doesNotContain("If-")
        .doesNotContain("Range");
  }

  @Test
  void aReadOfAnotherStateIsRefused() throws IOException {
    answering("200 OK", TEXT);
    Reply reply = get("If-Match: \"other\"");

    assertThat(reply.status()).isEqualTo(412);
    assertThat(reply.reason()).isEqualTo("read-precondition");
    assertThat(reply.tag()).isEqualTo(TAG);
    assertThat(reply.field("Cache-Control")).contains("no-store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate"})
  void theTagOfACodedAnswerNamesItsCoding(String coding) throws IOException {
    answering("200 OK\r\nContent-Encoding: " + coding, coded(coding));
    Reply reply = get("Accept-Encoding: br, " + coding + ", zstd");

    assertThat(reply.body()).isEqualTo(coded(coding));
    assertThat(reply.tag()).isEqualTo(TAG.replaceAll("\"$", "-" + coding + "\""));
    assertThat(SHARED.origin().requests().get(0).fields("Accept-Encoding")).containsExactly(coding);
  }

  @Test
  void whatCannotBeDecodedHasNoTag() throws IOException {
    answering("200 OK\r\nContent-Encoding: br", TEXT);
    assertThat(get().field("ETag")).isEmpty();
    answering("200 OK\r\nContent-Encoding: gzip", TEXT);
    assertThat(get().field("ETag")).isEmpty();
  }

  @Test
  void theOriginsStrongTagStaysAndAWeakOneIsReplaced() throws IOException {
    answering("200 OK\r\nETag: \"own\"", TEXT);
    assertThat(get().tag()).isEqualTo("\"own\"");
    assertThat(get("If-None-Match: \"own\"").status()).isEqualTo(304);
    answering("200 OK\r\nETag: W/\"own\"", TEXT);
    assertThat(get().tag()).isEqualTo(TAG);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"404 Not Found", "301 Moved Permanently", "206 Partial Content", "500 No"})
  void otherAnswersPassAsTheyAre(String status) throws IOException {
    answering(status + "\r\nX: y", TEXT);
    Reply reply = get();
    assertThat(reply.status()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
    assertThat(reply.body()).isEqualTo(TEXT);
    assertThat(reply.field("ETag")).isEmpty();
    assertThat(head().field("Content-Length")).contains("22");
  }

  @Test
  void aLargeAnswerIsTaggedForHeadAlone() throws IOException {
    answering("200 OK", TEXT.repeat(1000));
    assertThat(head().tag()).startsWith("\"");
    Reply get = get();
    assertThat(get.field("ETag")).isEmpty();
    assertThat(get.field("Content-Length")).contains("22000");
    assertThat(get.body()).isEqualTo(TEXT.repeat(1000));
    assertThat(SHARED.proxy().untagged()).contains(Untagged.TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLargeAnswersTagFollowsAsATrailer(boolean chunked) throws IOException {
    String body = TEXT.repeat(1000);
    answering("200 OK", body);
    String tag = head().tag();
    if (chunked) {
      String framed = "%x\r\n%s\r\n0\r\n\r\n".formatted(body.length(), body);
      String octets = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + framed;
      SHARED.origin().play(heard -> peer -> peer.answer(octets));
    }
    Reply get = get("TE: trailers", "Connection: TE");

    assertThat(get.field("Trailer")).contains("ETag");
    assertThat(get.field("ETag")).isEmpty();
    assertThat(get.body()).isEqualTo(body);
    assertThat(get.trailers()).isEqualToIgnoringCase("ETag: " + tag + "\r\n");
  }

  /** At the limit of the buffer, one octet decides. */
  @Test
  void theBufferHoldsExactlyWhatItSays() throws IOException {
    answering("200 OK", "x".repeat(TAG_BUFFER));
    assertThat(get().field("ETag")).isPresent();
    answering("200 OK", "x".repeat(TAG_BUFFER + 1));
    assertThat(get().field("ETag")).isEmpty();
  }

  @Test
  void anAnswerWithoutContentHasATagToo() throws IOException {
    answering("200 OK", "");
    assertThat(get().tag()).isEqualTo("\"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU\"");
  }

  @Test
  void anAnswerThatTheConnectionsEndEndsIsTagged() throws IOException {
    SHARED
        .origin()
        .play(
            heard ->
                peer -> {
                  peer.answer("HTTP/1.1 200 OK\r\n\r\n" + TEXT);
                  peer.wire().close();
                });
    assertThat(get().tag()).isEqualTo(TAG);
    assertThat(head().tag()).isEqualTo(TAG);
  }

  @Test
  void browsersMayReadTheTagAndSendIt() throws IOException {
    answering("200 OK\r\nAccess-Control-Allow-Origin: https://page\r\nVary: Origin", TEXT);
    assertThat(get().field("Access-Control-Expose-Headers")).contains("ETag");
    assertThat(get("If-Match: \"x\"").field("Access-Control-Allow-Origin"))
        .contains("https://page");

    answering(
        "204 No Content\r\nAccess-Control-Allow-Origin: *\r\nAccess-Control-Allow-Headers: X-A",
        "");
    Reply preflight =
        SHARED
            .proxy()
            .exchange(
                request("OPTIONS", "Origin: https://page", "Access-Control-Request-Method: PUT"));
    assertThat(preflight.field("Access-Control-Allow-Headers"))
        .contains("X-A, If-Match, If-None-Match");
  }

  private static String coded(String coding) throws IOException {
    ByteArrayOutputStream coded = new ByteArrayOutputStream();
    try (OutputStream out =
        coding.equals("gzip") ? new GZIPOutputStream(coded) : new DeflaterOutputStream(coded)) {
      out.write(TEXT.getBytes(ISO_8859_1));
    }
    return coded.toString(ISO_8859_1);
  }
}
