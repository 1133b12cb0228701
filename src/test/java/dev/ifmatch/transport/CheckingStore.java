package dev.ifmatch.transport;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/** What a careful backend does: one text with a strong tag of its own, which it checks. */
final class CheckingStore implements Function<Heard, HostileOrigin.Act> {
  private String text;
  private int version;

  CheckingStore(String text) {
    this.text = text;
  }

  synchronized String text() {
    return text;
  }

  /** Is written to by somebody else. */
  synchronized void change(String other) {
    text = other;
    version++;
  }

  @Override
  public HostileOrigin.Act apply(Heard request) {
    return this::serve;
  }

  void serve(OriginPeer peer) throws IOException {
    Heard request = peer.readBody();
    peer.answer(answer(request), request.method().equals("GET") ? text() : "");
  }

  private synchronized String answer(Heard request) {
    Optional<String> asked = request.field("If-Match");
    if (!request.method().equals("GET")) {
      if (asked.isPresent() && !asked.get().equals(tag())) {
        return "412 Precondition Failed\r\nServer: careful";
      }
      change(request.body());
    }
    return "200 OK\r\nContent-Type: text/plain\r\nETag: " + tag();
  }

  private String tag() {
    return "\"v" + version + "\"";
  }
}
