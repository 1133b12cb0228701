package dev.ifmatch.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a tunnel ends, and an exchange that would have become one. */
class TunnelEndTest {
  @RegisterExtension private final TunnelStage tunnel = new TunnelStage();

  @Test
  void theEndOfTheClientsSayingIsPassedOnAndTheBackendGoesOn() throws IOException {
    TunnelStage.Far far =
        wire -> {
          byte[] all = wire.readToEnd();
          wire.send("got " + all.length);
          wire.close();
        };
    try (RawClient client = tunnel.to(far)) {
      client.send("hello").wire().finishSending();
      assertThat(new String(client.wire().readToEnd(), ISO_8859_1)).isEqualTo("got 5");
    }
  }

  @Test
  void theEndOfTheBackendsSayingIsPassedOnAndTheClientGoesOn() throws Exception {
    CompletableFuture<String> received = new CompletableFuture<>();
    TunnelStage.Far far =
        wire -> {
          wire.send("that is all");
          wire.finishSending();
          received.complete(new String(wire.readToEnd(), ISO_8859_1));
        };
    try (RawClient client = tunnel.to(far)) {
      assertThat(new String(client.wire().readToEnd(), ISO_8859_1)).isEqualTo("that is all");
      client.send("not for me");
    }
    assertThat(received.get(10, TimeUnit.SECONDS)).isEqualTo("not for me");
  }

  /** What one side has still to read is not taken away because both have said all. */
  @Test
  void bothEndsLoseNothing() throws Exception {
    AtomicLong sent = new AtomicLong();
    TunnelStage.Far far =
        wire -> {
          TunnelStage.fill(wire, sent);
          wire.finishSending();
          wire.awaitEnd();
        };
    try (RawClient client = tunnel.to(far)) {
      client.wire().finishSending();
      assertThat(TunnelStage.count(client.wire())).isEqualTo(TunnelStage.LARGE);
      assertThat(client.wire().readToEnd()).isEmpty();
    }
  }

  @Test
  void aResetOfTheClientsCutsTheBackend() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    RawClient client =
        tunnel.to(
            wire -> {
              wire.awaitEnd();
              ended.countDown();
            });
    client.wire().reset();
    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aResetOfTheBackendsCutsTheClient() throws IOException {
    try (RawClient client = tunnel.to(Wire::reset)) {
      assertThat(client.readToAnyEnd()).isEmpty();
    }
  }

  @Test
  void whatIsSilentForTooLongIsCut() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    tunnel.open(
        wire -> {
          wire.awaitEnd();
          ended.countDown();
        },
        LimitsBuilder.limits().tunnelIdle(50).build());
    try (RawClient client = tunnel.switched()) {
      assertThat(client.readToAnyEnd()).isEmpty();
      assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void noOtherTimeOutHolds() throws IOException {
    tunnel.open(
        TunnelStage::echo,
        LimitsBuilder.limits().clientTimeout(50).originTimeout(50).originIdle(50).build());
    try (RawClient client = tunnel.switched();
        RawClient idle = tunnel.stage().proxy().connect()) {
      assertThat(idle.readToAnyEnd()).as("its time-out came later").isEmpty();
      client.send("still");
      assertThat(TunnelStage.text(client.wire(), 5)).isEqualTo("still");
    }
  }

  @Test
  void itsConnectionIsNotUsedAgain() throws IOException {
    tunnel.open(
        wire -> {
          wire.send(wire.readBytes(3));
          wire.close();
        },
        Limits.DEFAULT);
    tunnel.stage().get("/other");
    try (RawClient client = tunnel.switched()) {
      client.send("end");
      assertThat(new String(client.wire().readToEnd(), ISO_8859_1)).isEqualTo("end");
    }
    assertThat(tunnel.stage().get("/other").body()).isEqualTo("other");
    assertThat(tunnel.stage().asked()).containsExactly("GET /other", "GET /x", "GET /other");
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatLeavesBeforeItIsAnsweredTakesTheRequestWithIt(LeavingClientTest.Leaving leaving)
      throws Exception {
    Deserted deserted = new Deserted();
    tunnel.stage().open(heard -> deserted, TunnelStage.ROUTES);
    try (RawClient client = tunnel.stage().proxy().connect()) {
      client.send(TunnelStage.SWITCH);
      deserted.awaitRequest();
      leaving.leave(client);
      deserted.awaitEnd();
    }
  }

  @Test
  void aBackendThatGoesBeforeItAnswersIsToldOf() throws IOException {
    tunnel.stage().open(heard -> Fault.CLOSES, TunnelStage.ROUTES);
    assertThat(Stage.told(tunnel.stage().proxy().exchange(TunnelStage.SWITCH)))
        .isEqualTo("502 origin-failed");
    tunnel.stage().open(heard -> new HalfSwitch(), TunnelStage.ROUTES);
    assertThat(Stage.told(tunnel.stage().proxy().exchange(TunnelStage.SWITCH)))
        .isEqualTo("502 origin-failed");
  }

  /** Goes within the head that switches. */
  private record HalfSwitch() implements HostileOrigin.Act {
    @Override
    public void on(OriginPeer peer) throws IOException {
      peer.answer(TunnelStage.SWITCHED.substring(0, TunnelStage.SWITCHED.length() - 2));
      peer.wire().close();
    }
  }

  @Test
  void aProxyThatStopsLetsItEnd() throws Exception {
    tunnel.open(TunnelStage::echo, LimitsBuilder.limits().drain(10_000).build());
    try (RawClient client = tunnel.switched()) {
      CompletableFuture<ProxyServer.Left> draining =
          CompletableFuture.supplyAsync(tunnel.stage().proxy().server()::drain);
      client.send("on");
      assertThat(TunnelStage.text(client.wire(), 2)).isEqualTo("on");
      client.wire().finishSending();
      assertThat(client.readToAnyEnd()).isEmpty();
      assertThat(draining.get().isNothing()).isTrue();
    }
  }

  @Test
  void whatDoesNotEndByTheDrainLimitIsCutAndCounted() throws Exception {
    tunnel.open(Wire::awaitEnd, LimitsBuilder.limits().drain(50).build());
    try (RawClient client = tunnel.switched()) {
      assertThat(tunnel.stage().proxy().server().drain()).isEqualTo(new ProxyServer.Left(1, 0));
      assertThat(client.readToAnyEnd()).isEmpty();
    }
  }
}
