package dev.ifmatch.exchange;

import static dev.ifmatch.exchange.Event.body;
import static dev.ifmatch.exchange.Event.bodyReceived;
import static dev.ifmatch.exchange.Event.bodyRefused;
import static dev.ifmatch.exchange.Event.broken;
import static dev.ifmatch.exchange.Event.clientGone;
import static dev.ifmatch.exchange.Event.granted;
import static dev.ifmatch.exchange.Event.head;
import static dev.ifmatch.exchange.Event.lockRefused;
import static dev.ifmatch.exchange.Event.overflow;
import static dev.ifmatch.exchange.Event.start;
import static dev.ifmatch.exchange.Event.timedOut;
import static dev.ifmatch.exchange.Event.unreachable;
import static dev.ifmatch.exchange.WriteExchangeTest.probing;
import static dev.ifmatch.exchange.WriteExchangeTest.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What becomes of a guarded write and of the lock when something fails, or somebody leaves. */
class WriteFaultTest {

  @Test
  void aWriteThatTheOriginMayStillCarryOutKeepsOthersOffForAWhile() {
    Play put = forwarded().tell(broken());
    put.gives("releaseLockAfterGrace", "reply 502 outcome-unknown");
    assertThat(put.port().answer().problem().refusal().isRetryable()).isFalse();
    forwarded()
        .tell(timedOut())
        .gives("releaseLockAfterGrace", "reply 504 outcome-unknown-timeout");
    forwarded()
        .tell(head(200), broken())
        .gives("releaseLockAfterGrace", "reply 502 outcome-unknown");
  }

  @Test
  void aWriteThatWasNeverSentLeavesTheLockAtOnceAndMayBeRepeated() {
    Play put = forwarded().tell(unreachable());
    put.gives("releaseLock", "reply 502 origin-unreachable");
    assertThat(put.port().answer().problem().refusal().isRetryable()).isTrue();
  }

  @Test
  void aGetThatIsMeantAsADeletionIsNotCalledSafeToRepeat() {
    Play get = probing("GET /notes/1", "X-HTTP-Method-Override: DELETE", "If-Match: #v1");
    get.tell(head(200), body("v1")).gives("forward GET /notes/1");
    get.tell(broken()).gives("releaseLockAfterGrace", "reply 502 outcome-unknown");
  }

  @Test
  void aProbeThatFailsLeavesTheWriteUnsent() {
    probing("PUT /notes/1", "If-Match: #v1")
        .tell(head(503))
        .gives("releaseLock", "reply 502 probe-failed");
    probing("PUT /notes/1", "If-Match: #v1")
        .tell(unreachable())
        .gives("releaseLock", "reply 502 probe-failed");
    probing("PUT /notes/1", "If-Match: #v1")
        .tell(head(200), timedOut())
        .gives("releaseLock", "reply 504 probe-timeout");
  }

  @Test
  void aCheckThatFailsBeforeTheUploadHasNoLockToGiveBack() {
    Play put = Play.of("PUT /notes/1", "If-Match: #v1", "Expect: 100-continue");
    put.tell(start(), broken()).gives("reply 502 probe-failed");
  }

  @Test
  void whatIsRefusedBeforeTheLockIsHeldLeavesNone() {
    Play.of("PUT /notes/1").tell(start(), bodyRefused()).gives("reply 413 body-too-large");
    waiting("PUT /notes/1").tell(lockRefused()).gives("reply 503 lock-timeout");
  }

  @Test
  void aClientThatLeavesEarlyLeavesNothingBehind() {
    Play.of("PUT /notes/1").tell(start(), clientGone()).gives();
    waiting("PUT /notes/1").tell(clientGone()).gives("abandonLock");
    probing("PUT /notes/1").tell(clientGone()).gives("releaseLock", "abort");
    probing("PUT /notes/1").tell(head(200), clientGone()).gives("releaseLock", "abort");
    Play.of("PUT /notes/1", "Expect: 100-continue").tell(start(), clientGone()).gives("abort");
  }

  @Test
  void aClientThatLeavesOnceTheOriginHasTheWriteLeavesTheLockHeldUntilItsAnswer() {
    Play put = forwarded();
    put.tell(clientGone()).gives();
    put.tell(head(200)).gives("drain");
    put.tell(body("done")).gives("releaseLock");
  }

  @Test
  void aClientThatLeavesWhileTheAnswerComesLeavesTheLockHeldUntilItsEnd() {
    Play put = forwarded().tell(head(200));
    put.tell(clientGone()).gives();
    put.tell(body("done")).gives("releaseLock");
  }

  @Test
  void anAnswerTooLargeToBeKeptIsNotLeftHangingWhenNobodyWantsIt() {
    forwarded().tell(head(200), clientGone(), overflow("much")).gives("releaseLock", "abort");
  }

  @Test
  void anOriginThatFailsAfterTheClientLeftKeepsOthersOffAllTheSame() {
    forwarded().tell(clientGone(), broken()).gives("releaseLockAfterGrace");
    forwarded().tell(head(200), clientGone(), timedOut()).gives("releaseLockAfterGrace");
    forwarded().tell(clientGone(), unreachable()).gives("releaseLock");
  }

  @Test
  void aClientThatLeavesDuringTheRereadEndsIt() {
    forwarded().tell(head(200), body("done"), clientGone()).gives("releaseLock", "abort");
  }

  private static Play forwarded() {
    Play put = Play.of("PUT /notes/1", "If-Match: #v1").tell(start(), bodyReceived(), granted());
    put.tell(head(200), body("v1")).gives("forward PUT /notes/1");
    return put;
  }
}
