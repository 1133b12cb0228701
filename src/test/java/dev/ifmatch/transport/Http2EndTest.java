package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.Http2Error;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How HTTP/2 connections and their requests end: in silence, and when the proxy is to stop. */
class Http2EndTest {
  private static final Limits LIMITS =
      LimitsBuilder.limits().clientTimeout(400).drain(5_000).build();

  private final Store store = new Store().with("/a", "text").with("/b", "x".repeat(1 << 20));
  private final Hold hold = new Hold(store::serve);
  private HostileOrigin origin;
  private ProxyFixture proxy;
  private Http2Client client;

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

  private void endsQuietly() throws IOException {
    assertThat(client.awaitGoAway()).isEqualTo(Http2Error.NO_ERROR);
    client.wire().awaitEnd();
  }

  // ---- in silence

  @Test
  void aConnectionWithoutRequestsEnds() throws IOException {
    assertThat(client.exchange("/a").status()).isEqualTo(200);
    endsQuietly();
    assertThat(client.lastTaken()).isOne();
  }

  @Test
  void aConnectionWithoutAWholeHeadEnds() throws IOException {
    client.send(Http2Frame.of(Http2Frame.HEADERS, 0, client.newStream()));
    client.wire().awaitEnd();
  }

  @Test
  void aBodyThatDoesNotComeIsNotWaitedFor() throws IOException {
    int stream = client.open("PUT", "/a", false, "if-match", "*");
    client.data(stream, "ne", false);
    assertThat(client.read(stream).status()).isEqualTo(408);
    assertThat(client.awaitReset(stream)).isEqualTo(Http2Error.NO_ERROR);
    assertThat(client.exchange("/a").status()).isEqualTo(200);
    assertThat(origin.requests("PUT")).isEmpty();
  }

  @Test
  void anAnswerThatIsNotReadIsReset() throws IOException {
    int stream = client.holdBack().get("/b");
    assertThat(client.awaitReset(stream)).isEqualTo(Http2Error.CANCEL);
  }

  /** The other connection's end tells that the time has passed. */
  @Test
  void aClientThatWaitsForTheOriginIsNotSilent() throws Exception {
    origin.play(heard -> hold);
    int stream = client.get("/a");
    hold.awaitArrival();
    try (Http2Client clock = proxy.connectHttp2()) {
      clock.awaitGoAway();
    }
    hold.letGo();
    assertThat(client.read(stream).status()).isEqualTo(200);
  }

  // ---- when the proxy is to stop

  private CompletableFuture<ProxyServer.Left> drain() {
    return CompletableFuture.supplyAsync(proxy.server()::drain);
  }

  @Test
  void idleConnectionsEndAtOnce() throws Exception {
    client.exchange("/a");
    CompletableFuture<ProxyServer.Left> draining = drain();
    endsQuietly();
    client.close();
    assertThat(draining.get().isNothing()).isTrue();
  }

  @Test
  void whatIsInFlightIsAnsweredAndNothingElseTaken() throws Exception {
    origin.play(Phase.WRITE.once(hold, store));
    int stream = client.ask("PUT", "/a", "new", "if-match", "*");
    hold.awaitArrival();
    CompletableFuture<ProxyServer.Left> draining = drain();
    while (!client.isAnnounced()) {
      client.receive();
    }
    int crossing = client.ask("PUT", "/a", "crossing", "if-match", "*");
    assertThat(client.awaitGoAway()).isEqualTo(Http2Error.NO_ERROR);
    assertThat(client.lastTaken()).isEqualTo(crossing);
    assertThat(client.awaitReset(client.get("/a"))).isEqualTo(Http2Error.REFUSED_STREAM);
    hold.letGo();
    assertThat(client.read(stream).status()).isEqualTo(200);
    assertThat(client.read(crossing).status()).isEqualTo(200);
    client.wire().awaitEnd();
    client.close();
    assertThat(draining.get().isNothing()).isTrue();
    assertThat(origin.requests("PUT")).extracting(Heard::body).containsExactly("new", "crossing");
  }

  @Test
  void whatDoesNotEndIsCutOffAndCounted() throws Exception {
    proxy.close();
    proxy = ProxyFixture.before(origin, LimitsBuilder.limits().drain(300).build());
    client = proxy.connectHttp2();
    proxy.expectLocksAtTheEnd(1);
    origin.play(Phase.WRITE.once(hold, store));
    client.ask("PUT", "/a", "new", "if-match", "*");
    hold.awaitArrival();
    assertThat(drain().get()).isEqualTo(new ProxyServer.Left(1, 1));
    while (!client.isAnnounced()) {
      client.receive();
    }
    client.wire().awaitEnd();
  }
}
