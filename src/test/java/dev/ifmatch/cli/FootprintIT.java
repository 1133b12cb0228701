package dev.ifmatch.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The packaged jar in a heap of 128 MiB: many idle clients, and a body larger than the heap. */
@Timeout(120)
class FootprintIT {
  private static final int IDLE_CLIENTS = 10_000;
  private static final long GIBIBYTE = 1L << 30;

  private final ExecutorService backendThreads = Executors.newCachedThreadPool();
  private HttpServer backend;
  private JarProcess proxy;

  @BeforeEach
  void start() throws IOException {
    backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    backend.setExecutor(backendThreads);
    backend.createContext("/small", exchange -> send(exchange, 1024));
    backend.createContext("/large", exchange -> send(exchange, GIBIBYTE));
    backend.start();
    proxy =
        JarProcess.start(
            List.of("-Xmx128m", "-XX:+ExitOnOutOfMemoryError"),
            "http://127.0.0.1:" + backend.getAddress().getPort());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    backend.stop(0);
    backendThreads.shutdownNow();
  }

  @Test
  void tenThousandIdleClientsAreKept() throws IOException {
    long files =
        ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getMaxFileDescriptorCount();
    assumeTrue(
        files > IDLE_CLIENTS + 1_000,
        () -> "skipped: only %d files may be open here, see ulimit -n".formatted(files));
    List<SocketChannel> clients = new ArrayList<>();
    try {
      for (int i = 0; i < IDLE_CLIENTS; i++) {
        clients.add(SocketChannel.open(proxy.address()));
        get(clients.get(i));
      }
      for (SocketChannel client : clients) {
        get(client);
      }
    } finally {
      for (SocketChannel client : clients) {
        client.close();
      }
    }
  }

  @Test
  void aGibibyteStreamsThrough() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(proxy.url() + "/large")).build();
    try (InputStream body =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream()).body()) {
      assertThat(body.transferTo(OutputStream.nullOutputStream())).isEqualTo(GIBIBYTE);
    }
  }

  @Test
  void aGibibyteWaitsForAClientThatDoesNotRead() throws IOException {
    try (Socket slow = new Socket()) {
      slow.setReceiveBufferSize(16 << 10);
      slow.connect(proxy.address());
      slow.getOutputStream().write(request("/large"));
      try (SocketChannel other = SocketChannel.open(proxy.address())) {
        for (int i = 0; i < 1_000; i++) {
          get(other);
        }
      }
      assertThat(slow.getInputStream().transferTo(OutputStream.nullOutputStream()))
          .isGreaterThan(GIBIBYTE);
    }
  }

  /** Asks for a small answer and reads it as a whole; the connection stays open. */
  private static void get(SocketChannel client) throws IOException {
    client.write(ByteBuffer.wrap(request("/small")));
    ByteBuffer answer = ByteBuffer.allocate(4096);
    int end = -1;
    while (end < 0 || answer.position() < end + 4 + 1024) {
      assertThat(client.read(answer)).as("the connection is open").isPositive();
      end = new String(answer.array(), 0, answer.position(), US_ASCII).indexOf("\r\n\r\n");
    }
    assertThat(new String(answer.array(), 0, end, US_ASCII)).startsWith("HTTP/1.1 200");
  }

  /** The large answer is asked for once on its connection, which ends with it. */
  private static byte[] request(String path) {
    String connection = path.equals("/large") ? "Connection: close\r\n" : "";
    return "GET %s HTTP/1.1\r\nHost: test\r\n%s\r\n".formatted(path, connection).getBytes(US_ASCII);
  }

  private static void send(HttpExchange exchange, long length) throws IOException {
    byte[] piece = new byte[(int) Math.min(length, 64 << 10)];
    exchange.sendResponseHeaders(200, length);
    try (OutputStream body = exchange.getResponseBody()) {
      for (long sent = 0; sent < length; sent += piece.length) {
        body.write(piece);
      }
    }
  }
}
