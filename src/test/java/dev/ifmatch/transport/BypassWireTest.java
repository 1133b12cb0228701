package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Writers that go around the proxy: when they are seen, and when they are not. */
class BypassWireTest {
  @RegisterExtension final Stage stage = new Stage();
  private final Store store = new Store().with("/a", "old");
  private final CheckingStore checking = new CheckingStore("old");

  private static Function<Heard, HostileOrigin.Act> justBeforeAWrite(
      Runnable change, HostileOrigin.Act backend) {
    return heard ->
        peer -> {
          if (heard.isWrite()) {
            change.run();
          }
          backend.on(peer);
        };
  }

  private Reply putFromWhatIsRead() throws IOException {
    String tag = stage.get("/a").tag();
    return stage.put("/a", "through the proxy", "If-Match: " + tag);
  }

  @Test
  void whoCameBeforeTheProbeIsNotErased() throws IOException {
    stage.open(store, policy().everywhere());
    String tag = stage.get("/a").tag();
    store.with("/a", "past the proxy");

    assertThat(Stage.told(stage.put("/a", "new", "If-Match: " + tag))).isEqualTo("412 stale");
    assertThat(store.text("/a")).isEqualTo("past the proxy");
  }

  /** No proxy can see this one: it is why all writers have to go through it. */
  @Test
  void whoComesBetweenTheProbeAndTheWriteIsErased() throws IOException {
    stage.open(
        justBeforeAWrite(() -> store.with("/a", "past the proxy"), store::serve),
        policy().everywhere());

    assertThat(putFromWhatIsRead().status()).isEqualTo(200);
    assertThat(store.text("/a")).isEqualTo("through the proxy");
  }

  @Test
  void aBackendThatChecksItsOwnTagsRefusesEvenThen() throws IOException {
    stage.open(
        justBeforeAWrite(() -> checking.change("past the proxy"), checking::serve),
        policy().everywhere());

    Reply refused = putFromWhatIsRead();
    assertThat(refused.status()).isEqualTo(412);
    assertThat(refused.field("Server")).contains("careful");
    assertThat(checking.text()).isEqualTo("past the proxy");
  }

  @Test
  void aStateThatCameBackIsTheStateThatWasRead() throws IOException {
    stage.open(store, policy().everywhere());
    String tag = stage.get("/a").tag();
    store.with("/a", "something else").with("/a", "old");

    assertThat(stage.put("/a", "new", "If-Match: " + tag).status()).isEqualTo(200);
  }
}
