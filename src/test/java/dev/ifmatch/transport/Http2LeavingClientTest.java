package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.Http2Error;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An HTTP/2 client that leaves in each phase: as in HTTP/1.1, but its other requests go on. */
class Http2LeavingClientTest {
  private static final Limits LIMITS =
      LimitsBuilder.limits().originTimeout(5_000).lockWait(5_000).grace(800).build();

  private final Store store = new Store().with("/a", "old");
  private final Hold hold = new Hold(store::serve);
  private HostileOrigin origin;
  private ProxyFixture proxy;
  private Http2Client client;

  /** How a client leaves. */
  enum Leaving {
    RESETS_THE_STREAM {
      @Override
      void leave(Http2Client client, int stream) throws IOException {
        client.reset(stream, Http2Error.CANCEL);
      }
    },
    CLOSES {
      @Override
      void leave(Http2Client client, int stream) throws IOException {
        client.close();
      }
    },
    RESETS_THE_CONNECTION {
      @Override
      void leave(Http2Client client, int stream) throws IOException {
        client.wire().reset();
      }
    };

    abstract void leave(Http2Client client, int stream) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    origin = new HostileOrigin(store);
    proxy = ProxyFixture.before(origin, LIMITS);
    client = proxy.connectHttp2();
  }

  @AfterEach
  void stop() throws IOException {
    hold.letGo();
    client.close();
    proxy.close();
    origin.close();
  }

  private int write() throws IOException {
    return client.ask("PUT", "/a", "new", "if-match", "*");
  }

  private static void goesOn(Leaving leaving, Http2Client client) throws IOException {
    if (leaving == Leaving.RESETS_THE_STREAM) {
      assertThat(client.exchange("/a").status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource
  void duringTheProbeTheLockGoesBackAtOnce(Leaving leaving) throws Exception {
    origin.play(Phase.PROBE.once(hold, store));
    int stream = write();
    hold.awaitArrival();
    leaving.leave(client, stream);
    proxy.awaitLocks(0);
    goesOn(leaving, client);
    assertThat(proxy.exchange(Phase.WRITE.request()).status()).isEqualTo(200);
    assertThat(origin.requests("PUT")).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void duringTheWriteTheLockIsKeptUntilTheAnswer(Leaving leaving) throws Exception {
    origin.play(Phase.WRITE.once(hold, store));
    int stream = write();
    hold.awaitArrival();
    leaving.leave(client, stream);
    try (RawClient next = proxy.connect()) {
      next.send(Phase.WRITE.request());
      proxy.fence();
      assertThat(proxy.server().heldLocks()).isOne();
      assertThat(origin.requests("PUT")).hasSize(1);
      hold.letGo();
      assertThat(next.read().status()).isEqualTo(200);
    }
    goesOn(leaving, client);
    assertThat(origin.requests("PUT")).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void duringTheRereadTheLockGoesBackAtOnce(Leaving leaving) throws Exception {
    origin.play(Phase.REREAD.once(hold, store));
    int stream = write();
    hold.awaitArrival();
    leaving.leave(client, stream);
    proxy.awaitLocks(0);
    goesOn(leaving, client);
  }

  @Test
  void inTheQueueItsPlaceIsGivenUp() throws Exception {
    origin.play(Phase.WRITE.once(hold, store));
    int first = write();
    hold.awaitArrival();
    int second = client.ask("PUT", "/a", "2nd", "if-match", "*");
    int third = client.ask("PUT", "/a", "3rd", "if-match", "*");
    client.fence();
    client.reset(second, Http2Error.CANCEL);
    client.fence();
    hold.letGo();
    assertThat(client.read(first).status()).isEqualTo(200);
    assertThat(client.read(third).status()).isEqualTo(200);
    assertThat(origin.requests("PUT")).extracting(Heard::body).containsExactly("new", "3rd");
  }

  @ParameterizedTest
  @EnumSource
  void withinItsBodyNothingIsAskedOfTheOrigin(Leaving leaving) throws IOException {
    int stream = client.open("PUT", "/a", false, "if-match", "*");
    client.data(stream, "ne", false);
    client.fence();
    leaving.leave(client, stream);
    proxy.fence();
    assertThat(origin.heads()).isEmpty();
    goesOn(leaving, client);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void duringWhatIsNotAWriteTheOriginIsLeftToo(String method) throws Exception {
    Deserted deserted = new Deserted();
    origin.play(heard -> deserted);
    int stream = client.open(method, "/a", true);
    deserted.awaitRequest();
    client.reset(stream, Http2Error.CANCEL);
    deserted.awaitEnd();
    origin.play(store);
    assertThat(client.exchange("/a").status()).isEqualTo(200);
  }

  /** What waits for the origin when its client goes is let go of, too. */
  @ParameterizedTest
  @EnumSource
  void withABodyThatWaitsTheOriginIsLeftToo(Leaving leaving) throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    origin.play(
        heard ->
            heard.method().equals("GET")
                ? store.apply(heard)
                : peer -> {
                  go.await();
                  peer.wire().awaitEnd();
                  left.countDown();
                });
    int stream = client.open("POST", "/a", false);
    while (client.room(stream) > 0) {
      client.data(stream, "x".repeat(Math.min(client.room(stream), 16 << 10)), false);
      client.fence();
    }
    leaving.leave(client, stream);
    go.countDown();
    left.await();
    goesOn(leaving, client);
  }

  @Test
  void withinAnEndlessAnswerTheOriginIsLeftToo() throws Exception {
    Endless endless = new Endless();
    origin.play(heard -> endless);
    int stream = client.get("/a");
    while (client.reply(stream).bodyBytes() < 1 << 20) {
      client.receive();
    }
    client.reset(stream, Http2Error.CANCEL);
    endless.awaitEnd();
  }
}
