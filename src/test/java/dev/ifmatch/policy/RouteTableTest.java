package dev.ifmatch.policy;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ifmatch.http.FieldList;
import dev.ifmatch.http.Method;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.representation.HashAlgorithm;
import dev.ifmatch.representation.TagRecipe;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which route holds, and what a plan makes of it. */
class RouteTableTest {
  private static final RouteTable TABLE =
      new RouteTable(
          List.of(
              policy().route("/**", "PATCH"),
              policy().mode(Mode.OPTIONAL).route("/orders/**"),
              policy().mode(Mode.OFF).route("/health"),
              policy().tag(TagRecipe.DEFAULT.with(HashAlgorithm.MD5)).route("/orders/{id}", "GET"),
              policy().route("/orders/{id}", "POST"),
              policy().guarded("/orders/{id}/approve", "/orders/{id}?full=1"),
              policy().guarded("/orders/{id}/lines/{n}", "/orders/{id}")),
          RoutePolicy.DEFAULT);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET    | /                      | /**
          PATCH  | /                      | /** PATCH
          PATCH  | /orders                | /orders/**
          GET    | /orders/7              | /orders/{id} GET
          POST   | /orders/7              | /orders/{id} POST
          PUT    | /orders/7              | /orders/**
          POST   | /orders/7/approve      | /orders/{id}/approve
          POST   | /Orders/7//APPROVE/    | /orders/{id}/approve
          POST   | /orders/7/approve;x=1  | /orders/{id}/approve
          POST   | /orders%2F7/approve    | /orders/{id}/approve
          POST   | /orders\\7\\approve    | /orders/{id}/approve
          POST   | /orders/a%2Fb/approve  | /orders/{id}/approve
          PUT    | /health%2Fx            | /**
          PUT    | /x%2F..%2Fhealth       | /**
          PUT    | /orders/7/lines/2      | /orders/{id}/lines/{n}
          GET    | /health                | /health
          GET    | /health/x              | /**
          GET    | http://h/health?x      | /health
          """)
  void theMostSpecificThatFitsHolds(String method, String target, String expected) {
    Route route = TABLE.route(Method.of(method), target);

    String methods = String.join(" ", route.methods().stream().map(Method::name).toList());
    assertThat((route.path() + " " + methods).trim()).isEqualTo(expected);
  }

  @Test
  void ofEqualsTheFirstHolds() {
    Route first = policy().mode(Mode.OFF).route("/a/{x}");
    Route second = policy().mode(Mode.OPTIONAL).route("/a/{y}");

    assertThat(
            new RouteTable(List.of(first, second), RoutePolicy.DEFAULT).route(Method.GET, "/a/1"))
        .isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PUT    | /a                  | /a           | /a                 | false | SHA_256
          PUT    | /orders/7?x=1       | /orders/7    | /orders/7?x=1      | false | MD5
          POST   | /orders/7           | /orders/7    | /orders/7          | false | MD5
          POST   | /orders/Ab/approve  | /orders/ab   | /orders/Ab?full=1  | true  | MD5
          DELETE | /orders/7/lines/2   | /orders/7    | /orders/7          | true  | MD5
          """)
  void aWriteLocksAndProbesWhatGuardsItAndComparesTheTagsOfItsReads(
      String method,
      String target,
      String key,
      String probed,
      boolean elsewhere,
      HashAlgorithm hash) {
    Plan.Write write = (Plan.Write) plan(method, target);

    assertThat(write.key()).hasToString(key);
    assertThat(write.guarded().target()).isEqualTo(probed);
    assertThat(write.guarded().probeTarget()).isEqualTo(probed);
    assertThat(write.guarded().elsewhere()).isEqualTo(elsewhere);
    assertThat(write.guarded().tag().hash()).isEqualTo(hash);
    assertThat(write.replaces()).isEqualTo(method.equals("PUT") && !elsewhere);
  }

  @Test
  void aProbeCanReadElsewhereWithoutLockingElsewhere() {
    RouteTable table =
        new RouteTable(
            List.of(policy().probePath("/primary/orders/{id}").route("/orders/{id}")),
            RoutePolicy.DEFAULT);
    Plan.Write write = (Plan.Write) Plan.of(request("PUT", "/orders/7"), table);

    assertThat(write.key()).hasToString("/orders/7");
    assertThat(write.guarded().elsewhere()).isFalse();
    assertThat(ProbeRequest.of(request("PUT", "/orders/7"), write).target())
        .isEqualTo("/primary/orders/7");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,  /health",
    "PUT,  /health",
    "GET,  /orders/7/lines/2",
    "HEAD, /orders/7/approve",
    "POST, /orders",
    "OPTIONS, /orders/7/approve",
  })
  void whatIsOffAndTheReadsOfWhatIsGuardedElsewherePass(String method, String target) {
    assertThat(plan(method, target)).isInstanceOf(Plan.Relay.class);
  }

  @Test
  void oneRouteCanBeForAResourceAndAllBelowIt() {
    RouteTable table =
        new RouteTable(
            List.of(policy().guarded("/orders/{id}/**", "/orders/{id}")), RoutePolicy.DEFAULT);

    assertThat(Plan.of(request("GET", "/orders/7/"), table)).isInstanceOf(Plan.Read.class);
    assertThat(Plan.of(request("GET", "/orders/7?full=1"), table)).isInstanceOf(Plan.Relay.class);
    assertThat(Plan.of(request("GET", "/orders/7/lines"), table)).isInstanceOf(Plan.Relay.class);
    Plan.Write whole = (Plan.Write) Plan.of(request("PUT", "/orders/7"), table);
    Plan.Write part = (Plan.Write) Plan.of(request("PUT", "/orders/7/lines/2"), table);
    assertThat(whole.guarded().elsewhere()).isFalse();
    assertThat(part.guarded().elsewhere()).isTrue();
    assertThat(whole.key()).isEqualTo(part.key());
  }

  @ParameterizedTest
  @CsvSource({
    "/orders/{id}, /orders/{no}, '/orders/{no}: the path /orders/{id} has no variable {no}'",
    "/orders/**,   /orders/{id}, '/orders/{id}: the path /orders/** has no variable {id}'",
  })
  void aGuardHasOnlyVariablesOfItsPath(String path, String guard, String complaint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy().guarded(path, guard))
        .withMessage(complaint);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy().probePath(guard).route(path))
        .withMessage(complaint);
  }

  @ParameterizedTest
  @CsvSource({"PUT, /a/../b, abc", "PUT, /a/../b, '\"a\"'", "PUT, /a, abc"})
  void whatIsOnlyObservedIsPassedOnWithTheProblem(String method, String target, String ifMatch) {
    RequestHead request =
        new RequestHead(Method.of(method), target, FieldList.of("If-Match", ifMatch));

    Plan observed = Plan.of(request, policy().mode(Mode.OBSERVE).everywhere());
    Plan required = Plan.of(request, RouteTable.of(RoutePolicy.DEFAULT));

    assertThat(((Plan.Relay) observed).observed()).contains(((Plan.Refuse) required).problem());
  }

  private static Plan plan(String method, String target) {
    return Plan.of(request(method, target), TABLE);
  }

  private static RequestHead request(String method, String target) {
    return new RequestHead(Method.of(method), target, new FieldList());
  }
}
