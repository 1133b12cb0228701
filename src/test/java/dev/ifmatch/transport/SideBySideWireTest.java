package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two proxies before one backend: each has locks of its own. */
class SideBySideWireTest {
  private static final String READ = Stage.request("GET", "/a", "");

  private final Store store = new Store().with("/a", "old");
  private final CheckingStore checking = new CheckingStore("old");
  private HostileOrigin origin;
  private ProxyFixture one;
  private ProxyFixture other;

  private void open(Function<Heard, HostileOrigin.Act> script) throws IOException {
    origin = new HostileOrigin(script);
    one = ProxyFixture.before(origin, Limits.DEFAULT);
    other = ProxyFixture.before(origin, Limits.DEFAULT);
  }

  @AfterEach
  void stop() throws IOException {
    other.awaitLocks(0);
    other.server().close(); // its buffers are among those that the first one's end looks for
    one.close();
    origin.close();
  }

  private static String put(String text, String tag) {
    return Stage.request("PUT", "/a", text, "If-Match: " + tag);
  }

  @Test
  void aTagOfOneIsATagOfTheOther() throws IOException {
    open(store);
    String tag = one.exchange(READ).tag();
    assertThat(other.exchange(READ).tag()).isEqualTo(tag);
    assertThat(other.exchange(put("new", tag)).status()).isEqualTo(200);
  }

  @Test
  void whatWasWrittenThroughOneIsSeenByTheOther() throws IOException {
    open(store);
    String tag = one.exchange(READ).tag();
    assertThat(one.exchange(put("by Ada", tag)).status()).isEqualTo(200);
    assertThat(Stage.told(other.exchange(put("by Guido", tag)))).isEqualTo("412 stale");
    assertThat(store.text("/a")).isEqualTo("by Ada");
  }

  /** Why all writers have to go through one. */
  @Test
  void twoWritesAtOnceBothGoOn() throws Exception {
    assertThat(twoAtOnce(store, store::serve)).isEqualTo(200);
    assertThat(store.text("/a")).isEqualTo("by Ada");
  }

  @Test
  void aBackendThatChecksItsOwnTagsRefusesTheSecond() throws Exception {
    assertThat(twoAtOnce(checking, checking::serve)).isEqualTo(412);
    assertThat(checking.text()).isEqualTo("by Guido");
  }

  /** Ada's write is on its way while Guido's is done. Answers what Ada is told. */
  private int twoAtOnce(Function<Heard, HostileOrigin.Act> backend, HostileOrigin.Act serve)
      throws IOException, InterruptedException {
    Hold first = new Hold(serve);
    AtomicBoolean held = new AtomicBoolean();
    open(
        heard -> heard.isWrite() && held.compareAndSet(false, true) ? first : backend.apply(heard));
    String tag = one.exchange(READ).tag();
    try (RawClient ada = one.connect()) {
      ada.send(put("by Ada", tag));
      first.awaitArrival();
      assertThat(other.exchange(put("by Guido", tag)).status()).isEqualTo(200);
      first.letGo();
      return ada.read().status();
    }
  }
}
