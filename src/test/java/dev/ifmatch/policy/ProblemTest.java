package dev.ifmatch.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ifmatch.http.EntityTag;
import dev.ifmatch.http.Field;
import dev.ifmatch.http.FieldList;
import dev.ifmatch.http.Method;
import dev.ifmatch.http.RequestHead;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTest {
  private static final Optional<EntityTag> CURRENT = Optional.of(EntityTag.strong("77ab"));
  private static final RequestHead PUT =
      new RequestHead(Method.PUT, "/api/customers/42/?q=%7b", new FieldList());

  @Test
  void aStaleWriteIsToldAllThatItNeeds() throws IOException {
    JsonNode json = json(Problem.of(Refusal.STALE, PUT, "").with(CURRENT));

    assertThat(json)
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {
                      "type": "urn:ifmatch:problem:precondition-failed",
                      "title": "The resource has changed since you read it",
                      "status": 412,
                      "detail": "PUT /api/customers/42/?q=%7b was not sent to the backend: your \
                    If-Match is not its current version. GET it again, apply your change to that, \
                    and send it with the new ETag.",
                      "instance": "/api/customers/42/?q=%7b",
                      "resource": "/api/customers/42/",
                      "reason": "stale",
                      "currentETag": "\\"77ab\\"",
                      "sent": false,
                      "retryable": false
                    }
                    """));
  }

  @Test
  void aWriteThatIsGuardedElsewhereIsToldWhere() throws IOException {
    RequestHead write = new RequestHead(Method.PUT, "/orders/7/lines/2", new FieldList());
    Plan.Guarded guard =
        ((Plan.Write)
                Plan.of(
                    write,
                    new RouteTable(
                        List.of(
                            PolicyBuilder.policy().guarded("/orders/{id}/**", "/orders/{id}?v=1")),
                        RoutePolicy.DEFAULT)))
            .guarded();
    Problem stale = Problem.of(Refusal.STALE, write, "").with(CURRENT).guardedBy(guard);
    Problem missing = Problem.of(Refusal.MISSING, write, "x").with(CURRENT).guardedBy(guard);

    assertThat(stale.detail())
        .startsWith("PUT /orders/7/lines/2 was not sent")
        .endsWith(" The version that counts is that of /orders/7?v=1.");
    assertThat(missing.detail())
        .endsWith("GET /orders/7?v=1 first and send its ETag back, e.g.  If-Match: x");
    assertThat(stale.fields())
        .contains(new Field("Guard-ETag", "\"77ab\""), new Field("Guard-Location", "/orders/7?v=1"))
        .noneMatch(field -> field.name().equals("ETag"));
    assertThat(json(stale).get("resource").asText()).isEqualTo("/orders/7");
    assertThat(Problem.of(Refusal.ABSENT, write, "").guardedBy(guard).fields())
        .noneMatch(field -> field.name().startsWith("Guard-"));
  }

  @Test
  void aMissingPreconditionIsSpelledOut() {
    Problem problem = Problem.of(Refusal.MISSING, PUT, "\"77ab\"");

    assertThat(problem.detail())
        .endsWith(
            "GET /api/customers/42/?q=%7b first and send its ETag back, e.g.  If-Match: \"77ab\"");
  }

  @ParameterizedTest
  @EnumSource
  void everyRefusalIsAProblemDocument(Refusal refusal) throws IOException {
    JsonNode json = json(Problem.of(refusal, PUT, "it is so"));

    assertThat(json.fieldNames())
        .toIterable()
        .contains("type", "title", "status", "detail", "instance", "reason", "sent", "retryable")
        .doesNotContain("currentETag");
    assertThat(json.get("status").intValue()).isEqualTo(refusal.status());
    assertThat(json.get("reason").textValue()).isEqualTo(refusal.toString());
    assertThat(json.get("sent").booleanValue()).isEqualTo(refusal.wasSent());
    assertThat(json.get("retryable").booleanValue()).isEqualTo(refusal.isRetryable());
    assertThat(json.path("outcome").asText("known"))
        .isEqualTo(refusal.outcomeUnknown() ? "unknown" : "known");
  }

  @Test
  void anUnreadableRequestHasNoInstance() throws IOException {
    JsonNode json = json(Problem.ofUnreadable(Refusal.HEAD_TOO_LARGE, "it is too large"));

    assertThat(json.fieldNames()).toIterable().doesNotContain("instance", "resource");
    assertThat(json.get("detail").textValue()).contains("not accepted: it is too large.");
  }

  @Test
  void whatTheClientSentIsQuotedNotInterpreted() throws IOException {
    RequestHead request =
        new RequestHead(new Method("P{why}"), "/\"\\{target}{why}$1\u00e9", new FieldList());
    Problem problem = Problem.of(Refusal.MALFORMED_PRECONDITION, request, "{request} \\$0 \u0001");

    assertThat(json(problem).get("detail").textValue())
        .isEqualTo(problem.detail())
        .startsWith("P{why} /\"\\{target}{why}$1\u00e9 was not sent")
        .contains(". {request} \\$0 \u0001. ");
    assertThat(json(problem).get("instance").textValue()).isEqualTo(request.target());
  }

  @Test
  void theAnswerSaysWhatItCarriesAndIsNeverStored() {
    Problem problem = Problem.of(Refusal.STALE, PUT, "").with(CURRENT);

    assertThat(problem.fields())
        .containsExactlyInAnyOrder(
            new Field("Content-Type", "application/problem+json"),
            new Field("Cache-Control", "no-store"),
            new Field("ETag", "\"77ab\""));
    assertThat(problem.with(Optional.empty()).fields())
        .extracting(Field::name)
        .doesNotContain("ETag");
  }

  @ParameterizedTest
  @EnumSource
  void onlyWhoShallComeBackIsToldWhen(Refusal refusal) {
    Problem problem = Problem.of(refusal, PUT, "it is so");

    assertThat(problem.fields().contains(new Field("Retry-After", "1")))
        .isEqualTo(refusal.status() == 503);
    assertThat(problem.fields().stream().anyMatch(field -> field.name().equals("Allow")))
        .isEqualTo(refusal.status() == 405);
  }

  @Test
  void aLogLineHasStatusReasonAndDetail() {
    assertThat(Problem.of(Refusal.LOCK_TIMEOUT, PUT, "5 s"))
        .hasToString(
            "503 lock-timeout: PUT /api/customers/42/?q=%7b was not sent to the backend: it waited"
                + " 5 s for other writes to finish. Retrying is safe.");
  }

  private static JsonNode json(Problem problem) throws IOException {
    return new ObjectMapper().readTree(new String(problem.toJson(), UTF_8));
  }
}
