package dev.ifmatch.concurrency;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request or an answer as it was read from a connection.
 *
 * @param start the request line or the status line
 * @param fields the field lines, by names in lower case
 * @param body the content, one character per octet
 */
public record WireMessage(String start, Map<String, String> fields, String body) {

  /** Reads the next request. */
  public static WireMessage readRequest(InputStream in) throws IOException {
    String start = line(in);
    Map<String, String> fields = fields(in);
    return new WireMessage(start, fields, content(in, fields));
  }

  /** Reads the next answer, which has no content where it says so. */
  static WireMessage readAnswer(InputStream in) throws IOException {
    String start = line(in);
    Map<String, String> fields = fields(in);
    boolean empty = start.contains(" 204") || start.contains(" 304");
    return new WireMessage(start, fields, empty ? "" : content(in, fields));
  }

  public int status() {
    return Integer.parseInt(start.split(" ", 3)[1]);
  }

  public boolean isSuccess() {
    return status() >= 200 && status() < 300;
  }

  public String method() {
    return start.split(" ", 3)[0];
  }

  public String target() {
    return start.split(" ", 3)[1];
  }

  /** The value of a field; fails where there is none. */
  public String field(String name) {
    String value = fields.get(name.toLowerCase(Locale.ROOT));
    if (value == null) {
      throw new AssertionError("no " + name + " in " + start + " " + fields);
    }
    return value;
  }

  public boolean has(String name) {
    return fields.containsKey(name.toLowerCase(Locale.ROOT));
  }

  /** The entity-tag; fails where there is none. */
  public String tag() {
    return field("ETag");
  }

  @Override
  public String toString() {
    return start + " " + fields + " " + body;
  }

  private static Map<String, String> fields(InputStream in) throws IOException {
    Map<String, String> fields = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      fields.merge(name, line.substring(colon + 1).trim(), (a, b) -> a + ", " + b);
    }
    return fields;
  }

  private static String content(InputStream in, Map<String, String> fields) throws IOException {
    if (fields.containsKey("transfer-encoding")) {
      return chunks(in);
    }
    return octets(in, Integer.parseInt(fields.getOrDefault("content-length", "0")));
  }

  private static String chunks(InputStream in) throws IOException {
    StringBuilder content = new StringBuilder();
    int length;
    do {
      length = Integer.parseInt(line(in), 16);
      content.append(octets(in, length));
      line(in);
    } while (length > 0);
    return content.toString();
  }

  private static String octets(InputStream in, int length) throws IOException {
    byte[] octets = in.readNBytes(length);
    if (octets.length < length) {
      throw new EOFException("the content broke off");
    }
    return new String(octets, ISO_8859_1);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(80);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the connection was closed");
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(ISO_8859_1);
  }
}
