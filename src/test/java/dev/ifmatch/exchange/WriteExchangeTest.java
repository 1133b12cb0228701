package dev.ifmatch.exchange;

import static dev.ifmatch.exchange.Event.body;
import static dev.ifmatch.exchange.Event.bodyReceived;
import static dev.ifmatch.exchange.Event.granted;
import static dev.ifmatch.exchange.Event.grantedAfter;
import static dev.ifmatch.exchange.Event.grantedAfterAnother;
import static dev.ifmatch.exchange.Event.grantedAfterNothing;
import static dev.ifmatch.exchange.Event.grantedFrom;
import static dev.ifmatch.exchange.Event.head;
import static dev.ifmatch.exchange.Event.start;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.http.Field;
import dev.ifmatch.http.FieldName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a guarded write is checked: what is asked, what is forwarded, and what is refused. */
class WriteExchangeTest {

  @Test
  void aWriteMadeFromTheCurrentStateIsForwardedAndGetsTheNewTag() {
    Play put = Play.of("PUT /notes/1", "If-Match: #v1");
    put.tell(start()).gives("receiveBody");
    put.tell(bodyReceived()).gives("acquireLock /notes/1");
    put.tell(granted()).gives("fetch GET /notes/1");
    put.tell(head(200)).gives("drain");
    put.tell(body("v1")).gives("forward PUT /notes/1");
    put.tell(head(200)).gives("collect");
    put.tell(body("done")).gives("fetch GET /notes/1");
    put.tell(head(200)).gives("drain");
    put.tell(body("v2")).gives("releaseLock, seen #v2", "relay 200 ETag: #v2");
  }

  @Test
  void ofTwoWritersTheSecondIsRefusedByWhatTheFirstHasSeen() {
    Play first = waiting("PUT /notes/1", "If-Match: #v1").tell(granted());
    Play second = waiting("PUT /notes/1", "If-Match: #v1");
    Play third = waiting("PUT /notes/1", "If-Match: #v1");
    first.tell(head(200), body("v1"), head(204), body("done"), head(200), body("v2"));
    first.gives("releaseLock, seen #v2", "relay 204 ETag: #v2");
    second.tell(grantedFrom(first));
    second.gives("releaseLock, seen #v2", "reply 412 stale ETag: #v2");
    third.tell(grantedFrom(second));
    third.gives("releaseLock, seen #v2", "reply 412 stale ETag: #v2");
  }

  @Test
  void aWriterThatHasTheNewTagAlreadyIsProbedForAllTheSame() {
    waiting("PUT /notes/1", "If-Match: #v2").tell(grantedAfter("#v2")).gives("fetch GET /notes/1");
  }

  @Test
  void whatWasSeenOfAnotherRepresentationSaysNothing() {
    waiting("PUT /notes/1", "If-Match: #v1")
        .tell(grantedAfterAnother("#v2"))
        .gives("fetch GET /notes/1");
  }

  @Test
  void writersWithOtherCredentialsDoNotRelyOnWhatEachOtherSaw() {
    Play first = waiting("PUT /notes/1", "If-Match: #v0", "Authorization: Basic YTph");
    first.tell(granted(), head(200), body("v1"));
    first.gives("releaseLock, seen #v1", "reply 412 stale ETag: #v1");
    waiting("PUT /notes/1", "If-Match: #v0", "Authorization: Basic Yjpi")
        .tell(grantedFrom(first))
        .gives("fetch GET /notes/1");
  }

  @Test
  void afterADeletionSeenInTheQueueNobodyChangesWhatIsGone() {
    waiting("PUT /notes/1", "If-Match: #v1")
        .tell(grantedAfterNothing())
        .gives("releaseLock, nothing there", "reply 412 absent");
    waiting("PUT /notes/1", "If-None-Match: *")
        .tell(grantedAfterNothing())
        .gives("fetch GET /notes/1");
  }

  @Test
  void aRefusalCarriesTheCurrentTag() {
    probing("PUT /notes/1", "If-Match: #v1")
        .tell(head(200), body("v2"))
        .gives("releaseLock, seen #v2", "reply 412 stale ETag: #v2");
  }

