package dev.ifmatch.exchange;

import static dev.ifmatch.exchange.Event.body;
import static dev.ifmatch.exchange.Event.broken;
import static dev.ifmatch.exchange.Event.clientGone;
import static dev.ifmatch.exchange.Event.head;
import static dev.ifmatch.exchange.Event.overflow;
import static dev.ifmatch.exchange.Event.start;
import static dev.ifmatch.exchange.Event.timedOut;
import static dev.ifmatch.exchange.Event.unreachable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.http.Field;
import dev.ifmatch.http.FieldName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a guarded read asks of the origin, and which tag and status its answer gets. */
class ReadExchangeTest {
  private static final String YESTERDAY = "Sat, 05 Nov 1994 08:49:37 GMT";
  private static final String TODAY = "Sun, 06 Nov 1994 08:49:37 GMT";

  @Test
  void aReadGetsTheTagOfItsBody() {
    Play get = Play.of("GET /notes/1");
    get.tell(start()).gives("fetch GET /notes/1");
    get.tell(head(200)).gives("collect");
    get.tell(body("v1")).gives("relay 200 ETag: #v1");
    assertThat(get.untagged()).isEmpty();
  }

  @Test
  void aHeadIsAGetAtTheOriginWhoseBodyIsDropped() {
    Play get = Play.of("HEAD /notes/1");
    get.tell(start()).gives("fetch GET /notes/1");
    get.tell(head(200, "Content-Length: 2")).gives("drain");
    get.tell(body("v1")).gives("relayHead 200 ETag: #v1");
    assertThat(get.port().answer().head().fields().first(FieldName.CONTENT_LENGTH)).hasValue("2");
  }

  @Test
  void theOriginIsAskedForTheWholeRepresentation() {
    Play get =
        Play.of(
            "GET /notes/1?lang=de",
            "Accept: text/plain",
            "If-Match: #v1",
            "If-None-Match: #v1",
            "If-Modified-Since: " + TODAY,
            "If-Unmodified-Since: " + TODAY,
            "If-Range: #v1",
            "Range: bytes=0-1",
            "Cookie: a=b");
    get.tell(start()).gives("fetch GET /notes/1?lang=de");
    assertThat(get.port().lastRequest().fields().toString())
        .isEqualTo(Play.fields("Accept: text/plain", "Cookie: a=b").toString());
  }

  @ParameterizedTest
  @CsvSource({
    "'gzip, deflate, br, zstd', 'gzip, deflate'",
    "'br;q=1.0, gzip;q=0.8, *;q=0.1', gzip;q=0.8",
    "br, identity",
    "identity, identity",
    "x-gzip, x-gzip"
  })
  void onlyCodingsThatCanBeTakenOffAreAskedFor(String accepted, String asked) {
    Play get = Play.of("GET /notes/1", "Accept-Encoding: " + accepted).tell(start());
    assertThat(get.port().lastRequest().fields().all(FieldName.ACCEPT_ENCODING))
        .containsExactly(asked);
  }

  @Test
  void noCodingIsAskedForThatTheClientDidNotAskFor() {
    Play get = Play.of("GET /notes/1").tell(start());
    assertThat(get.port().lastRequest().fields().has(FieldName.ACCEPT_ENCODING)).isFalse();
  }

  @Test
  void codedContentHasATagOfItsOwn() {
    reading("GET /notes/1")
        .tell(head(200, "Content-Encoding: gzip"), body("v1"))
        .gives("relay 200 ETag: #v1-gzip");
    reading("GET /notes/1", "If-None-Match: #v1")
        .tell(head(200, "Content-Encoding: gzip"), body("v1"))
        .gives("relay 200 ETag: #v1-gzip");
    reading("GET /notes/1", "If-None-Match: #v1-gzip")
        .tell(head(200, "Content-Encoding: gzip"), body("v1"))
        .gives("relayHead 304 ETag: #v1-gzip");
  }

