package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.PolicyBuilder;
import dev.ifmatch.policy.RoutePolicy.WriteTag;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A backend whose reads are answered by a copy that is behind, unless they ask for better. */
class LaggingReplicaWireTest {
  private static final String STRICT = "X-Consistency";

  @RegisterExtension final Stage stage = new Stage();
  private final Store primary = new Store().with("/a", "old");
  private final Store replica = new Store().with("/a", "old");

  private void open(PolicyBuilder policy) throws IOException {
    stage.open(
        heard ->
            peer -> {
              boolean fromReplica = !heard.isWrite() && heard.field(STRICT).isEmpty();
              (fromReplica ? replica : primary).serve(peer);
            },
        policy.everywhere());
  }

  private Reply putAfterSomebodyElse() throws IOException {
    String tag = stage.get("/a").tag();
    primary.with("/a", "by somebody else");
    return stage.put("/a", "by me", "If-Match: " + tag);
  }

  /** The proxy sees what the backend shows it. */
  @Test
  void aProbeThatTheReplicaAnswersDoesNotSeeTheLastWrite() throws IOException {
    open(policy());
    assertThat(putAfterSomebodyElse().status()).isEqualTo(200);
    assertThat(primary.text("/a")).isEqualTo("by me");
  }

  @Test
  void aProbeThatAsksThePrimaryDoes() throws IOException {
    open(policy().probeField(STRICT, "strong"));
    assertThat(Stage.told(putAfterSomebodyElse())).isEqualTo("412 stale");
    assertThat(primary.text("/a")).isEqualTo("by somebody else");
  }

  /** A client that goes on from it is refused where the primary is asked: nothing is lost. */
  @Test
  void theTagBehindAWriteIsThatOfTheReplica() throws IOException {
    open(policy());
    String tag = stage.get("/a").tag();
    assertThat(stage.put("/a", "new", "If-Match: " + tag).tag()).isEqualTo(tag);
  }

  @Test
  void theTagBehindAWriteIsThatOfThePrimaryWhereItIsAsked() throws IOException {
    open(policy().probeField(STRICT, "strong"));
    String tag = stage.get("/a").tag();
    String written = stage.put("/a", "new", "If-Match: " + tag).tag();
    assertThat(stage.put("/a", "newer", "If-Match: " + written).status()).isEqualTo(200);
  }

  @Test
  void toldOnlyWhereItIsThatOfWhatWasSentItIsNotTold() throws IOException {
    open(policy().writeTag(WriteTag.VERBATIM));
    Reply written = stage.put("/a", "new", "If-Match: " + stage.get("/a").tag());
    assertThat(written.status()).isEqualTo(200);
    assertThat(written.field("ETag")).isEmpty();
  }
}