  @Test
  void aRefusalCanBeReadByABrowsersScript() {
    Play put = probing("PUT /notes/1", "If-Match: #v1", "Origin: https://app.example");
    put.tell(head(200, "Access-Control-Allow-Origin: https://app.example", "Vary: Origin"));
    put.tell(body("v2")).gives("releaseLock, seen #v2", "reply 412 stale ETag: #v2");
    Field[] readable = {
      new Field(FieldName.ACCESS_CONTROL_ALLOW_ORIGIN, "https://app.example"),
      new Field(FieldName.ACCESS_CONTROL_EXPOSE_HEADERS, "ETag"),
      new Field(FieldName.VARY, "Origin")
    };
    assertThat(put.port().answer().beside()).containsExactlyInAnyOrder(readable);

    Play next = waiting("PUT /notes/1", "If-Match: #v1", "Origin: https://app.example");
    next.tell(grantedFrom(put)).gives("releaseLock, seen #v2", "reply 412 stale ETag: #v2");
    assertThat(next.port().answer().beside()).containsExactlyInAnyOrder(readable);
  }

  @Test
  void aWriteThatSaysNothingIsToldTheTagToSend() {
    probing("PUT /notes/1")
        .tell(head(200), body("v1"))
        .gives("releaseLock, seen #v1", "reply 428 missing ETag: #v1");
  }

  @Test
  void creatingWhatIsNotThereNeedsNoPrecondition() {
    probing("PUT /notes/1").tell(head(404), body("")).gives("forward PUT /notes/1");
  }

  @Test
  void whereAPreconditionIsOptionalOneThatIsNotSentIsNotMissed() {
    Play put = Play.optional("PUT /notes/1").tell(start(), bodyReceived());
    put.tell(granted()).gives("forward PUT /notes/1");
    put.tell(head(200), body("done")).gives("fetch GET /notes/1");
    put.tell(head(200), body("v2")).gives("releaseLock, seen #v2", "relay 200 ETag: #v2");
  }

  @Test
  void creationIsForwardedWithIfNoneMatchAndAnsweredWithTheTag() {
    Play put = probing("PUT /notes/1", "If-None-Match: *").tell(head(404));
    put.tell(body("")).gives("forward PUT /notes/1 If-None-Match: *");
    put.tell(head(201), body("")).gives("fetch GET /notes/1");
    put.tell(head(200), body("v1")).gives("releaseLock, seen #v1", "relay 201 ETag: #v1");
  }

  @Test
  void creationOfWhatIsThereIsRefused() {
    probing("PUT /notes/1", "If-None-Match: *")
        .tell(head(200), body("v1"))
        .gives("releaseLock, seen #v1", "reply 412 exists ETag: #v1");
  }

  @Test
  void aWriteOverAnythingButAKnownStateIsNoCreation() {
    Play put = Play.optional("PUT /notes/1", "If-None-Match: #v0");
    put.tell(start(), bodyReceived(), granted(), head(200));
    put.tell(body("v1")).gives("forward PUT /notes/1");
  }

  @Test
  void aWeakenedTagIsToldFromAStaleOne() {
    probing("PUT /notes/1", "If-Match: W/#v1")
        .tell(head(200), body("v1"))
        .gives("releaseLock, seen #v1", "reply 412 weak-tag ETag: #v1");
  }

  @Test
  void theTagOfACompressedReadIsGoodForAWrite() {
    probing("PUT /notes/1", "If-Match: #v1-gzip")
        .tell(head(200), body("v1"))
        .gives("forward PUT /notes/1");
  }