  @Test
  void theOriginsOwnStrongTagStaysAndNothingIsKept() {
    reading("GET /notes/1").tell(head(200, "ETag: \"own\"")).gives("relay 200 ETag: \"own\"");
    reading("HEAD /notes/1").tell(head(200, "ETag: \"own\"")).gives("relayHead 200 ETag: \"own\"");
    reading("GET /notes/1", "If-None-Match: \"own\"")
        .tell(head(200, "ETag: \"own\""))
        .gives("relayHead 304 ETag: \"own\"");
    reading("GET /notes/1", "If-Match: \"other\"")
        .tell(head(200, "ETag: \"own\""))
        .gives("reply 412 read-precondition ETag: \"own\"");
  }

  @Test
  void theOriginsWeakTagGivesWayToOurs() {
    reading("GET /notes/1")
        .tell(head(200, "ETag: W/\"2-x\""), body("v1"))
        .gives("relay 200 ETag: #v1");
    reading("GET /notes/1", "If-None-Match: #v1")
        .tell(head(200, "ETag: W/\"2-x\""), body("v1"))
        .gives("relayHead 304 ETag: #v1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"If-None-Match: #v1", "If-None-Match: W/#v1", "If-None-Match: *"})
  void whatTheClientHasIsNotSentAgain(String condition) {
    reading("GET /notes/1", condition).tell(head(200), body("v1")).gives("relayHead 304 ETag: #v1");
    reading("HEAD /notes/1", condition)
        .tell(head(200), body("v1"))
        .gives("relayHead 304 ETag: #v1");
  }

  @Test
  void whatTheClientDoesNotHaveIsSent() {
    reading("GET /notes/1", "If-None-Match: #v1")
        .tell(head(200), body("v2"))
        .gives("relay 200 ETag: #v2");
    reading("GET /notes/1", "If-Match: #v1")
        .tell(head(200), body("v1"))
        .gives("relay 200 ETag: #v1");
  }

  @Test
  void datesServeWhereThereIsNoTagCondition() {
    Event modifiedToday = head(200, "Last-Modified: " + TODAY);
    reading("GET /notes/1", "If-Modified-Since: " + TODAY)
        .tell(modifiedToday, body("v1"))
        .gives("relayHead 304 ETag: #v1");
    reading("GET /notes/1", "If-Modified-Since: " + YESTERDAY)
        .tell(modifiedToday, body("v1"))
        .gives("relay 200 ETag: #v1");
    reading("GET /notes/1", "If-Modified-Since: " + TODAY, "If-None-Match: #v0")
        .tell(modifiedToday, body("v1"))
        .gives("relay 200 ETag: #v1");
    reading("GET /notes/1", "If-Unmodified-Since: " + YESTERDAY)
        .tell(modifiedToday, body("v1"))
        .gives("reply 412 read-precondition ETag: #v1");
  }

  @Test
  void a304KeepsWhatCachesNeedAndDropsWhatDescribesTheContent() {
    Play get = reading("GET /notes/1", "If-None-Match: #v1");
    get.tell(
        head(
            200,
            "Cache-Control: max-age=60",
            "Content-Location: /notes/1.txt",
            "Date: " + TODAY,
            "Expires: " + TODAY,
            "Vary: Origin",
            "Content-Type: text/plain",
            "Content-Length: 2",
            "Content-Language: en",
            "Content-Range: bytes 0-1/2",
            "Content-Digest: sha-256=:x:",
            "Repr-Digest: sha-256=:x:",
            "Last-Modified: " + TODAY));
    get.tell(body("v1")).gives("relayHead 304 ETag: #v1");
    assertThat(get.port().answer().head().fields())
        .hasToString(
            Play.fields(
                    "Cache-Control: max-age=60",
                    "Content-Location: /notes/1.txt",
                    "Date: " + TODAY,
                    "Expires: " + TODAY,
                    "Vary: Origin",
                    "ETag: #v1")
                .toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 204, 301, 304, 404, 500})
  void anAnswerOtherThan200IsRelayedAsItIs(int status) {
    reading("GET /notes/1", "If-None-Match: *", "If-Match: #v0")
        .tell(head(status, "ETag: W/\"x\""))
        .gives("relay " + status + " ETag: W/\"x\"");
    reading("HEAD /notes/1").tell(head(status)).gives("relayHead " + status);
  }

  @Test
  void aBodyLargerThanTheBufferIsSentWithoutATagOfOurs() {
    Play get = reading("GET /notes/1").tell(head(200), overflow("v"));
    get.gives("relay 200");
    assertThat(get.untagged()).containsExactly(Untagged.TOO_LARGE);
  }

  @Test
  void aBodyLargerThanTheBufferGetsItsTagBehindItWhereTheClientTakesTrailers() {
    Play get = reading("GET /notes/1", "TE: trailers").tell(head(200, "ETag: W/\"x\""));
    get.tell(overflow("v")).gives("relayWithTrailers 200");
    assertThat(get.port().answer().head().fields().first(FieldName.TRAILER)).hasValue("ETag");
    get.port().observer().onBytes(ByteBuffer.wrap("1".getBytes(StandardCharsets.UTF_8)));
    assertThat(get.port().answer().trailers().get())
        .containsExactly(new Field(FieldName.ETAG, Words.written("#v1")));
    assertThat(get.untagged()).isEmpty();
  }

  @Test
  void aHeadGetsATagWhateverTheSize() {
    reading("HEAD /notes/1", "TE: trailers").tell(head(200)).gives("drain");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/event-stream",
        "Text/Event-Stream; charset=utf-8",
        "multipart/x-mixed-replace; boundary=x"
      })
  void whatNeverEndsIsStreamedAtOnce(String type) {
    Play get = reading("GET /events").tell(head(200, "Content-Type: " + type));
    get.gives("relay 200");
    assertThat(get.untagged()).containsExactly(Untagged.STREAM);
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "gzip, gzip"})
  void whatCannotBeDecodedHasNoTag(String coding) {
    Play get = reading("GET /notes/1").tell(head(200, "Content-Encoding: " + coding));
    get.gives("relay 200");
    assertThat(get.untagged()).containsExactly(Untagged.CODING);
  }

