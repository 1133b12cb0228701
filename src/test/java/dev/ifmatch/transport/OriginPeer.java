package dev.ifmatch.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.function.Consumer;

/** One connection to a test's backend, with the request that is being served. */
final class OriginPeer {
  private final Wire wire;
  private final Consumer<Heard> onRequest;
  private Heard request = new Heard("", "");
  private boolean bodyRead;

  OriginPeer(Wire wire, Consumer<Heard> onRequest) {
    this.wire = wire;
    this.onRequest = onRequest;
  }

  Wire wire() {
    return wire;
  }

  Heard request() {
    return request;
  }

  boolean readHead() throws IOException {
    String head = wire.readHead();
    request = new Heard(head, "");
    bodyRead = false;
    return !head.isEmpty();
  }

  /** Reads the rest of the request. */
  Heard readBody() throws IOException {
    if (!bodyRead) {
      byte[] body = new byte[0];
      if (request.field("Transfer-Encoding").isPresent()) {
        body = wire.readChunks(new StringBuilder());
      } else if (request.field("Content-Length").isPresent()) {
        body = wire.readBytes(Integer.parseInt(request.field("Content-Length").get()));
      }
      bodyRead = true;
      request = new Heard(request.head(), new String(body, ISO_8859_1));
      onRequest.accept(request);
    }
    return request;
  }

  /** Reads the request to its end and answers with these octets. */
  void answer(String octets) throws IOException {
    readBody();
    wire.send(octets);
  }

  /** Reads the request to its end and answers with a status, fields and a body of known length. */
  void answer(String statusAndFields, byte[] body) throws IOException {
    readBody();
    String head = "HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n";
    wire.send(head.formatted(statusAndFields, body.length));
    if (!request.method().equals("HEAD")) {
      wire.send(body);
    }
  }

  void answer(String statusAndFields, String body) throws IOException {
    answer(statusAndFields, body.getBytes(ISO_8859_1));
  }
}
