package dev.ifmatch.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.http.EntityTag;
import dev.ifmatch.http.FieldList;
import dev.ifmatch.http.HttpDate;
import dev.ifmatch.http.Method;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.http.ResourceState;
import dev.ifmatch.policy.WriteDecision.ProbeAnswer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a probe's answer means for a write. */
class WriteDecisionTest {
  private static final Optional<EntityTag> CURRENT = Optional.of(EntityTag.strong("now"));
  private static final ResourceState ABSENT = new ResourceState.Absent();
  private static final ResourceState PRESENT =
      new ResourceState.Present(
          Optional.empty(), CURRENT, Optional.of(HttpDate.parse("Sun, 06 Nov 1994 12:00:00 GMT")));

  private static final Map<String, String> CONDITIONS =
      Map.of(
          "If-Match: current", "\"now\"",
          "If-Match: old", "\"old\"",
          "If-Match: weak", "W/\"now\"",
          "If-Match: *", "*",
          "If-None-Match: *", "*",
          "If-None-Match: current", "\"now\"",
          "If-None-Match: old", "\"old\"",
          "If-Unmod.-Since: before", "Sun, 06 Nov 1994 11:00:00 GMT",
          "If-Unmod.-Since: after", "Sun, 06 Nov 1994 13:00:00 GMT");

  /** Where two are named, the first is for mode require and the second for mode optional. */
  private static final String TABLE =
      """
      # probe   | condition               | PUT               | PATCH             | DELETE            | POST
      present   | none                    | MISSING/forward   | MISSING/forward   | MISSING/forward   | MISSING/forward
      present   | If-Match: current       | forward           | forward           | forward           | forward
      present   | If-Match: *             | forward           | forward           | forward           | forward
      present   | If-Match: old           | STALE             | STALE             | STALE             | STALE
      present   | If-Match: weak          | WEAK_TAG          | WEAK_TAG          | WEAK_TAG          | WEAK_TAG
      present   | If-None-Match: *        | EXISTS            | EXISTS            | EXISTS            | EXISTS
      present   | If-None-Match: current  | EXISTS            | EXISTS            | EXISTS            | EXISTS
      present   | If-None-Match: old      | MISSING/forward   | MISSING/forward   | MISSING/forward   | MISSING/forward
      present   | If-Unmod.-Since: before | MODIFIED          | MODIFIED          | MODIFIED          | MODIFIED
      present   | If-Unmod.-Since: after  | MISSING/forward   | MISSING/forward   | MISSING/forward   | MISSING/forward
      absent    | none                    | forward           | forward           | forward           | forward
      absent    | If-Match: current       | ABSENT            | relay             | relay             | relay
      absent    | If-Match: *             | ABSENT            | ABSENT            | ABSENT            | ABSENT
      absent    | If-Match: old           | ABSENT            | relay             | relay             | relay
      absent    | If-Match: weak          | ABSENT            | relay             | relay             | relay
      absent    | If-None-Match: *        | forward           | forward           | forward           | forward
      absent    | If-None-Match: current  | forward           | forward           | forward           | forward
      absent    | If-None-Match: old      | forward           | forward           | forward           | forward
      absent    | If-Unmod.-Since: before | ABSENT            | relay             | relay             | relay
      absent    | If-Unmod.-Since: after  | ABSENT            | relay             | relay             | relay
      """;

