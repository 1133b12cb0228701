package dev.ifmatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A backend with one JSON document that its requests read and replace. */
final class ExampleBackend implements AutoCloseable {

  /** What it does with the document. */
  interface Behaviour {
    /** The representation that a GET gets. */
    String read(String state, HttpExchange exchange);

    /** The document after a write. */
    String write(String state, String sent, HttpExchange exchange);
  }

  private final HttpServer server;
  private final Behaviour behaviour;
  private final List<String> written = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger reads = new AtomicInteger();
  private String state;

  ExampleBackend(String state, Behaviour behaviour) throws IOException {
    this.state = state;
    this.behaviour = behaviour;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The writes that reached it: method and path. */
  List<String> written() {
    return List.copyOf(written);
  }

  /** How many reads have been answered. */
  int reads() {
    return reads.get();
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    String sent = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    String answer;
    if (exchange.getRequestMethod().equals("GET")) {
      reads.incrementAndGet();
      answer = behaviour.read(state, exchange);
    } else {
      written.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
      state = behaviour.write(state, sent, exchange);
      answer = state;
    }
    byte[] bytes = answer.getBytes(UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
