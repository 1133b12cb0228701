package dev.ifmatch.exchange;

import static dev.ifmatch.exchange.Event.broken;
import static dev.ifmatch.exchange.Event.clientGone;
import static dev.ifmatch.exchange.Event.head;
import static dev.ifmatch.exchange.Event.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ifmatch.http.FieldName;
import org.junit.jupiter.api.Test;

/** What is passed on as it is, and what is refused without asking the origin. */
class RelayExchangeTest {

  @Test
  void aRequestThatIsNotGuardedIsPassedOnWithItsAnswer() {
    Play post = Play.of("POST /notes", "If-Modified-Since: yesterday", "Range: bytes=0-1");
    post.tell(start()).gives("forward POST /notes If-Modified-Since: yesterday Range: bytes=0-1");
    post.tell(head(201, "ETag: W/\"x\"")).gives("relay 201 ETag: W/\"x\"");
    post.tell(clientGone()).gives();
  }

  @Test
  void aReadWithABodyIsAQueryOfItsOwn() {
    Play.of("GET /notes/_search", "Content-Length: 2")
        .tell(start())
        .gives("forward GET /notes/_search");
  }

  @Test
  void aPreflightAllowsPreconditionsWhereTheOriginLetsTheScriptIn() {
    Play options = preflight().tell(head(204, "Access-Control-Allow-Origin: https://app.example"));
    options.gives("relay 204");
    assertThat(options.port().answer().head().fields().all(FieldName.ACCESS_CONTROL_ALLOW_HEADERS))
        .containsExactly("If-Match, If-None-Match");
  }

  @Test
  void aPreflightKeepsWhatTheOriginAllows() {
    Play options =
        preflight()
            .tell(
                head(
                    204,
                    "Access-Control-Allow-Origin: *",
                    "Access-Control-Allow-Headers: content-type, if-match"));
    assertThat(options.port().answer().head().fields().all(FieldName.ACCESS_CONTROL_ALLOW_HEADERS))
        .containsExactly("content-type, if-match, If-None-Match");
  }

  @Test
  void aPreflightThatTheOriginDoesNotAnswerAllowsNothing() {
    Play options = preflight().tell(head(404));
    assertThat(options.port().answer().head().fields().has(FieldName.ACCESS_CONTROL_ALLOW_HEADERS))
        .isFalse();
  }

  @Test
  void anOptionsRequestThatIsNoPreflightStaysAsItIs() {
    Play options = Play.of("OPTIONS /notes").tell(start());
    options.tell(head(204, "Access-Control-Allow-Origin: *"));
    assertThat(options.port().answer().head().fields().has(FieldName.ACCESS_CONTROL_ALLOW_HEADERS))
        .isFalse();
  }

  @Test
  void whatAPostHasDoneIsUnknownWhenTheOriginBreaksOff() {
    Play.of("POST /notes").tell(start(), broken()).gives("reply 502 outcome-unknown");
    Play.of("OPTIONS /notes").tell(start(), broken()).gives("reply 502 origin-failed");
  }

  @Test
  void aPreconditionThatCannotBeReadIsRefusedAtOnce() {
    Play put = Play.of("PUT /notes/1", "If-Match: v1");
    put.tell(start()).gives("reply 400 malformed-precondition");
    put.tell(clientGone()).gives();
    assertThatThrownBy(() -> put.machine().onOriginFailed(failure()))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(put.machine()::onBodyReceived).isInstanceOf(IllegalStateException.class);
  }

  private static OriginFailure failure() {
    return new OriginFailure(OriginFailure.Kind.BROKEN, true, "it broke off");
  }

  private static Play preflight() {
    return Play.of("OPTIONS /notes/1", "Access-Control-Request-Method: PUT").tell(start());
  }
}
