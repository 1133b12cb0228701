package dev.ifmatch.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A deliberately naive REST backend: it keeps JSON in memory, sends no ETag and lets the last
 * writer win.
 *
 * <p>It also serves the demo's page, and answers any origin (CORS), so that the page can reach it
 * past the proxy. Thread-safe.
 */
public final class DemoBackend implements Closeable {

  static final int BODY_LIMIT_BYTES = 1024 * 1024;

  /** How much of a too large body is read and dropped, so that its sender gets to see the 413. */
  private static final long DRAIN_LIMIT_BYTES = 16L * BODY_LIMIT_BYTES;

  private final HttpServer server;
  private final ExecutorService workers;
  private final DemoApi api = new DemoApi();
  private final DemoPage page = new DemoPage();
  private volatile int proxyPort;

  private DemoBackend(HttpServer server, ExecutorService workers) {
    this.server = server;
    this.workers = workers;
  }

  /** Starts a backend there; port 0 takes a free one. */
  public static DemoBackend start(InetSocketAddress listen) throws IOException {
    // The JDK's server sends head and body apart; without this the second waits 40 ms for the
    // first's ACK.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    HttpServer server = HttpServer.create(listen, 0);
    AtomicInteger number = new AtomicInteger();
    ExecutorService workers =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "demo-backend-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    DemoBackend backend = new DemoBackend(server, workers);
    backend.proxyPort = server.getAddress().getPort();
    server.createContext("/", backend::handle);
    server.setExecutor(workers);
    server.start();
    return backend;
  }

  public InetSocketAddress address() {
    return server.getAddress();
  }

  /**
   * Tells the page on which port it finds the proxy; until then it takes the backend itself for it.
   */
  void announceProxy(int port) {
    proxyPort = port;
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readNBytes(BODY_LIMIT_BYTES + 1);
      Answer answer =
          body.length > BODY_LIMIT_BYTES
              ? tooLarge(exchange.getRequestBody())
              : answer(exchange, exchange.getRequestURI().getPath(), body);
      send(exchange, answer);
    }
  }

  private Answer answer(HttpExchange exchange, String path, byte[] body) {
    String method = exchange.getRequestMethod();
    if (isPreflight(exchange)) {
      return Answer.empty(204)
          .with("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE")
          .with("Access-Control-Allow-Headers", "Content-Type")
          .with("Access-Control-Max-Age", "600");
    }
    if (path.startsWith("/api/")) {
      return api.answer(method, path, body);
    }
    return switch (path) {
      case "/demo/config.json" -> forReading(method, config());
      case "/demo/reset" -> reset(method);
      default ->
          page.file(path, backendPort(), proxyPort)
              .map(file -> forReading(method, file))
              .orElseGet(() -> Answer.error(404, "There is nothing at " + path));
    };
  }

  private static boolean isPreflight(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("OPTIONS")
        && exchange.getRequestHeaders().containsKey("Access-Control-Request-Method");
  }

  private Answer config() {
    return Answer.json(
            200, Json.object().put("proxyPort", proxyPort).put("backendPort", backendPort()))
        .with("Cache-Control", "no-store");
  }

  private Answer reset(String method) {
    if (!method.equals("POST")) {
      return Answer.methodNotAllowed("POST");
    }
    api.reset();
    return Answer.empty(204);
  }

  private static Answer forReading(String method, Answer answer) {
    return switch (method) {
      case "GET", "HEAD" -> answer;
      default -> Answer.methodNotAllowed("GET, HEAD");
    };
  }

  private static Answer tooLarge(InputStream rest) throws IOException {
    byte[] dropped = new byte[64 * 1024];
    long drained = 0;
    int read = rest.read(dropped);
    while (read >= 0 && drained < DRAIN_LIMIT_BYTES) {
      drained += read;
      read = rest.read(dropped);
    }
    return Answer.error(413, "A body may have " + BODY_LIMIT_BYTES + " bytes at most")
        .with("Connection", "close");
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    var fields = exchange.getResponseHeaders();
    answer.fields().forEach(fields::set);
    fields.set("Access-Control-Allow-Origin", "*");
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    if (exchange.getRequestMethod().equals("HEAD")) {
      fields.set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(answer.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private int backendPort() {
    return address().getPort();
  }
}
