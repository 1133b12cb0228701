package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.RouteTable;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A proxy that was stopped, and another in its place: what the second knows of the first. */
class RestartWireTest {
  private static final String READ = Stage.request("GET", "/a", "");
  private static final Limits LIMITS = LimitsBuilder.limits().grace(3_600_000).build();

  private final Store store = new Store().with("/a", "old");
  private HostileOrigin origin;

  @BeforeEach
  void start() throws IOException {
    origin = new HostileOrigin(store);
  }

  @AfterEach
  void stop() throws IOException {
    origin.close();
  }

  private ProxyFixture proxy(RouteTable routes) throws IOException {
    return ProxyFixture.before(origin.url(), LIMITS, routes);
  }

  private static String put(String text, String tag) {
    return Stage.request("PUT", "/a", text, "If-Match: " + tag);
  }

  @Test
  void aTagFromBeforeStillCounts() throws IOException {
    String tag;
    try (ProxyFixture before = proxy(policy().everywhere())) {
      tag = before.exchange(READ).tag();
    }
    try (ProxyFixture after = proxy(policy().everywhere())) {
      assertThat(after.exchange(put("new", tag)).status()).isEqualTo(200);
      assertThat(Stage.told(after.exchange(put("newer", tag)))).isEqualTo("412 stale");
    }
  }

  @Test
  void aSaltedTagCountsAsLongAsTheSaltIsTheSame() throws IOException {
    String tag;
    try (ProxyFixture before = proxy(policy().salt("pepper").everywhere())) {
      tag = before.exchange(READ).tag();
    }
    try (ProxyFixture after = proxy(policy().salt("other").everywhere())) {
      assertThat(Stage.told(after.exchange(put("new", tag)))).isEqualTo("412 stale");
    }
    try (ProxyFixture after = proxy(policy().salt("pepper").everywhere())) {
      assertThat(after.exchange(put("new", tag)).status()).isEqualTo(200);
    }
  }

  @Test
  void aWriteThatMayStillComeIsForgotten() throws IOException {
    String tag;
    try (ProxyFixture before = proxy(policy().everywhere())) {
      tag = before.exchange(READ).tag();
      origin.play(Phase.WRITE.once(Fault.CLOSES, store));
      assertThat(Stage.told(before.exchange(put("late", tag)))).isEqualTo("502 outcome-unknown");
      before.expectLocksAtTheEnd(1);
    }
    try (ProxyFixture after = proxy(policy().everywhere())) {
      assertThat(after.exchange(put("new", tag)).status()).as("at once").isEqualTo(200);
    }
  }
}
