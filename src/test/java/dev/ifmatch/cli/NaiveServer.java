package dev.ifmatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A backend whose answers are made for each request, and that remembers which methods came. */
final class NaiveServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<String> methods = ConcurrentHashMap.newKeySet();
  private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();

  /** Answers a request. */
  interface Handler {
    /**
     * Answers.
     *
     * @param count how many requests for the path there were before
     */
    void answer(HttpExchange exchange, int count) throws IOException;
  }

  NaiveServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    on("/", (exchange, count) -> send(exchange, 404, ""));
    server.start();
  }

  void on(String path, Handler handler) {
    server.createContext(
        path,
        exchange -> {
          methods.add(exchange.getRequestMethod());
          int before = counts.computeIfAbsent(path, p -> new AtomicInteger()).getAndIncrement();
          try (exchange) {
            handler.answer(exchange, before);
          }
        });
  }

  /** Sends an answer; of a 200, the body is JSON unless a type was set. */
  static void send(HttpExchange exchange, int status, String body, String... fields)
      throws IOException {
    if (status == 200) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
    }
    for (int i = 0; i < fields.length; i += 2) {
      exchange.getResponseHeaders().set(fields[i], fields[i + 1]);
    }
    byte[] bytes = body.getBytes(UTF_8);
    boolean bodiless = exchange.getRequestMethod().equals("HEAD") || bytes.length == 0;
    exchange.sendResponseHeaders(status, bodiless ? -1 : bytes.length);
    if (!bodiless) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(bytes);
      }
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The methods of all requests so far. */
  Set<String> methods() {
    return methods;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