  @Test
  void whatIsNotInTheCodingThatItNamesHasNoTag() {
    Play get = reading("GET /notes/1").tell(head(200, "Content-Encoding: gzip"), body("garbage"));
    get.gives("relay 200");
    assertThat(get.untagged()).containsExactly(Untagged.CODING);
  }

  @Test
  void aFailureOfTheOriginIsSafeToMeetAgain() {
    reading("GET /notes/1").tell(unreachable()).gives("reply 502 origin-unreachable");
    reading("GET /notes/1").tell(timedOut()).gives("reply 504 origin-timeout");
    Play get = reading("GET /notes/1").tell(head(200), broken());
    get.gives("reply 502 origin-failed");
    assertThat(get.port().answer().problem().refusal().isRetryable()).isTrue();
  }

  @Test
  void aClientThatLeavesEndsWhatTheOriginDoes() {
    reading("GET /notes/1").tell(clientGone()).gives("abort");
    reading("GET /notes/1").tell(head(200), clientGone()).gives("abort");
    Play.of("GET /notes/1").tell(clientGone()).gives();
  }

  @Test
  void aBrowsersScriptCanReadTheTag() {
    Play get = reading("GET /notes/1");
    get.tell(
        head(
            200,
            "Access-Control-Allow-Origin: https://app.example",
            "Access-Control-Expose-Headers: X-Total"));
    get.tell(body("v1")).gives("relay 200 ETag: #v1");
    assertThat(get.port().answer().head().fields().all(FieldName.ACCESS_CONTROL_EXPOSE_HEADERS))
        .containsExactly("X-Total, ETag");
  }

  @Test
  void aBrowsersScriptCanReadARefusal() {
    Play get = reading("GET /notes/1", "If-Match: #v0");
    get.tell(head(200, "Access-Control-Allow-Origin: *"), body("v1"));
    get.gives("reply 412 read-precondition ETag: #v1");
    assertThat(get.port().answer().beside())
        .containsExactlyInAnyOrder(
            new Field(FieldName.ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
            new Field(FieldName.ACCESS_CONTROL_EXPOSE_HEADERS, "ETag"));
  }

  @Test
  void anAnswerForNoOtherOriginStaysAsItIs() {
    Play get = reading("GET /notes/1").tell(head(200), body("v1"));
    assertThat(get.port().answer().head().fields().has(FieldName.ACCESS_CONTROL_EXPOSE_HEADERS))
        .isFalse();
  }

  private static Play reading(String line, String... fields) {
    return Play.of(line, fields).tell(start());
  }
}
