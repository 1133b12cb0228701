package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A backend that breaks off and applies the write all the same: at once, in time, or too late. */
class UnknownOutcomeWireTest {
  @RegisterExtension final Stage stage = new Stage();
  private final Store store = new Store().with("/a", "old");

  /** Answers the tag of the state that the write was made from. */
  private String breakOff(int graceMillis, HostileOrigin.Act during) throws IOException {
    HostileOrigin.Act broken =
        peer -> {
          peer.readBody();
          during.on(peer);
          peer.wire().close();
        };
    stage.open(
        Phase.WRITE.once(broken, store),
        policy().everywhere(),
        LimitsBuilder.limits().grace(graceMillis).build());
    String tag = stage.get("/a").tag();
    Reply unknown = stage.put("/a", "by Ada", "If-Match: " + tag);
    assertThat(Stage.told(unknown)).isEqualTo("502 outcome-unknown");
    assertThat(unknown.problem().path("outcome").asText()).isEqualTo("unknown");
    return tag;
  }

  private String putFrom(String tag) throws IOException {
    return Stage.told(stage.put("/a", "by Guido", "If-Match: " + tag));
  }

  @Test
  void appliedOrNotTheNextWriterSeesWhich() throws IOException {
    assertThat(putFrom(breakOff(50, peer -> store.with("/a", "by Ada")))).isEqualTo("412 stale");
    assertThat(store.text("/a")).isEqualTo("by Ada");

    store.with("/a", "old");
    assertThat(putFrom(breakOff(50, peer -> {}))).isEqualTo("200");
    assertThat(store.text("/a")).isEqualTo("by Guido");
  }

  @Test
  void appliedWithinTheGraceTimeItIsSeenByTheNextWriter() throws IOException {
    String tag = breakOff(1000, peer -> {});
    store.with("/a", "by Ada"); // the lock is held for as long as this may take
    assertThat(putFrom(tag)).isEqualTo("412 stale");
    assertThat(store.text("/a")).isEqualTo("by Ada");
  }

  /** Why the grace time should be longer than the backend takes for any write. */
  @Test
  void appliedLaterItErasesWhatWasWrittenMeanwhile() throws IOException {
    String tag = breakOff(1, peer -> {});
    assertThat(putFrom(tag)).isEqualTo("200");
    store.with("/a", "by Ada");
    assertThat(stage.get("/a").body()).isEqualTo("by Ada");
  }
}
