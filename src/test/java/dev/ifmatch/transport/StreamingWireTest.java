package dev.ifmatch.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are larger than what anybody keeps, and answers that come before their time. */
class StreamingWireTest {
  private static final int PIECE = 64 << 10;
  private static final int LARGE = 64 << 20;

  /** More than the kernel keeps on the way, and less than the whole. */
  private static final long PART = LARGE * 3L / 4;

  private final Store store = new Store().with("/a", "text").with("/other", "other");
  private HostileOrigin origin;
  private ProxyFixture proxy;

  @BeforeEach
  void start() throws IOException {
    origin = new HostileOrigin(store);
    proxy = ProxyFixture.before(origin);
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    origin.close();
  }

  private static String request(String method, String fields) {
    return method + " /a HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n";
  }

  /** What the n-th piece of a large body holds: no two that follow each other are the same. */
  private static byte[] piece(int number) {
    byte[] piece = new byte[PIECE];
    for (int i = 0; i < PIECE; i++) {
      piece[i] = (byte) (number * 31 + i * 7 + i / 251);
    }
    return piece;
  }

  private static String digest(PieceSource pieces) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (int i = 0; i < LARGE / PIECE; i++) {
        digest.update(pieces.next(i));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @FunctionalInterface
  private interface PieceSource {
    byte[] next(int number) throws IOException;
  }

  private static final class Upload {
    final AtomicLong sent = new AtomicLong();

    void run(Wire to) throws IOException {
      for (int i = 0; i < LARGE / PIECE; i++) {
        to.send(piece(i));
        sent.addAndGet(PIECE);
      }
    }
  }

  /**
   * Keeps the proxy's event loops busy for as long as a body that nothing holds back would take.
   */
  private void workOnOtherConnections() throws IOException {
    for (int i = 0; i < 4; i++) {
      try (RawClient client = proxy.connect()) {
        for (int k = 0; k < 200; k++) {
          client.send("GET /other HTTP/1.1\r\nHost: h\r\n\r\n");
          assertThat(client.read().body()).isEqualTo("other");
        }
      }
    }
  }

  @Test
  void aClientThatDoesNotReadHoldsTheOriginBack() throws IOException {
    Upload download = new Upload();
    HostileOrigin.Act sendLarge =
        peer -> {
          peer.answer("HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n");
          download.run(peer.wire());
        };
    origin.play(heard -> heard.target().equals("/a") ? sendLarge : store.apply(heard));
    Socket small = new Socket();
    small.setReceiveBufferSize(16 << 10);
    try (RawClient client = new RawClient(proxy.server().address(), small)) {
      client.send(request("GET", ""));
      client.readHeadOnly();
      workOnOtherConnections();
      assertThat(download.sent).hasValueLessThan(PART);

      assertThat(digest(number -> client.wire().readBytes(PIECE)))
          .isEqualTo(digest(StreamingWireTest::piece));
      int before = origin.connections();
      client.send("GET /other HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(client.read().body()).isEqualTo("other");
      assertThat(origin.connections()).as("the held connection is used again").isEqualTo(before);
    }
  }

  @Test
  void anOriginThatDoesNotReadHoldsTheClientBack() throws Exception {
    Upload upload = new Upload();
    CountDownLatch read = new CountDownLatch(1);
    CompletableFuture<String> received = new CompletableFuture<>();
    HostileOrigin.Act takeLarge =
        peer -> {
          read.await();
          received.complete(digest(number -> peer.wire().readBytes(PIECE)));
          peer.wire().send("HTTP/1.1 204 No Content\r\n\r\n");
        };
    origin.play(heard -> heard.target().equals("/a") ? takeLarge : store.apply(heard));
    try (RawClient client = proxy.connect()) {
      client.send(request("POST", "Content-Length: " + LARGE + "\r\n"));
      CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> run(upload, client));
      workOnOtherConnections();
      assertThat(upload.sent).hasValueLessThan(PART);

      read.countDown();
      assertThat(received.get()).isEqualTo(digest(StreamingWireTest::piece));
      assertThat(client.read().status()).isEqualTo(204);
      sending.get();
    }
  }

  private static void run(Upload upload, RawClient client) {
    try {
      upload.run(client.wire());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aLargeWriteIsReceivedBeforeTheLockAndForwardedAsItWas() throws Exception {
    CompletableFuture<String> received = new CompletableFuture<>();
    HostileOrigin.Act takeLarge =
        peer -> {
          received.complete(digest(number -> peer.wire().readBytes(PIECE)));
          peer.wire().send("HTTP/1.1 204 No Content\r\n\r\n");
        };
    origin.play(heard -> heard.method().equals("PUT") ? takeLarge : store.apply(heard));
    try (RawClient client = proxy.connect()) {
      client.send(request("PUT", "If-Match: *\r\nContent-Length: " + LARGE + "\r\n"));
      new Upload().run(client.wire());
      assertThat(client.read().status()).isEqualTo(204);
    }
    assertThat(received.get()).isEqualTo(digest(StreamingWireTest::piece));
  }

  @Test
  void eventsArriveOneByOne() throws IOException {
    CountDownLatch[] seen = {new CountDownLatch(0), new CountDownLatch(1), new CountDownLatch(1)};
    origin.play(
        heard ->
            peer -> {
              peer.answer("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
              for (CountDownLatch before : seen) {
                before.await();
                peer.wire().send("data: x\n\n");
              }
              peer.wire().close();
            });
    try (RawClient client = proxy.connect()) {
      Reply head = client.send(request("GET", "")).readHeadOnly();
      assertThat(head.field("ETag")).isEmpty();
      assertThat(head.field("Transfer-Encoding")).contains("chunked");
      for (int event = 1; event <= 3; event++) {
        assertThat(new String(client.wire().readBytes(14), ISO_8859_1))
            .isEqualTo("9\r\ndata: x\n\n\r\n");
        if (event < 3) {
          seen[event].countDown();
        }
      }
      assertThat(new String(client.wire().readBytes(5), ISO_8859_1)).isEqualTo("0\r\n\r\n");
    }
  }

  /** Each answer is kept for its tag; without back-pressure, all of them would be kept at once. */
  @Test
  void aClientThatReadsNoneOfManyAnswersIsNotServedAhead() throws IOException {
    store.with("/a", "x".repeat(500_000));
    Socket small = new Socket();
    small.setReceiveBufferSize(16 << 10);
    try (RawClient client = new RawClient(proxy.server().address(), small)) {
      client.send(request("GET", "").repeat(200));
      workOnOtherConnections();
      assertThat(origin.requests()).filteredOn(r -> r.target().equals("/a")).hasSizeLessThan(50);
      for (int i = 0; i < 200; i++) {
        assertThat(client.read().body()).hasSize(500_000);
      }
    }
  }

  @Test
  void aSlowReaderGetsItsWholeAnswer() throws IOException {
    String body = "x".repeat(8 << 20);
    store.with("/a", body);
    Socket small = new Socket();
    small.setReceiveBufferSize(4 << 10);
    try (ProxyFixture hasty =
            ProxyFixture.before(origin, LimitsBuilder.limits().clientTimeout(1_000).build());
        RawClient client = new RawClient(hasty.server().address(), small)) {
      client.send(request("GET", "Connection: close\r\n")).readHeadOnly();
      AtomicLong read = new AtomicLong();
      await() // large steps, so that a busy machine does not make it one that stands still
          .pollInterval(Duration.ofMillis(150))
          .until(() -> read.addAndGet(client.wire().readBytes(512 << 10).length) == body.length());
    }
  }

  /** A backend that says no and closes, with most of the body unread. */
  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT"})
  void anAnswerThatComesBeforeTheBodyArrives(String method) throws Exception {
    String answer =
        "HTTP/1.1 413 Content Too Large\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno";
    HostileOrigin.Act refuse =
        peer -> {
          peer.wire().readBytes(PIECE);
          peer.wire().send(answer);
          peer.wire().close();
        };
    origin.play(heard -> heard.isWrite() ? refuse : store.apply(heard));
    String precondition = method.equals("PUT") ? "If-Match: *\r\n" : "";
    for (int i = 0; i < 20; i++) {
      try (RawClient client = proxy.connect()) {
        int length = 4 << 20;
        client.send(request(method, precondition + "Content-Length: " + length + "\r\n"));
        CompletableFuture<Void> sending =
            CompletableFuture.runAsync(() -> sendWhatCanBeSent(client, length));
        Reply reply = client.read();
        assertThat(reply.status()).as(reply.toString()).isEqualTo(413);
        assertThat(reply.body()).isEqualTo("no");
        sending.get();
      }
    }
  }

  private static void sendWhatCanBeSent(RawClient client, int length) {
    try {
      client.send(new byte[length]);
    } catch (IOException answered) {
      // whoever has its answer need not be let send
    }
  }
}
