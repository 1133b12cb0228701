package dev.ifmatch.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One answer as it came over the wire.
 *
 * @param status its status code
 * @param head the status line and the fields
 * @param body the content with its framing taken off, a character for each octet
 * @param trailers the lines behind a chunked body
 * @param interim the 1xx answers before it
 */
record Reply(int status, String head, String body, String trailers, List<Reply> interim) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Reply of(String head) throws IOException {
    if (head.isEmpty()) {
      throw new EOFException("the connection ended without an answer");
    }
    return new Reply(Integer.parseInt(head.split(" ", 3)[1]), head, "", "", List.of());
  }

  Reply after(List<Reply> others) {
    return new Reply(status, head, body, trailers, List.copyOf(others));
  }

  /** This answer with its body, framed as RFC 9112 §6.3 says. */
  Reply with(Wire wire, boolean withBody) throws IOException {
    StringBuilder behind = new StringBuilder();
    byte[] content = new byte[0];
    if (withBody && status != 204 && status != 304) {
      if (field("Transfer-Encoding").isPresent()) {
        content = wire.readChunks(behind);
      } else if (field("Content-Length").isPresent()) {
        content = wire.readBytes(Integer.parseInt(field("Content-Length").get()));
      } else {
        content = wire.readToEnd();
      }
    }
    return new Reply(status, head, new String(content, ISO_8859_1), behind.toString(), interim);
  }

  /** The value of the field with this name; it must not stand twice. */
  Optional<String> field(String name) {
    List<String> lines =
        Pattern.compile("(?imd)^" + Pattern.quote(name) + ":[ \t]*(.*?)[ \t]*\r$")
            .matcher(head)
            .results()
            .map(line -> line.group(1))
            .toList();
    if (lines.size() > 1) {
      throw new AssertionError(name + " stands more than once in " + head);
    }
    return lines.stream().findFirst();
  }

  /** The entity-tag, which must be there. */
  String tag() {
    return field("ETag").orElseThrow(() -> new AssertionError("no ETag in " + head));
  }

  boolean closes() {
    return field("Connection").orElse("").toLowerCase(Locale.ROOT).equals("close");
  }

  /** The problem document. */
  JsonNode problem() throws IOException {
    if (!field("Content-Type").orElse("").equals("application/problem+json")) {
      throw new AssertionError("no problem document: " + this);
    }
    return JSON.readTree(body.getBytes(ISO_8859_1));
  }

  String reason() throws IOException {
    return problem().path("reason").asText();
  }

  @Override
  public String toString() {
    return head + body;
  }
}
