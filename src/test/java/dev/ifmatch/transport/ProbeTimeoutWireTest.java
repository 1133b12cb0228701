package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.Mode;
import dev.ifmatch.policy.Refusal;
import dev.ifmatch.policy.RouteTable;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The time that a probe has is its own. Where the longer time would be obeyed in its place, the
 * client would give up first.
 */
class ProbeTimeoutWireTest {
  private static final Limits PATIENT = LimitsBuilder.limits().originTimeout(60_000).build();
  private static final Duration SHORT = Duration.ofMillis(150);
  private static final String WRITE = Phase.WRITE.request();

  @RegisterExtension final Stage stage = new Stage();
  private final Store store = new Store().with("/a", "old");

  @BeforeEach
  void open() throws IOException {
    stage.open(store, impatient(Mode.REQUIRE), PATIENT);
  }

  private static RouteTable impatient(Mode mode) {
    return policy().mode(mode).probeTimeout(SHORT).everywhere();
  }

  /** Stays silent for longer than a probe may, and then answers: no event says that time is up. */
  private void serveLate(OriginPeer peer) throws IOException, InterruptedException {
    peer.readBody();
    Thread.sleep(3 * SHORT.toMillis());
    store.serve(peer);
  }

  @ParameterizedTest
  @EnumSource(names = {"STALLS", "STALLS_IN_THE_BODY"})
  void aSlowProbeEndsInItsOwnTime(Fault fault) throws IOException {
    stage.origin().play(Phase.PROBE.once(fault, store));
    Reply reply = stage.proxy().exchange(WRITE);
    assertThat(Stage.told(reply)).isEqualTo("504 probe-timeout");
    assertThat(reply.problem().path("detail").asText()).contains("150 ms");
    assertThat(stage.asked()).containsExactly("GET /a");
    assertThat(stage.proxy().exchange(WRITE).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(names = {"STALLS", "STALLS_IN_THE_BODY"})
  void aSlowRereadTakesNothingButTheTag(Fault fault) throws IOException {
    stage.origin().play(Phase.REREAD.once(fault, store));
    Reply reply = stage.proxy().exchange(WRITE);
    assertThat(reply.body()).isEqualTo("stored");
    assertThat(reply.field("ETag")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"READ", "WRITE", "POST"})
  void aClientsOwnRequestHasTheLongTime(Phase phase) throws IOException {
    stage.origin().play(phase.once(this::serveLate, store));
    assertThat(stage.proxy().exchange(phase.request()).status()).isEqualTo(200);
  }

  /** On one kept connection: the write after the probe, and a probe after the write. */
  @Test
  void aKeptConnectionObeysWhoeverUsesIt() throws IOException {
    try (RawClient client = stage.proxy().connect()) {
      stage.origin().play(Phase.READ.once(this::serveLate, store));
      assertThat(client.send(Phase.READ.request()).read().status()).isEqualTo(200);
      stage.origin().play(Phase.WRITE.once(this::serveLate, store));
      assertThat(client.send(WRITE).read().status()).isEqualTo(200);
      assertThat(stage.origin().connections()).as("all on one connection").isOne();

      stage.origin().play(Phase.PROBE.once(Fault.STALLS, store));
      assertThat(Stage.told(client.send(WRITE).read())).isEqualTo("504 probe-timeout");
      assertThat(stage.origin().connections()).as("that one").isOne();
      assertThat(client.send(WRITE).read().status()).isEqualTo(200);
    }
  }

  @Test
  void aSlowProbeOfAnObservedWriteHoldsItUpNoLonger() throws IOException {
    stage.open(store, impatient(Mode.OBSERVE), PATIENT);
    stage.origin().play(Phase.PROBE.once(Fault.STALLS, store));
    assertThat(stage.proxy().exchange(WRITE).body()).isEqualTo("stored");
    assertThat(stage.observed()).containsExactly(Refusal.PROBE_TIMEOUT);
  }

  @Test
  void aSlowCheckBeforeAnUploadEndsInItsOwnTimeToo() throws IOException {
    stage.origin().play(Phase.PROBE.once(Fault.STALLS, store));
    try (RawClient client = stage.proxy().connect()) {
      String put = Stage.request("PUT", "/a", "new", "If-Match: *", "Expect: 100-continue");
      Reply reply = client.send(put.substring(0, put.length() - "new".length())).read();
      assertThat(reply.interim()).isEmpty();
      assertThat(Stage.told(reply)).isEqualTo("504 probe-timeout");
    }
    assertThat(stage.asked()).containsExactly("GET /a");
  }
}