  @Test
  void aDateIsComparedWithTheOrigins() {
    Event dated = head(200, "Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT");
    String same = "If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT";
    String before = "If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT";
    Play.optional("PUT /notes/1", same)
        .tell(start(), bodyReceived(), granted(), dated, body("v1"))
        .gives("forward PUT /notes/1");
    Play.optional("PUT /notes/1", before)
        .tell(start(), bodyReceived(), granted(), dated, body("v1"))
        .gives("releaseLock, seen #v1", "reply 412 modified ETag: #v1");
    probing("PUT /notes/1", same)
        .tell(dated, body("v1"))
        .gives("releaseLock, seen #v1", "reply 428 missing ETag: #v1");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 407, 429})
  void whoIsNotLetInGetsTheOriginsOwnWords(int status) {
    Play put = probing("PUT /notes/1", "If-Match: #v1");
    put.tell(head(status, "WWW-Authenticate: Basic")).gives("releaseLock", "relay " + status);
  }

  @Test
  void whatIsGoneIsRefusedToAPutAndLeftToTheOriginForADelete() {
    probing("PUT /notes/1", "If-Match: #v1")
        .tell(head(404))
        .gives("releaseLock, nothing there", "reply 412 absent");
    probing("DELETE /notes/1", "If-Match: #v1").tell(head(410)).gives("releaseLock", "relay 410");
    probing("DELETE /notes/1", "If-Match: *")
        .tell(head(404))
        .gives("releaseLock, nothing there", "reply 412 absent");
    probing("DELETE /notes/1").tell(head(404), body("")).gives("forward DELETE /notes/1");
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 405, 501, 206, 400})
  void whatCannotBeComparedIsRefused(int status) {
    probing("PUT /notes/1", "If-Match: #v1")
        .tell(head(status))
        .gives("releaseLock", "reply 412 unverifiable");
  }

  @Test
  void aStreamIsNotWaitedForUnderTheLock() {
    probing("DELETE /events", "If-Match: *")
        .tell(head(200, "Content-Type: text/event-stream;charset=utf-8"))
        .gives("releaseLock", "reply 412 unverifiable");
  }

  @Test
  void anUploadThatWouldBeRefusedIsRefusedBeforeItBegins() {
    Play put = Play.of("PUT /notes/1", "If-Match: #v1", "Expect: 100-continue");
    put.tell(start()).gives("fetch GET /notes/1");
    put.tell(head(200)).gives("drain");
    put.tell(body("v2")).gives("reply 412 stale ETag: #v2");
  }

  @Test
  void anUploadThatMayGoOnIsCheckedAgainUnderTheLock() {
    Play put = Play.of("PUT /notes/1", "If-Match: #v1", "Expect: 100-continue");
    put.tell(start(), head(200), body("v1")).gives("sendContinue", "receiveBody");
    put.tell(bodyReceived()).gives("acquireLock /notes/1");
    put.tell(granted()).gives("fetch GET /notes/1");
    put.tell(head(200), body("v2")).gives("releaseLock, seen #v2", "reply 412 stale ETag: #v2");
  }

  @Test
  void aPostWithAPreconditionIsAGuardedWrite() {
    Play post = probing("POST /notes/1/close", "If-Match: #v1");
    post.tell(head(200), body("v1")).gives("forward POST /notes/1/close");
    post.tell(head(200), body("done")).gives("releaseLock", "relay 200");
  }

  @Test
  void anOverriddenMethodIsCheckedAsTheMethodThatIsMeant() {
    Play post = probing("POST /notes/1", "X-HTTP-Method-Override: PUT", "If-Match: #v1");
    assertThat(post.port().lastRequest().fields().has("X-HTTP-Method-Override")).isFalse();
    post.tell(head(200), body("v1")).gives("forward POST /notes/1");
    assertThat(post.port().lastRequest().fields().first("X-HTTP-Method-Override")).hasValue("PUT");
    post.tell(head(200), body("done"), head(200), body("v2"));
    post.gives("releaseLock, seen #v2", "relay 200 ETag: #v2");

    probing("POST /notes/1", "X-HTTP-Method-Override: DELETE", "If-Match: #v1")
        .tell(head(404))
        .gives("releaseLock", "relay 404");
  }

  @Test
  void theProbeCarriesTheWritersCredentialsButNothingOfItsBody() {
    Play patch =
        probing(
            "PATCH /notes/1?lang=de",
            "Authorization: Bearer x",
            "Content-Type: application/json-patch+json",
            "Content-Length: 12",
            "If-Match: #v1",
            "Range: bytes=0-1");
    assertThat(patch.lastStep().commands()).containsExactly("fetch GET /notes/1?lang=de");
    assertThat(patch.port().lastRequest().fields().toString())
        .isEqualTo(
            Play.fields(
                    "Authorization: Bearer x",
                    "Cache-Control: no-cache",
                    "Accept-Encoding: identity")
                .toString());
  }

  static Play waiting(String line, String... fields) {
    return Play.of(line, fields).tell(start(), bodyReceived());
  }

  static Play probing(String line, String... fields) {
    Play play = waiting(line, fields).tell(granted());
    assertThat(play.state()).isEqualTo("PROBING");
    return play;
  }
}
