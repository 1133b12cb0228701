package dev.ifmatch.exchange;

import static dev.ifmatch.exchange.Event.body;
import static dev.ifmatch.exchange.Event.head;
import static dev.ifmatch.exchange.Event.overflow;
import static dev.ifmatch.exchange.WriteExchangeTest.probing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.http.FieldName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tag the answer to a guarded write carries, and what the origin's own tags do. */
class WriteAnswerTest {

  @Test
  void anOriginsOwnTagIsEnforcedByTheOriginToo() {
    Play put = probing("PUT /notes/1", "If-Match: \"own1\"").tell(head(200, "ETag: \"own1\""));
    put.tell(body("v1")).gives("forward PUT /notes/1 If-Match: \"own1\"");
  }

  @Test
  void aTagOnTheAnswerItselfIsNotTrustedButReread() {
    Play put = probing("PUT /notes/1", "If-Match: \"own1\"");
    put.tell(head(200, "ETag: \"own1\""), body("v1"), head(200, "ETag: \"of the answer\""));
    put.tell(body("done")).gives("fetch GET /notes/1");
    put.tell(head(200, "ETag: \"own2\""), body("v2"));
    put.gives("releaseLock, seen \"own2\"", "relay 200 ETag: \"own2\"");
  }

  @ParameterizedTest
  @ValueSource(ints = {502, 504})
  void aGatewayThatGaveUpOnTheWriteKeepsOthersOffForAWhile(int status) {
    Play put = forwarded("PUT /notes/1").tell(head(status));
    put.tell(body("done")).gives("releaseLockAfterGrace", "relay " + status);
  }

  @Test
  void anOriginsOwnTagIsEnforcedUnderAStarToo() {
    probing("DELETE /notes/1", "If-Match: *")
        .tell(head(200, "ETag: \"own1\""), body("v1"))
        .gives("forward DELETE /notes/1 If-Match: \"own1\"");
  }

  @Test
  void anOriginThatRefusesItselfIsHeard() {
    probing("PUT /notes/1", "If-Match: \"own1\"")
        .tell(head(200, "ETag: \"own1\""), body("v1"), head(412, "ETag: \"own9\""), body(""))
        .gives("releaseLock", "relay 412 ETag: \"own9\"");
  }

  @Test
  void anAnswerWithoutTheOriginsTagIsReread() {
    Play put = probing("PUT /notes/1", "If-Match: \"own1\"");
    put.tell(head(200, "ETag: \"own1\""), body("v1"), head(204));
    put.tell(body("")).gives("fetch GET /notes/1");
    put.tell(head(200, "ETag: \"own2\""), body("v2"));
    put.gives("releaseLock, seen \"own2\"", "relay 204 ETag: \"own2\"");
  }

  @Test
  void aWeakTagOfTheOriginGivesWayToOurs() {
    Play put = probing("PUT /notes/1", "If-Match: #v1").tell(head(200, "ETag: W/\"7-x\""));
    put.tell(body("v1")).gives("forward PUT /notes/1");
    put.tell(head(200, "ETag: W/\"8-y\""), body("done")).gives("fetch GET /notes/1");
    put.tell(head(200, "ETag: W/\"9-z\""), body("v2"));
    put.gives("releaseLock, seen #v2", "relay 200 ETag: #v2");
  }

  @Test
  void aStrongTagOnTheAnswerAloneIsNotTrusted() {
    Play put = probing("PUT /notes/1", "If-Match: #v1").tell(head(200), body("v1"));
    put.tell(head(200, "ETag: \"of-the-answer\""), body("done")).gives("fetch GET /notes/1");
    put.tell(head(200), body("v2")).gives("releaseLock, seen #v2", "relay 200 ETag: #v2");
  }

  @Test
  void anOriginThatCodesWhatWasAskedForPlainIsUnderstood() {
    Event zipped = head(200, "Content-Encoding: gzip");
    Play put = probing("PUT /notes/1", "If-Match: #v1").tell(zipped);
    put.tell(body("v1")).gives("forward PUT /notes/1");
    put.tell(head(200), body("done"), zipped);
    put.tell(body("v2")).gives("releaseLock, seen #v2", "relay 200 ETag: #v2");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 204})
  void aSuccessfulPatchGetsTheTagOfTheNewState(int status) {
    probing("PATCH /notes/1", "If-Match: #v1")
        .tell(head(200), body("v1"), head(status), body(""), head(200), body("v2"))
        .gives("releaseLock, seen #v2", "relay " + status + " ETag: #v2");
  }

  @ParameterizedTest
  @ValueSource(ints = {202, 207, 303, 400, 409, 500})
  void anAnswerThatSaysNothingOfTheNewStateGetsNoTag(int status) {
    forwarded("PUT /notes/1")
        .tell(head(status), body("done"))
        .gives("releaseLock", "relay " + status);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204})
  void aDeletionGetsNoTag(int status) {
    forwarded("DELETE /notes/1")
        .tell(head(status), body(""))
        .gives("releaseLock", "relay " + status);
  }

  @Test
  void aRereadThatFailsLeavesTheSuccessWithoutATag() {
    rereading().tell(head(500)).gives("abort", "releaseLock", "relay 200");
    rereading().tell(head(404)).gives("abort", "releaseLock", "relay 200");
    rereading().tell(Event.broken()).gives("releaseLock", "relay 200");
    rereading().tell(head(200), Event.timedOut()).gives("releaseLock", "relay 200");
    rereading()
        .tell(head(200, "Content-Encoding: br"), body("v2"))
        .gives("releaseLock", "relay 200");
    rereading()
        .tell(head(200, "Content-Type: multipart/x-mixed-replace"))
        .gives("abort", "releaseLock", "relay 200");
  }

  @Test
  void anAnswerTooLargeToBeKeptIsRelayedWithoutATag() {
    forwarded("PUT /notes/1")
        .tell(head(200, "ETag: W/\"weak\""), overflow("much"))
        .gives("releaseLock", "relay 200");
  }

  @Test
  void theNewTagCanBeReadByABrowsersScript() {
    Play put = forwarded("PUT /notes/1");
    put.tell(head(200, "Access-Control-Allow-Origin: *"), body("done"), head(200), body("v2"));
    assertThat(put.port().answer().head().fields().first(FieldName.ACCESS_CONTROL_EXPOSE_HEADERS))
        .hasValue("ETag");
    assertThat(put.port().sighting().orElseThrow().cors())
        .extracting("name")
        .containsExactlyInAnyOrder(
            FieldName.ACCESS_CONTROL_ALLOW_ORIGIN, FieldName.ACCESS_CONTROL_EXPOSE_HEADERS);
  }

  @Test
  void theRereadAsksTheQuestionThatTheProbeAsked() {
    Play put = probing("PUT /notes/1?x=1", "If-Match: #v1", "Cookie: a=b", "Expect: later");
    String probe = put.port().lastRequest().fields().toString();
    put.tell(head(200), body("v1"));
    assertThat(put.port().lastRequest().fields().has(FieldName.EXPECT)).isFalse();
    put.tell(head(200), body("done")).gives("fetch GET /notes/1?x=1");
    assertThat(put.port().lastRequest().fields()).hasToString(probe);
  }

  private static Play rereading() {
    return forwarded("PUT /notes/1").tell(head(200, "ETag: W/\"weak\""), body("done"));
  }

  private static Play forwarded(String line) {
    return probing(line, "If-Match: #v1").tell(head(200), body("v1"));
  }
}
