package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.Mode;
import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.RoutePolicy.Star;
import dev.ifmatch.policy.RoutePolicy.Unverifiable;
import dev.ifmatch.policy.RouteTable;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a backend may read as a guarded write is treated as one, though it can be read otherwise.
 */
class EvasionWireTest {
  @RegisterExtension final Stage stage = new Stage();

  private void open(RouteTable routes) throws IOException {
    stage.open(heard -> peer -> peer.answer("200 OK", "order"), routes);
  }

  private void assertNothingWasWritten() {
    assertThat(stage.origin().heads()).filteredOn(Heard::isWrite).isEmpty();
  }

  /** Servers that take an encoded slash for one, or fold slashes, resolve these to an order. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/open/..%2Forders/1",
        "/open/..%2forders%2f1",
        "/open/..\\orders\\1",
        "/open/x%2F..%2F..%2Forders/1",
        "/orders/1//../../open/x",
      })
  void aPathThatMayLeadOutOfWhatIsNotGuardedIsNotPassedOn(String target) throws IOException {
    open(new RouteTable(List.of(policy().mode(Mode.OFF).route("/open/**")), RoutePolicy.DEFAULT));
    assertThat(Stage.told(stage.put(target, "new"))).isEqualTo("400 ambiguous-target");
    assertNothingWasWritten();
  }

  /** Most frameworks obey an override on POST only, and only if it names a method they know. */
  @ParameterizedTest
  @CsvSource({
    "POST, PATCH",
    "POST, DELETE",
    "POST, MKCOL",
    "POST, NONSENSE",
    "PUT,  PATCH",
    "PUT,  POST",
    "PUT,  NONSENSE",
    "PUT,  GET",
    "POST, GET",
  })
  void anOverrideDoesNotLeadAroundTheRouteOfTheMethodThatWasSent(String method, String override)
      throws IOException {
    open(
        new RouteTable(
            List.of(policy().guarded("/orders/{id}/approval", "/orders/{id}", "POST", "PUT")),
            policy().mode(Mode.OFF).build()));
    Reply reply =
        stage.send(method, "/orders/1/approval", "x", "X-HTTP-Method-Override: " + override);
    assertThat(Stage.told(reply)).isEqualTo("428 missing");
    assertNothingWasWritten();
  }

  /** That some other state is not there does not say which one was read. */
  @Test
  void whereAStarIsNotEnoughItIsNotEnoughBesideAnotherConditionEither() throws IOException {
    open(policy().star(Star.DENY).everywhere());
    Reply reply = stage.put("/orders/1", "new", "If-Match: *", "If-None-Match: \"x\"");
    assertThat(Stage.told(reply)).isEqualTo("428 missing");
    assertNothingWasWritten();
  }

  /** What is asked for that nobody has must not make the state untold. */
  @ParameterizedTest
  @CsvSource({
    "If-Match: \"text/forged~x\",      Accept: text/html",
    "If-Match: \"~xx~x\",              Accept: text/html",
    "If-Match: *,                      Accept: text/forged",
    "If-Match: \"x\",                  Accept: text/forged;q=0.9",
    "If-Match: \"x\",                  Accept-Language: xx",
  })
  void whatNobodyHasDoesNotMakeAWriteUnverifiable(String condition, String accept)
      throws IOException {
    open(policy().unverifiable(Unverifiable.ALLOW).everywhere());
    answeringWhatNobodyHas("406 Not Acceptable");
    assertThat(stage.put("/orders/1", "new", condition, accept).status()).isEqualTo(412);
    assertNothingWasWritten();
  }

  /** Some frameworks know no 406, and say that there is nothing of that kind. */
  @ParameterizedTest
  @ValueSource(strings = {"If-None-Match: \"text/forged~x\"", "If-None-Match: \"~xx~x\""})
  void whatNobodyHasDoesNotMakeAResourceAbsent(String condition) throws IOException {
    open(policy().everywhere());
    answeringWhatNobodyHas("404 Not Found");
    assertThat(stage.put("/orders/1", "new", condition).status()).isBetween(400, 499);
    assertNothingWasWritten();
  }

  private void answeringWhatNobodyHas(String status) {
    stage
        .origin()
        .play(
            heard ->
                peer -> {
                  String asked = heard.fields("Accept") + " " + heard.fields("Accept-Language");
                  boolean nobodyHas = asked.contains("text/forged") || asked.contains("[xx]");
                  peer.answer(nobodyHas && !heard.isWrite() ? status : "200 OK", "order");
                });
  }

  /**
   * RFC 9110 §12.4.2: with a weight of zero it would ask for anything else. No tag of ours does.
   */
  @Test
  void aVariantHasNoWeight() throws IOException {
    open(policy().everywhere());
    stage.put("/orders/1", "new", "If-Match: \"text/html;q=0~x\"", "Accept: text/mine");
    assertThat(stage.only("GET").fields("Accept")).containsExactly("text/mine");
  }
}
