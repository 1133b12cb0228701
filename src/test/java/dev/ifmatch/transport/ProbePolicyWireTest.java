package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.RouteTable;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code probe}: what the proxy's own reads ask, where, and with which words. */
class ProbePolicyWireTest {
  @RegisterExtension final Stage stage = new Stage();
  private final Store store = new Store().with("/a", "old").with("/a/version", "old");

  @Test
  void itsFieldsStandInPlaceOfTheWriters() throws IOException {
    stage.open(
        store,
        policy()
            .probeField("X-Consistency", "strong")
            .probeField("x-tenant", "one")
            .probeField("X-Tenant", "two")
            .probeField("Cache-Control", "no-store")
            .everywhere());
    String[] own = {"X-Tenant: mine", "X-TENANT: mine too", "X-Other: o"};
    stage.put("/a", "new", "If-Match: *", own[0], own[1], own[2]);

    assertThat(stage.origin().requests("GET"))
        .hasSize(2)
        .allSatisfy(
            read -> {
              assertThat(read.fields("X-Consistency")).containsExactly("strong");
              assertThat(read.fields("X-Tenant")).containsExactly("one", "two");
              assertThat(read.fields("Cache-Control")).containsExactly("no-store");
              assertThat(read.fields("X-Other")).containsExactly("o");
            });
    assertThat(stage.only("PUT").head()).contains(own).doesNotContain("X-Consistency");
  }

  @Test
  void aReadOfTheClientsIsNotOne() throws IOException {
    stage.open(
        store, policy().probeField("X-A", "b").probeAccept("text/x").probePath("/b").everywhere());
    stage.get("/a", "Accept: text/plain");
    assertThat(stage.only("GET").target()).isEqualTo("/a");
    assertThat(stage.only("GET").fields("Accept")).containsExactly("text/plain");
    assertThat(stage.only("GET").fields("X-A")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Accept: text/html", "Accept: */*", "Content-Type: application/xml", "X-A: b"})
  void itsMediaTypeIsTheRoutes(String field) throws IOException {
    stage.open(store, policy().probeAccept("application/json, text/*;q=0.5").everywhere());
    stage.put("/a", "new", "If-Match: *", field);
    assertThat(stage.origin().requests("GET"))
        .hasSize(2)
        .allSatisfy(
            read ->
                assertThat(read.fields("Accept"))
                    .containsExactly("application/json, text/*;q=0.5"));
    assertThat(stage.only("PUT").head()).contains(field);
  }

  @Test
  void aCheaperReadTakesTheResourcesPlace() throws IOException {
    stage.open(
        store,
        new RouteTable(
            List.of(policy().probePath("/{name}/version").route("/{name}")), RoutePolicy.DEFAULT));
    String tag = stage.get("/a").tag();
    stage.origin().forget();
    Reply reply = stage.put("/a?x=y", "new", "If-Match: " + tag);
    assertThat(reply.status()).isEqualTo(201);
    assertThat(stage.asked()).containsExactly("GET /a/version", "PUT /a?x=y", "GET /a/version");
  }

  /** It is still the resource that is locked, whoever is asked about it. */
  @Test
  void aCheaperReadLocksTheResource() throws Exception {
    stage.open(
        store,
        new RouteTable(
            List.of(policy().probePath("/a/version").route("/a", "PUT")), RoutePolicy.DEFAULT));
    Hold hold = new Hold(store::serve);
    stage.origin().play(Phase.WRITE.once(hold, store));
    try (RawClient put = stage.proxy().connect();
        RawClient delete = stage.proxy().connect()) {
      put.send(Stage.request("PUT", "/a", "new", "If-Match: *"));
      hold.awaitArrival();
      delete.send(Stage.request("DELETE", "/a", "", "If-Match: *"));
      stage.proxy().fence();
      assertThat(stage.asked()).containsExactly("GET /a/version", "PUT /a");
      hold.letGo();
      assertThat(put.read().status()).isEqualTo(200);
      assertThat(delete.read().status()).isEqualTo(204);
    }
  }

  /** What was seen somewhere else does not speak for a writer who looks at the resource. */
  @Test
  void aSightingAtOneReadIsNotOneAtTheOther() throws Exception {
    stage.open(
        store,
        new RouteTable(
            List.of(policy().probePath("/a/version").route("/a", "PUT")), RoutePolicy.DEFAULT));
    Hold hold = new Hold(store::serve);
    stage.origin().play(Phase.WRITE.once(hold, store));
    String tag = stage.get("/a").tag();
    stage.origin().forget();
    try (RawClient put = stage.proxy().connect();
        RawClient patch = stage.proxy().connect()) {
      put.send(Stage.request("PUT", "/a", "new", "If-Match: " + tag));
      hold.awaitArrival();
      patch.send(Stage.request("PATCH", "/a", "", "If-Match: " + tag));
      stage.proxy().fence();
      hold.letGo();
      assertThat(put.read().status()).isEqualTo(200);
      assertThat(Stage.told(patch.read())).isEqualTo("412 stale");
    }
    assertThat(stage.asked())
        .containsExactly("GET /a/version", "PUT /a", "GET /a/version", "GET /a");
  }
}
