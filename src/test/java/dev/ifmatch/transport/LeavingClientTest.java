package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that leaves in each phase: the lock goes back, or stays for as long as it must. */
class LeavingClientTest {
  private static final Limits LIMITS =
      LimitsBuilder.limits().originTimeout(5_000).lockWait(5_000).grace(800).build();
  private static final String READ = Phase.READ.request();
  private static final String WRITE = Phase.WRITE.request();

  private final Store store = new Store().with("/a", "old");
  private final Hold hold = new Hold(store::serve);
  private HostileOrigin origin;
  private ProxyFixture proxy;

  /** How a client leaves. */
  enum Leaving {
    CLOSES {
      @Override
      void leave(RawClient client) throws IOException {
        client.close();
      }
    },
    RESETS {
      @Override
      void leave(RawClient client) throws IOException {
        client.wire().reset();
      }
    },
    /** Sends a FIN and waits on: that too counts as leaving. */
    HALF_CLOSES {
      @Override
      void leave(RawClient client) throws IOException {
        client.wire().finishSending();
      }
    };

    abstract void leave(RawClient client) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    origin = new HostileOrigin(store);
    proxy = ProxyFixture.before(origin, LIMITS);
  }

  @AfterEach
  void stop() throws IOException {
    hold.letGo();
    proxy.close();
    origin.close();
  }

  @ParameterizedTest
  @EnumSource
  void duringTheProbeTheLockGoesBackAtOnce(Leaving leaving) throws Exception {
    origin.play(Phase.PROBE.once(hold, store));
    try (RawClient client = proxy.connect()) {
      client.send(WRITE);
      hold.awaitArrival();
      leaving.leave(client);
      proxy.awaitLocks(0);
    }
    assertThat(proxy.exchange(WRITE).status()).isEqualTo(200);
    assertThat(origin.requests("PUT")).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void duringTheWriteTheLockIsKeptUntilTheAnswer(Leaving leaving) throws Exception {
    origin.play(Phase.WRITE.once(hold, store));
    try (RawClient client = proxy.connect();
        RawClient next = proxy.connect()) {
      client.send(WRITE);
      hold.awaitArrival();
      leaving.leave(client);
      next.send(WRITE);
      proxy.fence();
      assertThat(proxy.server().heldLocks()).isOne();
      assertThat(origin.requests("PUT")).hasSize(1);

      hold.letGo();
      assertThat(next.read().status()).isEqualTo(200);
    }
    assertThat(origin.requests("PUT")).hasSize(2);
  }

  @Test
  void duringAWriteThatComesToNothingTheLockIsKeptForTheGraceTime() throws Exception {
    Hold untilTheEnd = new Hold(Fault.RESETS);
    origin.play(Phase.WRITE.once(untilTheEnd, store));
    try (RawClient next = proxy.connect()) {
      try (RawClient client = proxy.connect()) {
        client.send(WRITE);
        untilTheEnd.awaitArrival();
      }
      proxy.fence();
      untilTheEnd.letGo();
      assertThat(next.send(WRITE).read().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource
  void duringTheRereadTheLockGoesBackAtOnce(Leaving leaving) throws Exception {
    origin.play(Phase.REREAD.once(hold, store));
    try (RawClient client = proxy.connect()) {
      client.send(WRITE);
      hold.awaitArrival();
      leaving.leave(client);
      proxy.awaitLocks(0);
    }
    assertThat(proxy.exchange(WRITE).status()).isEqualTo(200);
  }

  @Test
  void inTheQueueItsPlaceIsGivenUp() throws Exception {
    origin.play(Phase.WRITE.once(hold, store));
    try (RawClient first = proxy.connect();
        RawClient third = proxy.connect()) {
      first.send(WRITE);
      hold.awaitArrival();
      try (RawClient second = proxy.connect()) {
        second.send(WRITE.replace("new", "2nd"));
        proxy.fence();
      }
      third.send(WRITE.replace("new", "3rd"));
      proxy.fence();
      hold.letGo();
      assertThat(first.read().status()).isEqualTo(200);
      assertThat(third.read().status()).isEqualTo(200);
    }
    assertThat(origin.requests("PUT")).extracting(Heard::body).containsExactly("new", "3rd");
  }

  @Test
  void withinItsBodyNothingIsAskedOfTheOrigin() throws IOException {
    try (RawClient client = proxy.connect()) {
      client.send(WRITE.substring(0, WRITE.length() - 1));
      proxy.fence();
    }
    proxy.fence();
    assertThat(origin.heads()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"READ", "POST"})
  void duringWhatIsNotAWriteTheOriginIsLeftToo(Phase phase) throws Exception {
    Deserted deserted = new Deserted();
    origin.play(heard -> deserted);
    try (RawClient client = proxy.connect()) {
      client.send(phase.request());
      deserted.awaitRequest();
    }
    deserted.awaitEnd();
    assertThat(origin.connections()).isOne();
  }

  @Test
  void withinAnEndlessAnswerTheOriginIsLeftToo() throws Exception {
    Endless endless = new Endless();
    origin.play(heard -> endless);
    try (RawClient client = proxy.connect()) {
      client.send(READ);
      client.readHeadOnly();
      client.wire().readBytes(1 << 20);
    }
    endless.awaitEnd();
  }

  @Test
  void afterTheGraceTimeTheNextWriterGoesOn() throws IOException {
    origin.play(Phase.WRITE.once(Fault.CLOSES, store));
    assertThat(proxy.exchange(WRITE).reason()).isEqualTo("outcome-unknown");
    assertThat(proxy.server().heldLocks()).isOne();
    assertThat(proxy.exchange(WRITE).status()).isEqualTo(200);
    assertThat(proxy.exchange(READ).body()).isEqualTo("new");
  }

  /** A gateway before the backend gave up: the backend may still be at it. */
  @Test
  void afterAGatewaysTimeOutTheNextWriterWaitsToo() throws IOException {
    origin.play(Phase.WRITE.once(peer -> peer.answer("504 Gateway Timeout", ""), store));
    assertThat(proxy.exchange(WRITE).status()).isEqualTo(504);
    assertThat(proxy.server().heldLocks()).isOne();
    assertThat(proxy.exchange(WRITE).status()).isEqualTo(200);
  }
}
