package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.RouteTable;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An unsafe method that a route names is a guarded write, of its own target where none is named.
 */
class NamedMethodWireTest {
  @RegisterExtension final Stage stage = new Stage();
  private final Store store = new Store().with("/queue", "1, 2").with("/other", "x");

  @BeforeEach
  void open() throws IOException {
    stage.open(
        store,
        new RouteTable(
            List.of(policy().route("/queue", "POST", "MKCOL"), policy().route("/all/**")),
            RoutePolicy.DEFAULT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "MKCOL"})
  void itIsCheckedAgainstItsOwnTarget(String method) throws IOException {
    assertThat(Stage.told(stage.send(method, "/queue", "3"))).isEqualTo("428 missing");
    String tag = stage.get("/queue").tag();
    stage.origin().forget();

    assertThat(Stage.told(stage.send(method, "/queue", "3", "If-Match: \"x\"")))
        .isEqualTo("412 stale");
    assertThat(stage.send(method, "/queue", "3", "If-Match: " + tag).body()).isEqualTo("done");
    assertThat(stage.asked()).containsExactly("GET /queue", "GET /queue", method + " /queue");
  }

  /** RFC 9110 §9.3.3: what a POST answers with need not be the target's new representation. */
  @Test
  void itsAnswerCarriesNoTagOfOurs() throws IOException {
    assertThat(stage.send("POST", "/queue", "3", "If-Match: *").head()).doesNotContain("ETag");
  }

  @Test
  void itWaitsForOtherWritesToTheTarget() throws Exception {
    Hold hold = new Hold(store::serve);
    stage.origin().play(Phase.POST.once(hold, store));
    try (RawClient post = stage.proxy().connect();
        RawClient put = stage.proxy().connect()) {
      post.send(Stage.request("POST", "/queue", "3", "If-Match: *"));
      hold.awaitArrival();
      put.send(Stage.request("PUT", "/queue", "", "If-Match: *"));
      stage.proxy().fence();
      assertThat(stage.asked()).containsExactly("GET /queue", "POST /queue");
      hold.letGo();
      assertThat(post.read().status()).isEqualTo(200);
      assertThat(put.read().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST /other", "POST /all/1", "LOCK /queue", "POST /queue/1"})
  void whatIsNotNamedPasses(String request) throws IOException {
    String[] line = request.split(" ", 2);
    assertThat(stage.send(line[0], line[1], "3").body()).isEqualTo("done");
    assertThat(stage.asked()).containsExactly(request);
  }
}
