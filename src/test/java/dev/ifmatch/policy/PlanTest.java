package dev.ifmatch.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import dev.ifmatch.http.EntityTag;
import dev.ifmatch.http.FieldList;
import dev.ifmatch.http.HttpDate;
import dev.ifmatch.http.Method;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.http.TagCondition;
import dev.ifmatch.representation.HashAlgorithm;
import dev.ifmatch.representation.TagRecipe;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {
  private static final RouteTable DEFAULT = RouteTable.of(RoutePolicy.DEFAULT);
  private static final String DATE = "Sun, 06 Nov 1994 08:49:37 GMT";

  /** Whether the request is conditional never makes a difference but to other unsafe methods. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # method | override | without condition | with one
          GET      |          | read              | read
          HEAD     |          | read              | read
          OPTIONS  |          | relay             | relay
          TRACE    |          | relay             | relay
          PROPFIND |          | relay             | relay
          POST     |          | relay             | write POST
          LOCK     |          | relay             | write LOCK
          put      |          | write PUT         | write PUT
          PUT      |          | write PUT         | write PUT
          PATCH    |          | write PATCH       | write PATCH
          DELETE   |          | write DELETE      | write DELETE
          POST     | PUT      | write PUT         | write PUT
          POST     | PATCH    | write PATCH       | write PATCH
          POST     | DELETE   | write DELETE      | write DELETE
          POST     | delete   | write DELETE      | write DELETE
          POST     | GET      | relay             | write POST
          POST     | LOCK     | relay             | write LOCK
          GET      | DELETE   | write DELETE      | write DELETE
          GET      | POST     | relay             | write POST
          HEAD     | PUT      | write PUT         | write PUT
          OPTIONS  | PUT      | write PUT         | write PUT
          PUT      | GET      | write PUT         | write PUT
          PUT      | DELETE   | write DELETE      | write DELETE
          DELETE   | POST     | write POST        | write POST
          """)
  void theMethodDecides(String method, String override, String without, String with) {
    List<FieldList> conditions =
        List.of(
            FieldList.of("If-Match", "\"a\""),
            FieldList.of("if-match", "*"),
            FieldList.of("If-None-Match", "*"),
            FieldList.of("If-Unmodified-Since", DATE));
    for (Mode mode : Mode.values()) {
      boolean off = mode == Mode.OFF;
      assertThat(plan(method, override, new FieldList(), mode)).isEqualTo(off ? "relay" : without);
      conditions.forEach(
          fields ->
              assertThat(plan(method, override, fields.copy(), mode))
                  .isEqualTo(off ? "relay" : with));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"If-Modified-Since", "If-Range", "Range"})
  void noOtherFieldMakesAPostConditional(String name) {
    assertThat(plan("POST", null, FieldList.of(name, DATE), Mode.REQUIRE)).isEqualTo("relay");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-HTTP-Method-Override",
        "x-http-method-override",
        "X-HTTP-Method",
        "X-Method-Override"
      })
  void everyKnownOverrideIsObeyed(String name) {
    assertThat(plan("POST", null, FieldList.of(name, " Patch "), Mode.REQUIRE))
        .isEqualTo("write PATCH");
  }

  @Test
  void ofSeveralOverridesAWriteCounts() {
    FieldList fields =
        FieldList.of("X-HTTP-Method", "GET", "X-HTTP-Method", "PUT", "X-Method-Override", "LOCK");

    assertThat(plan("POST", null, fields, Mode.REQUIRE)).isEqualTo("write PUT");
  }

  @Test
  void aWriteKnowsWhatToLockAndWhatWasAsked() {
    RoutePolicy policy =
        RoutePolicy.DEFAULT.with(Mode.OPTIONAL).with(TagRecipe.DEFAULT.with(HashAlgorithm.MD5));
    FieldList fields = FieldList.of("If-Match", "\"a\"", "If-Modified-Since", DATE);

    Plan.Write plan =
        (Plan.Write)
            Plan.of(new RequestHead(Method.PUT, "/a/%62/?q=1", fields), RouteTable.of(policy));

    assertThat(plan.key()).isEqualTo(ResourceKey.of("/a/b"));
    assertThat(plan.conditions().ifMatch())
        .contains(new TagCondition.OneOf(List.of(EntityTag.strong("a"))));
    assertThat(plan.conditions().ifModifiedSince()).isEmpty();
    assertThat(plan.policy()).isEqualTo(policy);
  }

  @Test
  void aReadKnowsWhatWasAskedAndPassesOverWhatCannotBeRead() {
    FieldList fields = FieldList.of("If-None-Match", "unquoted", "If-Modified-Since", DATE);

    Plan.Read plan = (Plan.Read) Plan.of(new RequestHead(Method.GET, "/a", fields), DEFAULT);

    assertThat(plan.conditions().ifNoneMatch()).isEmpty();
    assertThat(plan.conditions().ifModifiedSince()).contains(HttpDate.parse(DATE));
    assertThat(plan.policy()).isEqualTo(RoutePolicy.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT,    If-Match,            abc",
    "PATCH,  If-None-Match,       abc",
    "DELETE, If-Unmodified-Since, yesterday",
    "POST,   If-Match,            abc",
  })
  void aMalformedPreconditionOfAWriteIsRefusedByName(String method, String name, String value) {
    RequestHead request = new RequestHead(Method.of(method), "/a", FieldList.of(name, value));

    Problem problem = ((Plan.Refuse) Plan.of(request, DEFAULT)).problem();

    assertAll(
        () -> assertThat(problem.refusal()).isEqualTo(Refusal.MALFORMED_PRECONDITION),
        () -> assertThat(problem.detail()).startsWith(method + " /a ").contains(name + ": "));
  }

  @Test
  void aWriteToAnAmbiguousPathIsRefused() {
    RequestHead request = new RequestHead(Method.PUT, "/a/%2e./b", FieldList.of("If-Match", "*"));

    assertThat(((Plan.Refuse) Plan.of(request, DEFAULT)).problem().refusal())
        .isEqualTo(Refusal.AMBIGUOUS_TARGET);
    assertThat(Plan.of(request.with(Method.GET), DEFAULT)).isInstanceOf(Plan.Read.class);
  }

  private static String plan(String method, String override, FieldList fields, Mode mode) {
    if (override != null) {
      fields.add("X-HTTP-Method-Override", override);
    }
    RouteTable routes = RouteTable.of(RoutePolicy.DEFAULT.with(mode));
    Plan plan = Plan.of(new RequestHead(Method.of(method), "/a", fields), routes);
    if (plan instanceof Plan.Write write) {
      return "write " + write.method();
    }
    return plan instanceof Plan.Read ? "read" : plan instanceof Plan.Relay ? "relay" : "refuse";
  }
}