  @Test
  void everyStateMethodConditionAndModeIsDecidedAsTheTableSays() {
    List<List<String>> rows =
        TABLE
            .lines()
            .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::trim).toList())
            .toList();
    List<String> methods = rows.get(0).subList(2, 6);
    List<String> decided = new ArrayList<>();
    SoftAssertions softly = new SoftAssertions();
    for (List<String> row : rows.subList(1, rows.size())) {
      ResourceState state = row.get(0).equals("present") ? PRESENT : ABSENT;
      for (String method : methods) {
        String[] expected = row.get(2 + methods.indexOf(method)).split("/", -1);
        for (Mode mode : List.of(Mode.REQUIRE, Mode.OPTIONAL)) {
          String situation = String.join(", ", row.get(0), row.get(1), method, mode.toString());
          softly
              .assertThat(decide(state, row.get(1), method, mode))
              .as(situation)
              .isEqualTo(expected[mode == Mode.REQUIRE ? 0 : expected.length - 1]);
          decided.add(situation);
        }
      }
    }
    softly.assertAll();

    assertThat(decided)
        .doesNotHaveDuplicates()
        .hasSize(2 * (CONDITIONS.size() + 1) * methods.size() * 2);
  }

  @ParameterizedTest
  @CsvSource({
    "PRESENT,      200 203 204",
    "ABSENT,       404 410",
    "NOT_ADMITTED, 401 403 407 429",
    "UNVERIFIABLE, 201 202 205 206 207 226 300 301 302 303 304 307 308",
    "NOT_ACCEPTABLE, 406",
    "UNVERIFIABLE, 400 402 405 408 409 411 412 413 415 418 422 428 451 499 501",
    "FAILED,       500 502 503 504 505 507 511 599",
  })
  void theStatusOfAProbeSaysWhatItKnows(ProbeAnswer answer, String statuses) {
    assertThat(Arrays.stream(statuses.split(" ", -1)).map(Integer::valueOf).map(ProbeAnswer::of))
        .containsOnly(answer);
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUIRE", "OPTIONAL"})
  void aRefusalTellsTheCurrentTagWhereThereIsOne(Mode mode) {
    assertThat(decision(PRESENT, "If-Match: old", "PUT", mode))
        .isEqualTo(new WriteDecision.Refuse(Refusal.STALE, "", CURRENT));
    assertThat(decision(ABSENT, "If-Match: old", "PUT", mode))
        .isEqualTo(new WriteDecision.Refuse(Refusal.ABSENT, "", Optional.empty()));
  }

  @Test
  void aMissingPreconditionIsAnsweredWithTheOneToSend() {
    assertThat(decision(PRESENT, "none", "PUT", Mode.REQUIRE))
        .isEqualTo(new WriteDecision.Refuse(Refusal.MISSING, "\"now\"", CURRENT));
  }

  @ParameterizedTest
  @CsvSource({
    "none,              REQUIRE,  true",
    "none,              OPTIONAL, false",
    "If-Match: old,     REQUIRE,  true",
    "If-Match: old,     OPTIONAL, true",
    "If-None-Match: *,  OPTIONAL, true",
    "If-Unmod.-Since: after, OPTIONAL, true",
  })
  void onlyAnUnconditionalWriteInModeOptionalNeedsNoProbe(
      String condition, Mode mode, boolean needed) {
    assertThat(WriteDecision.needsProbe(plan(condition, "PUT", mode))).isEqualTo(needed);
  }

  private static String decide(ResourceState state, String condition, String method, Mode mode) {
    WriteDecision decision = decision(state, condition, method, mode);
    if (decision instanceof WriteDecision.Refuse refuse) {
      return refuse.refusal().name();
    }
    return decision instanceof WriteDecision.Forward ? "forward" : "relay";
  }

  private static WriteDecision decision(
      ResourceState state, String condition, String method, Mode mode) {
    return WriteDecision.of(plan(condition, method, mode), state, Optional.empty());
  }

  private static Plan.Write plan(String condition, String method, Mode mode) {
    FieldList fields = new FieldList();
    if (!condition.equals("none")) {
      String name = condition.substring(0, condition.indexOf(':')).replace("Unmod.", "Unmodified");
      fields.add(name, CONDITIONS.get(condition));
    }
    // a plain POST is relayed: as an overridden one it gets here without a condition too
    RoutePolicy policy = RoutePolicy.DEFAULT.with(mode);
    RequestHead request = new RequestHead(Method.PUT, "/a", fields);
    Plan.Write plan = (Plan.Write) Plan.of(request, RouteTable.of(policy));
    return new Plan.Write(plan.guarded(), plan.conditions(), Method.of(method), policy);
  }
}
