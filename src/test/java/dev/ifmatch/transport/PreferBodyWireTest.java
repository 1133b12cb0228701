package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.Mode;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The state that is kept to be shown: when it is too large, not needed, or nobody is left. */
class PreferBodyWireTest {
  private static final int TAG_BUFFER = 10_000;
  private static final String STALE =
      Stage.request("PUT", "/a", "new", "If-Match: \"x\"", "Prefer: return=representation");
  private static final String FRESH = STALE.replace("\"x\"", "*");

  @RegisterExtension final Stage stage = new Stage();
  private final Store store = new Store().with("/a", "x".repeat(TAG_BUFFER));

  @BeforeEach
  void open() throws IOException {
    open(Mode.REQUIRE);
  }

  private void open(Mode mode) throws IOException {
    Limits limits = LimitsBuilder.limits().tagBuffer(TAG_BUFFER).originTimeout(400).build();
    stage.open(store, policy().mode(mode).everywhere(), limits);
  }

  /** Answers reads in chunks, so that their length is not known before their end. */
  private HostileOrigin.Act chunked(Heard heard) {
    return peer -> {
      if (heard.isWrite()) {
        store.serve(peer);
      } else {
        String text = store.text("/a");
        peer.answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int at = 0; at < text.length(); at += 1_000) {
          String chunk = text.substring(at, Math.min(at + 1_000, text.length()));
          peer.wire().send("%x\r\n%s\r\n".formatted(chunk.length(), chunk));
        }
        peer.wire().send("0\r\n\r\n");
      }
    };
  }

  private void playing(boolean chunked) {
    stage.origin().play(chunked ? this::chunked : store);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatFitsTheBufferIsShown(boolean chunked) throws IOException {
    playing(chunked);
    Reply reply = stage.proxy().exchange(STALE);
    assertThat(reply.status()).isEqualTo(412);
    assertThat(reply.body()).isEqualTo(store.text("/a"));
    assertThat(reply.field("Content-Length")).contains("" + TAG_BUFFER);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatDoesNotIsTaggedAndNotShown(boolean chunked) throws IOException {
    store.with("/a", "x".repeat(10 * TAG_BUFFER + 1));
    playing(chunked);
    String tag = stage.head("/a").tag();
    try (RawClient client = stage.proxy().connect()) {
      Reply reply = client.send(STALE).read();
      assertThat(Stage.told(reply)).isEqualTo("412 stale");
      assertThat(reply.tag()).isEqualTo(tag);
      assertThat(reply.field("Preference-Applied")).isEmpty();

      Reply written = client.send(STALE.replace("\"x\"", tag)).read();
      assertThat(written.body()).isEqualTo("stored");
      assertThat(client.send(STALE).read().body()).as("now it fits").isEqualTo("new");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsNotNeededDoesNotGetIntoTheAnswer(boolean chunked) throws IOException {
    playing(chunked);
    try (RawClient client = stage.proxy().connect()) {
      for (int i = 0; i < 3; i++) {
        Reply reply = client.send(FRESH).read();
        assertThat(reply.body()).isEqualTo("stored");
        store.with("/a", "y".repeat(i % 2 == 0 ? TAG_BUFFER : 2 * TAG_BUFFER));
      }
    }
  }

  /** The write's own answer may be larger than what is kept, right after something was kept. */
  @Test
  void aLargeAnswerToTheWritePassesWhole() throws IOException {
    String large = "z".repeat(5 * TAG_BUFFER);
    stage.origin().play(Phase.WRITE.once(peer -> peer.answer("200 OK", large), store));
    assertThat(stage.proxy().exchange(FRESH).body()).isEqualTo(large);
  }

  @ParameterizedTest
  @EnumSource(names = {"HALF_BODY", "HALF_CHUNK", "BAD_CHUNK", "STALLS_IN_THE_BODY"})
  void aProbeThatBreaksOffShowsNothingOfIt(Fault fault) throws IOException {
    for (Mode mode : new Mode[] {Mode.REQUIRE, Mode.OBSERVE}) {
      open(mode);
      stage.origin().play(Phase.PROBE.once(fault, store));
      Reply reply = stage.proxy().exchange(STALE);
      assertThat(reply.toString()).doesNotContain("half");
      assertThat(reply.status() == 200).isEqualTo(mode == Mode.OBSERVE);
    }
  }

  @Test
  void anObservedWriteIsShownTheOriginsAnswer() throws IOException {
    open(Mode.OBSERVE);
    Reply reply = stage.proxy().exchange(STALE);
    assertThat(reply.body()).isEqualTo("stored");
    assertThat(reply.field("Preference-Applied")).isEmpty();
  }

  /** Its sighting would be enough to refuse, but has nothing to show. */
  @Test
  void whoIsStaleByTheWriteBeforeItIsShownTheStateToo() throws Exception {
    Hold hold = new Hold(store::serve);
    stage.origin().play(Phase.WRITE.once(hold, store));
    String tag = stage.get("/a").tag();
    try (RawClient first = stage.proxy().connect();
        RawClient second = stage.proxy().connect();
        RawClient third = stage.proxy().connect()) {
      first.send(Stage.request("PUT", "/a", "1st", "If-Match: " + tag));
      hold.awaitArrival();
      second.send(STALE.replace("\"x\"", tag));
      stage.proxy().fence();
      third.send(Stage.request("PUT", "/a", "3rd", "If-Match: " + tag));
      stage.proxy().fence();
      hold.letGo();
      String written = first.read().tag();
      Reply shown = second.read();
      assertThat(shown.status()).isEqualTo(412);
      assertThat(shown.body()).isEqualTo("1st");
      assertThat(shown.tag()).isEqualTo(written);
      assertThat(Stage.told(third.read())).isEqualTo("412 stale");
    }
    assertThat(stage.origin().requests("PUT")).hasSize(1);
  }

  @Test
  void whoLeavesMeanwhileLeavesNothingBehind() throws Exception {
    Hold hold = new Hold(peer -> peer.wire().send("x".repeat(TAG_BUFFER)));
    stage
        .origin()
        .play(
            Phase.PROBE.once(
                peer -> {
                  peer.answer("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\nhalf");
                  hold.on(peer);
                },
                store));
    try (RawClient client = stage.proxy().connect()) {
      client.send(STALE);
      hold.awaitArrival();
    }
    stage.proxy().awaitLocks(0);
    hold.letGo();
    assertThat(stage.proxy().exchange(FRESH).body()).isEqualTo("stored");
  }
}
