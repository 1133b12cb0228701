package dev.ifmatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged jar as a process: how it starts, says so, and ends. */
@Timeout(60)
class ProcessIT {
  private final HttpClient http = HttpClient.newHttpClient();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch mayAnswer = new CountDownLatch(1);
  private final ExecutorService backendThreads = Executors.newCachedThreadPool();
  private HttpServer backend;

  @BeforeEach
  void startBackend() throws IOException {
    backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    backend.setExecutor(backendThreads);
    backend.createContext("/", exchange -> answer(exchange, "hello"));
    backend.createContext(
        "/slow",
        exchange -> {
          asked.countDown();
          await(mayAnswer);
          answer(exchange, "late");
        });
    backend.start();
  }

  @AfterEach
  void stopBackend() {
    mayAnswer.countDown();
    backend.stop(0);
    backendThreads.shutdownNow();
  }

  @Test
  void oneLineSaysThatItIsReadyAndSigtermEndsItWithZero() throws Exception {
    try (JarProcess proxy = JarProcess.start(List.of(), backendUrl())) {
      assertThat(proxy.readyLine())
          .matches(
              "ready version=\\S+ origin=http://127.0.0.1:\\d+ reachable=true"
                  + " listen=http://127.0.0.1:\\d+ mode=require seconds=\\d+\\.\\d\\d");
      assertThat(get(proxy, "/").get().headers().firstValue("ETag")).isPresent();
      proxy.terminate();
      assertThat(proxy.exitCode()).isEqualTo(ExitCode.OK);
    }
  }

  @Test
  void whatIsObservedIsLoggedAndCountedInTheEnd() throws Exception {
    try (JarProcess proxy = JarProcess.start(List.of(), backendUrl(), "--mode", "observe")) {
      for (int i = 1; i <= 2; i++) {
        HttpRequest put =
            HttpRequest.newBuilder(URI.create(proxy.url() + "/a"))
                .PUT(HttpRequest.BodyPublishers.ofString("new"))
                .build();
        assertThat(http.send(put, BodyHandlers.ofString()).body()).isEqualTo("hello");
        assertThat(proxy.nextLine())
            .contains("PUT /a was passed on; in mode require it would get 428 (missing)");
      }
      proxy.terminate();
      assertThat(proxy.nextLine()).endsWith("mode require would refuse: 2 missing");
      assertThat(proxy.exitCode()).isEqualTo(ExitCode.OK);
    }
  }

  @Test
  void aRequestInFlightIsFinishedBeforeTheEnd() throws Exception {
    try (JarProcess proxy = JarProcess.start(List.of(), backendUrl())) {
      CompletableFuture<HttpResponse<String>> slow = get(proxy, "/slow");
      await(asked);
      proxy.terminate();
      mayAnswer.countDown();
      assertThat(slow.get().body()).isEqualTo("late");
      assertThat(proxy.exitCode()).isEqualTo(ExitCode.OK);
    }
  }

  @Test
  void whatIsNotFinishedInTimeIsCutOffAndTold() throws Exception {
    try (JarProcess proxy = JarProcess.start(List.of(), backendUrl(), "--drain", "100ms")) {
      CompletableFuture<HttpResponse<String>> slow = get(proxy, "/slow");
      await(asked);
      proxy.terminate();
      assertThat(proxy.nextLine())
          .endsWith("stopped with 1 connections cut off, 0 writes with unknown outcome");
      assertThat(proxy.exitCode()).isEqualTo(ExitCode.CUT_OFF);
      assertThat(slow).failsWithin(Duration.ofSeconds(20));
    }
  }

  /** As who presses Ctrl+C does, and as who has no more patience. */
  @ParameterizedTest
  @CsvSource({"TERM, TERM", "TERM, INT", "INT, INT", "INT, TERM"})
  void aSecondSignalEndsItAtOnce(String first, String second) throws Exception {
    try (JarProcess proxy = JarProcess.start(List.of(), backendUrl(), "--drain", "1h")) {
      CompletableFuture<HttpResponse<String>> slow = write(proxy, "/slow");
      await(asked);
      proxy.signal(first);
      await(() -> refusesConnections(proxy));
      assertThat(slow).isNotDone();
      proxy.signal(second);
      assertThat(proxy.nextLine())
          .endsWith("stopped with 1 connections cut off, 1 writes with unknown outcome");
      assertThat(proxy.exitCode()).isEqualTo(ExitCode.CUT_OFF);
      assertThat(slow).failsWithin(Duration.ofSeconds(20));
    }
  }

  /** The backend may stop what it does when the connection ends: it is given its time. */
  @Test
  void aWriteIsFinishedWhoseClientHasLeft() throws Exception {
    try (JarProcess proxy = JarProcess.start(List.of(), backendUrl())) {
      try (Socket client = new Socket()) {
        client.connect(proxy.address());
        String request = "POST /slow HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n";
        client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        await(asked);
      }
      proxy.terminate();
      await(() -> refusesConnections(proxy));
      mayAnswer.countDown();
      assertThat(proxy.exitCode()).isEqualTo(ExitCode.OK);
    }
  }

  @Test
  void sigintEndsItToo() throws Exception {
    try (JarProcess proxy = JarProcess.start(List.of(), backendUrl())) {
      proxy.signal("INT");
      assertThat(proxy.exitCode()).isEqualTo(ExitCode.OK);
    }
  }

  /** What the health check looks at. */
  private static boolean refusesConnections(JarProcess proxy) {
    try (Socket socket = new Socket()) {
      socket.connect(proxy.address());
      return false;
    } catch (IOException refused) {
      return true;
    }
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().pollInterval(Duration.ofMillis(5)).until(condition);
  }

  @Test
  void itStartsBeforeItsBackendAndSaysSo() throws Exception {
    try (JarProcess proxy = JarProcess.start(List.of(), "http://127.0.0.1:1")) {
      assertThat(proxy.readyLine()).contains("reachable=false");
      HttpResponse<String> answer = get(proxy, "/").get();
      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(answer.body()).contains("\"reason\":\"origin-unreachable\"");
    }
  }

  private String backendUrl() {
    return "http://127.0.0.1:" + backend.getAddress().getPort();
  }

  private CompletableFuture<HttpResponse<String>> get(JarProcess proxy, String path) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(proxy.url() + path)).build();
    return http.sendAsync(request, BodyHandlers.ofString());
  }

  private CompletableFuture<HttpResponse<String>> write(JarProcess proxy, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(proxy.url() + path))
            .POST(HttpRequest.BodyPublishers.ofString("new"))
            .build();
    return http.sendAsync(request, BodyHandlers.ofString());
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
