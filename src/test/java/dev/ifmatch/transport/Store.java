package dev.ifmatch.transport;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** What an honest, naive backend does: keeps a text for each target, and knows of no tags. */
final class Store implements Function<Heard, HostileOrigin.Act> {
  private final Map<String, String> texts = new ConcurrentHashMap<>();

  Store with(String target, String text) {
    texts.put(target, text);
    return this;
  }

  String text(String target) {
    return texts.getOrDefault(target, "");
  }

  @Override
  public HostileOrigin.Act apply(Heard request) {
    return this::serve;
  }

  void serve(OriginPeer peer) throws IOException {
    Heard request = peer.readBody();
    String text = texts.get(request.target());
    switch (request.method()) {
      case "GET", "HEAD" -> {
        if (text == null) {
          peer.answer("404 Not Found", "");
        } else {
          peer.answer("200 OK\r\nContent-Type: text/plain", text);
        }
      }
      case "PUT" -> {
        texts.put(request.target(), request.body());
        peer.answer(text == null ? "201 Created" : "200 OK", "stored");
      }
      case "DELETE" -> {
        texts.remove(request.target());
        peer.answer("HTTP/1.1 204 No Content\r\n\r\n");
      }
      default -> peer.answer("200 OK", "done");
    }
  }
}
