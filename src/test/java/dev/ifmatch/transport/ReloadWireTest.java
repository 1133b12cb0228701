package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static dev.ifmatch.transport.LimitsBuilder.limits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ifmatch.policy.Mode;
import dev.ifmatch.policy.RoutePolicy.WriteTag;
import dev.ifmatch.policy.RouteTable;
import dev.ifmatch.representation.HashAlgorithm;
import dev.ifmatch.representation.TagRecipe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Other settings for a proxy that runs: for what begins then, and for nothing that began before.
 */
@Timeout(30)
class ReloadWireTest {
  private static final int SHA_256_TAG = 45;
  private static final int MD5_TAG = 24;
  private static final RouteTable MD5 =
      policy().tag(TagRecipe.DEFAULT.with(HashAlgorithm.MD5)).everywhere();

  @RegisterExtension final Stage stage = new Stage();
  private final Store store = new Store().with("/a", "old").with("/b", "old");
  private final Hold hold = new Hold(store::serve);

  @BeforeEach
  void open() throws IOException {
    stage.open(store, policy().everywhere());
  }

  /** It looks, writes, looks again and tags as it was told to when it began. */
  @ParameterizedTest
  @EnumSource(names = {"PROBE", "WRITE", "REREAD"})
  void aWriteUnderWayGoesOnAsItBegan(Phase phase) throws Exception {
    stage.origin().play(phase.once(hold, store));
    try (RawClient client = stage.proxy().connect()) {
      client.send(Phase.WRITE.request());
      hold.awaitArrival();
      RouteTable off = policy().mode(Mode.OFF).writeTag(WriteTag.OFF).everywhere();
      stage.proxy().use(off, limits().maxBody(0).tagBuffer(0).build());
      hold.letGo();
      Reply written = client.read();
      assertThat(written.status()).isEqualTo(200);
      assertThat(written.tag()).hasSize(SHA_256_TAG);
      assertThat(stage.asked()).containsExactly("GET /a", "PUT /a", "GET /a");

      client.send(Phase.READ.request());
      assertThat(client.read().field("ETag")).as("of an exchange that began later").isEmpty();
    }
  }

  @Test
  void aReadUnderWayGoesOnAsItBegan() throws Exception {
    stage.origin().play(Phase.READ.once(hold, store));
    try (RawClient client = stage.proxy().connect()) {
      client.send(Phase.READ.request());
      hold.awaitArrival();
      stage.proxy().use(MD5, limits().tagBuffer(0).build());
      hold.letGo();
      assertThat(client.read().tag()).hasSize(SHA_256_TAG);

      stage.proxy().use(MD5);
      assertThat(client.send(Phase.READ.request()).read().tag()).hasSize(MD5_TAG);
    }
  }

  /** Its plan is made from its head, whatever comes while its body does. */
  @Test
  void anUploadUnderWayGoesOnAsItBegan() throws Exception {
    String request = Phase.WRITE.request();
    try (RawClient client = stage.proxy().connect()) {
      client.send(request.substring(0, request.length() - 1));
      stage.proxy().fence();
      stage.proxy().use(MD5, limits().maxBody(1).build());
      Reply written = client.send(request.substring(request.length() - 1)).read();
      assertThat(written.status()).isEqualTo(200);
      assertThat(written.tag()).hasSize(SHA_256_TAG);

      assertThat(client.send(request).read().status()).isEqualTo(413);
    }
  }

  @Test
  void noConnectionEndsAndAllUseTheSameFromThenOn() throws Exception {
    int loops = Runtime.getRuntime().availableProcessors();
    try (Crowd crowd = new Crowd(stage.proxy(), 4 * loops)) {
      List<String> reads = Collections.nCopies(4 * loops, Phase.READ.request());
      assertThat(crowd.ask(reads)).allSatisfy(r -> assertThat(r.tag()).hasSize(SHA_256_TAG));
      stage.proxy().use(MD5);
      assertThat(crowd.ask(reads)).allSatisfy(r -> assertThat(r.tag()).hasSize(MD5_TAG));
    }
  }

  @Test
  void theLimitsOfAConnectionAreThoseOfItsBeginning() throws Exception {
    String large = Stage.request("GET", "/a", "", "X: " + "x".repeat(500));
    try (RawClient before = stage.proxy().connect()) {
      before.send(Phase.READ.request()).read();
      stage.proxy().use(MD5, limits().maxHead(300).build());
      assertThat(before.send(large).read().status()).isEqualTo(200);
      assertThat(stage.proxy().exchange(large).status()).isEqualTo(431);
    }
  }

  @Test
  void theLimitsOfAnExchangeHoldAtOnce() throws Exception {
    stage.origin().play(Phase.WRITE.once(hold, store));
    stage.proxy().use(policy().everywhere(), limits().lockQueue(0).build());
    try (RawClient writer = stage.proxy().connect()) {
      writer.send(Phase.WRITE.request());
      hold.awaitArrival();
      assertThat(Stage.told(stage.proxy().exchange(Phase.WRITE.request())))
          .isEqualTo("503 lock-queue-full");
      stage.proxy().use(policy().everywhere(), limits().lockWait(1).build());
      assertThat(Stage.told(stage.proxy().exchange(Phase.WRITE.request())))
          .isEqualTo("503 lock-timeout");
      hold.letGo();
      assertThat(writer.read().status()).isEqualTo(200);
    }
  }

  /** What the holder before saw was tagged by another recipe, and says nothing about this tag. */
  @Test
  void whoWaitsBehindAWriteOfBeforeIsComparedByItsOwnRecipe() throws Exception {
    store.with("/same", "new");
    stage.origin().play(Phase.WRITE.once(hold, store));
    try (RawClient before = stage.proxy().connect();
        RawClient after = stage.proxy().connect()) {
      before.send(Phase.WRITE.request());
      hold.awaitArrival();
      stage.proxy().use(MD5);
      String tag = stage.get("/same").tag();
      after.send(Stage.request("PUT", "/a", "newer", "If-Match: " + tag));
      stage.proxy().fence();
      hold.letGo();
      assertThat(before.read().tag()).hasSize(SHA_256_TAG);
      assertThat(after.read().status()).isEqualTo(200);
      assertThat(store.text("/a")).isEqualTo("newer");
    }
  }

  @Test
  void anotherOriginOrAddressNeedsANewProxy() {
    ProxyServer server = stage.proxy().server();
    for (String origin : List.of(stage.origin().url(), "http://127.0.0.1:1")) {
      InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
      ProxySettings other =
          new ProxySettings(
              Origin.parse(origin),
              listen,
              MD5,
              Limits.DEFAULT,
              Http2Limits.DEFAULT,
              ProxySettings.HostField.CLIENT);
      assertThatIllegalArgumentException().isThrownBy(() -> server.use(other));
    }
  }
}
