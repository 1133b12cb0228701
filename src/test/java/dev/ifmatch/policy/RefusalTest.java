package dev.ifmatch.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.http.FieldList;
import dev.ifmatch.http.Method;
import dev.ifmatch.http.RequestHead;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # refusal,               status, source, sent,  retryable, unknown, retry-after
          MALFORMED_REQUEST,       400,    CLIENT, false, false,     false,   false
          AMBIGUOUS_TARGET,        400,    CLIENT, false, false,     false,   false
          MALFORMED_PRECONDITION,  400,    CLIENT, false, false,     false,   false
          CONNECT_NOT_SUPPORTED,   405,    CLIENT, false, false,     false,   false
          REQUEST_TIMEOUT,         408,    CLIENT, false, true,      false,   false
          BODY_MALFORMED,          400,    CLIENT, true,  false,     false,   false
          BODY_TIMEOUT,            408,    CLIENT, true,  false,     false,   false
          BODY_TOO_LARGE,          413,    CLIENT, false, false,     false,   false
          TARGET_TOO_LONG,         414,    CLIENT, false, false,     false,   false
          HEAD_TOO_LARGE,          431,    CLIENT, false, false,     false,   false
          UNKNOWN_TRANSFER_CODING, 501,    CLIENT, false, false,     false,   false
          STALE,                   412,    CLIENT, false, false,     false,   false
          ALREADY_APPLIED,         412,    CLIENT, false, false,     false,   false
          WEAK_TAG,                412,    CLIENT, false, false,     false,   false
          ABSENT,                  412,    CLIENT, false, false,     false,   false
          EXISTS,                  412,    CLIENT, false, false,     false,   false
          MODIFIED,                412,    CLIENT, false, false,     false,   false
          UNDATED,                 412,    CLIENT, false, false,     false,   false
          READ_PRECONDITION,       412,    CLIENT, true,  false,     false,   false
          UNVERIFIABLE,            412,    ORIGIN, false, false,     false,   false
          MISSING,                 428,    CLIENT, false, false,     false,   false
          LOCK_TIMEOUT,            503,    LOCK,   false, true,      false,   true
          LOCK_QUEUE_FULL,         503,    LOCK,   false, true,      false,   true
          ORIGIN_BUSY,             503,    PROXY,  false, true,      false,   true
          PROBE_FAILED,            502,    ORIGIN, false, true,      false,   false
          PROBE_TIMEOUT,           504,    ORIGIN, false, true,      false,   false
          ORIGIN_UNREACHABLE,      502,    ORIGIN, false, true,      false,   false
          ORIGIN_FAILED,           502,    ORIGIN, true,  true,      false,   false
          ORIGIN_TIMEOUT,          504,    ORIGIN, true,  true,      false,   false
          OUTCOME_UNKNOWN,         502,    ORIGIN, true,  false,     true,    false
          OUTCOME_UNKNOWN_TIMEOUT, 504,    ORIGIN, true,  false,     true,    false
          EXCHANGE_TIMEOUT,        504,    PROXY,  false, true,      false,   false
          SPOOL_FAILED,            503,    PROXY,  false, true,      false,   true
          """)
  void saysWhatBecameOfTheRequest(
      Refusal refusal,
      int status,
      RefusalSource source,
      boolean sent,
      boolean retryable,
      boolean unknown,
      boolean retryAfter) {
    assertThat(refusal.status()).isEqualTo(status);
    assertThat(refusal.source()).isEqualTo(source);
    assertThat(refusal.wasSent()).as("sent").isEqualTo(sent);
    assertThat(refusal.isRetryable()).as("retryable").isEqualTo(retryable);
    assertThat(refusal.outcomeUnknown()).as("outcome unknown").isEqualTo(unknown);
    assertThat(refusal.hasRetryAfter()).as("Retry-After").isEqualTo(retryAfter);
  }

  @Test
  void theTableAboveHasAll() {
    assertThat(Refusal.values()).hasSize(33);
  }

  @ParameterizedTest
  @EnumSource
  void hasWords(Refusal refusal) {
    String detail = render(refusal, "PUT", "/notes/1");

    assertThat(refusal.title()).matches("[A-Z].*[^.:]").hasSizeLessThan(60);
    assertThat(refusal.type()).matches("urn:ifmatch:problem:[a-z-]+");
    assertThat(refusal).hasToString(refusal.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    assertThat(detail)
        .matches("[A-Z].*(\\.|WHY)")
        .doesNotContain("{", "}", ".. ", ";;", " ,", " .")
        .hasSizeLessThan(330);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CONNECT_NOT_SUPPORTED")
  void theWordsAgreeWithTheFacts(Refusal refusal) {
    String detail = render(refusal, "PUT", "/notes/1");
    boolean saysNotSent = detail.contains("was not sent") || detail.contains("Nothing was ");

    assertThat(saysNotSent)
        .as("says that it was not sent: %s", detail)
        .isEqualTo(!refusal.wasSent());
    assertThat(detail.contains("may or may not have been applied"))
        .as("says that the outcome is unknown: %s", detail)
        .isEqualTo(refusal.outcomeUnknown());
    assertThat(detail.matches(".*[Rr]etrying is safe\\."))
        .as("says that retrying is safe: %s", detail)
        .isEqualTo(refusal.isRetryable());
  }

  /** Refusals of what was not read far enough to have a method and a target. */
  @ParameterizedTest
  @EnumSource(names = {"MALFORMED_REQUEST", "REQUEST_TIMEOUT", "TARGET_TOO_LONG", "HEAD_TOO_LARGE"})
  void thoseOfAnUnreadableRequestNeedNoTarget(Refusal refusal) {
    assertThat(Problem.ofUnreadable(refusal, "WHY").detail())
        .matches("The (request|path)\\b[^{}]* WHY\\..*")
        .doesNotContain("  ");
  }

  /** A write that the proxy refused for its precondition is never worth the same again. */
  @Test
  void whatIsRefusedForAPreconditionHasOneTypeForEachStatus() {
    Set<Integer> preconditions = Set.of(412, 428);
    List<Refusal> found =
        Arrays.stream(Refusal.values()).filter(r -> preconditions.contains(r.status())).toList();

    assertThat(found).noneMatch(Refusal::isRetryable).hasSize(10);
    assertThat(found.stream().map(Refusal::type))
        .containsOnly(
            "urn:ifmatch:problem:precondition-failed", "urn:ifmatch:problem:precondition-required");
    assertThat(
            EnumSet.allOf(Refusal.class).stream()
                .filter(Refusal::outcomeUnknown)
                .map(Refusal::type))
        .containsOnly("urn:ifmatch:problem:outcome-unknown");
  }

  private static String render(Refusal refusal, String method, String target) {
    RequestHead request = new RequestHead(new Method(method), target, new FieldList());
    return Problem.of(refusal, request, "WHY").detail();
  }
}
