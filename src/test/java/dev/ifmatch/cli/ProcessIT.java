package dev.ifmatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The packaged jar as a process: how it starts, says so, and ends. */
@Timeout(60)
class ProcessIT {
  private static final Pattern LISTEN = Pattern.compile("listen=(\\S+)");

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
    Process proxy = start("http://127.0.0.1:" + backend.getAddress().getPort());
    try (BufferedReader log = proxy.errorReader(StandardCharsets.UTF_8)) {
      String ready = log.readLine();
      assertThat(ready)
          .matches(
              "ready version=\\S+ origin=http://127.0.0.1:\\d+ reachable=true"
                  + " listen=http://127.0.0.1:\\d+ mode=require seconds=\\d+\\.\\d\\d");
      assertThat(get(listenOf(ready)).headers().firstValue("ETag")).isPresent();
      terminate(proxy);
      assertThat(proxy.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(proxy.exitValue()).isEqualTo(ExitCode.OK);
    } finally {
      proxy.destroyForcibly();
    }
  }

  @Test
  void aRequestInFlightIsFinishedBeforeTheEnd() throws Exception {
    Process proxy = start("http://127.0.0.1:" + backend.getAddress().getPort());
    try (BufferedReader log = proxy.errorReader(StandardCharsets.UTF_8)) {
      URI uri = listenOf(log.readLine());
      CompletableFuture<HttpResponse<String>> slow =
          http.sendAsync(
              HttpRequest.newBuilder(uri.resolve("/slow")).build(), BodyHandlers.ofString());
      await(asked);
      terminate(proxy);
      mayAnswer.countDown();
      assertThat(slow.get().body()).isEqualTo("late");
      assertThat(proxy.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(proxy.exitValue()).isEqualTo(ExitCode.OK);
    } finally {
      proxy.destroyForcibly();
    }
  }

  @Test
  void whatIsNotFinishedInTimeIsCutOffAndTold() throws Exception {
    Process proxy = start("http://127.0.0.1:" + backend.getAddress().getPort(), "--drain", "100ms");
    try (BufferedReader log = proxy.errorReader(StandardCharsets.UTF_8)) {
      URI uri = listenOf(log.readLine());
      CompletableFuture<HttpResponse<String>> slow =
          http.sendAsync(
              HttpRequest.newBuilder(uri.resolve("/slow")).build(), BodyHandlers.ofString());
      await(asked);
      terminate(proxy);
      assertThat(log.readLine()).contains("1 connections cut off");
      assertThat(proxy.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(proxy.exitValue()).isEqualTo(ExitCode.CUT_OFF);
      assertThat(slow).failsWithin(Duration.ofSeconds(20));
    } finally {
      proxy.destroyForcibly();
    }
  }

  @Test
  void itStartsBeforeItsBackendAndSaysSo() throws Exception {
    Process proxy = start("http://127.0.0.1:1");
    try (BufferedReader log = proxy.errorReader(StandardCharsets.UTF_8)) {
      String ready = log.readLine();
      assertThat(ready).contains("reachable=false");
      HttpResponse<String> answer = get(listenOf(ready));
      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(answer.body()).contains("\"reason\":\"origin-unreachable\"");
    } finally {
      proxy.destroyForcibly();
    }
  }

  /** Sends SIGTERM; {@link Process#destroy} would also close the streams that are read here. */
  private static void terminate(Process proxy) {
    assertThat(proxy.toHandle().destroy()).isTrue();
  }

  private HttpResponse<String> get(URI uri) throws Exception {
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private static URI listenOf(String ready) {
    Matcher listen = LISTEN.matcher(ready);
    assertThat(listen.find()).as(ready).isTrue();
    return URI.create(listen.group(1) + "/");
  }

  private static Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("ifmatch.jar"),
                "--listen",
                "127.0.0.1:0"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
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
