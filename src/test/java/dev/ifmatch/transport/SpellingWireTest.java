package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.Mode;
import dev.ifmatch.policy.RouteTable;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a path is spelled, it does not get around its route to one that asks for less. */
class SpellingWireTest {

  /** Only the orders are guarded. */
  private static final RouteTable ROUTES =
      new RouteTable(
          List.of(
              policy().route("/orders/{id}"),
              policy().guarded("/orders/{id}/lines/{n}", "/orders/{id}"),
              policy().mode(Mode.OFF).route("/open/**")),
          policy().mode(Mode.OFF).build());

  @RegisterExtension final Stage stage = new Stage();

  /** A backend that finds its order whatever it is called. */
  @BeforeEach
  void open() throws IOException {
    stage.open(heard -> peer -> peer.answer("200 OK", "order"), ROUTES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/orders/1",
        "/Orders/1",
        "/ORDERS/1",
        "//orders/1",
        "/orders//1",
        "/orders/1/",
        "/orders/1//",
        "/./orders/1",
        "/orders/./1",
        "/orders/1/.",
        "/%6Frders/1",
        "/%6frder%73/%31",
        "/orders%2F1",
        "/orders%2f1",
        "/orders%2F%2F1",
        "/orders\\1",
        "/orders%5C1",
        "/orders/%2e/1",
        "/orders;x/1",
        "/orders/1;x",
        "/orders/1;x=y;z",
        "/orders/1/;x",
        "/orders/1?x=y",
        "/orders/1?/open/a",
        "http://h/orders/1",
        "HTTP://elsewhere/orders/1",
        "http://h//orders/1",
        "/orders/1/lines/2",
        "/orders%2F1/lines/2",
        "/orders/1/lines%2F2",
        "/orders/1/LINES/2/",
        "/orders/1;x/lines;y/2;z",
      })
  void anOddSpellingIsGuardedToo(String target) throws IOException {
    assertThat(Stage.told(stage.put(target, "new"))).isEqualTo("428 missing");
    assertThat(stage.origin().heads()).extracting(Heard::method).containsExactly("GET");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/open/../orders/1",
        "/open/%2e%2e/orders/1",
        "/open/.%2E/orders/1",
        "/orders/x/../1",
        "/orders/1/lines/2/..%2f..%2f",
        "/../orders/1",
        "/open/..;x/orders/1",
      })
  void whatLeadsUpToAnOrderIsRefused(String target) throws IOException {
    assertThat(Stage.told(stage.put(target, "new"))).isEqualTo("400 ambiguous-target");
    assertThat(stage.origin().heads()).isEmpty();
  }

  /** They are other resources; the test above could not tell if everything were guarded. */
  @ParameterizedTest
  @ValueSource(strings = {"/orders", "/orders/1/x", "/order/1", "/orders1", "/open/orders/1"})
  void whatIsNoOrderIsNotGuarded(String target) throws IOException {
    assertThat(Stage.told(stage.put(target, "new"))).isEqualTo("200");
    assertThat(stage.origin().heads()).extracting(Heard::method).containsExactly("PUT");
  }
}
