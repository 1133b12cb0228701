package dev.ifmatch.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads requests by the letter of RFC 9112 and takes nothing else, with nothing in common with what
 * reads them in the proxy. Slow, and plain to see.
 */
final class StrictReader {
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final Pattern REQUEST_LINE =
      Pattern.compile("(" + TOKEN + ") ([!-~]+) HTTP/1\\.([01])");
  private static final Pattern FIELD =
      Pattern.compile(
          "(" + TOKEN + "):[ \t]*+((?:[\t -~\u0080-\u00ff]*[!-~\u0080-\u00ff])?)[ \t]*");
  private static final Pattern CHUNK =
      Pattern.compile("0*([0-9A-Fa-f]{1,7})(?:;[\t -~\u0080-\u00ff]*)?");
  private static final Pattern DROPPED =
      Pattern.compile("(?i)(?:content-length|transfer-encoding|trailer):");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,9}");

  /**
   * One request as it was meant.
   *
   * @param fields name in lower case, a colon, and value
   * @param body the content without its framing, a character for each octet
   */
  record Request(String method, String target, List<String> fields, String body) {
    List<String> values(String name) {
      return fields.stream()
          .filter(line -> line.startsWith(name + ":"))
          .map(line -> line.substring(name.length() + 1))
          .toList();
    }
  }

  /** What stands behind the last whole request. */
  enum Rest {
    NOTHING,
    /** The start of another, or nothing that can be told yet. */
    MORE,
    /** Something else, with which no request starts. */
    NO_REQUEST
  }

  /** What is not there yet. */
  private static final class Incomplete extends Exception {
    private static final long serialVersionUID = 1;
  }

  /** What is no HTTP. */
  private static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;
  }

  private final String octets;
  private final List<Request> requests = new ArrayList<>();
  private Rest rest = Rest.NOTHING;
  private int at;

  private StrictReader(byte[] octets) {
    this.octets = new String(octets, ISO_8859_1);
  }

  static StrictReader of(byte[] octets) {
    StrictReader reader = new StrictReader(octets);
    reader.readAll();
    return reader;
  }

  /** Those that are there as a whole. */
  List<Request> requests() {
    return requests;
  }

  Rest rest() {
    return rest;
  }

  private void readAll() {
    try {
      while (skipEmptyLines()) {
        rest = Rest.MORE;
        requests.add(request());
        rest = Rest.NOTHING;
      }
    } catch (Incomplete more) {
      rest = Rest.MORE;
    } catch (Malformed broken) {
      rest = Rest.NO_REQUEST;
    }
  }

  private boolean skipEmptyLines() {
    while (octets.startsWith("\r\n", at)) {
      at += 2;
    }
    return at < octets.length();
  }

  private Request request() throws Incomplete, Malformed {
    Matcher start = matched(REQUEST_LINE, line());
    List<String> fields = fields();
    Request head = new Request(start.group(1), start.group(2), fields, "");
    return new Request(head.method(), head.target(), fields, body(head, start.group(3)));
  }

  private List<String> fields() throws Incomplete, Malformed {
    List<String> fields = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      Matcher field = matched(FIELD, line);
      fields.add(field.group(1).toLowerCase(Locale.ROOT) + ":" + field.group(2));
    }
    return fields;
  }

  private String body(Request head, String minorVersion) throws Incomplete, Malformed {
    List<String> lengths = head.values("content-length");
    List<String> codings = head.values("transfer-encoding");
    boolean chunked = codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked");
    if (!codings.isEmpty() && (!chunked || !lengths.isEmpty() || minorVersion.equals("0"))) {
      throw new Malformed();
    }
    if (chunked) {
      return chunks();
    }
    if (lengths.size() > 1) {
      throw new Malformed();
    }
    return lengths.isEmpty()
        ? ""
        : octets(Integer.parseInt(matched(LENGTH, lengths.get(0)).group()));
  }

  private String chunks() throws Incomplete, Malformed {
    StringBuilder content = new StringBuilder();
    int size = Integer.parseInt(matched(CHUNK, line()).group(1), 16);
    while (size > 0) {
      content.append(octets(size));
      if (!line().isEmpty()) {
        throw new Malformed();
      }
      size = Integer.parseInt(matched(CHUNK, line()).group(1), 16);
    }
    trailers();
    return content.toString();
  }

  /** One that goes on in another line is taken. What is dropped unseen is not looked at. */
  private void trailers() throws Incomplete, Malformed {
    boolean first = true;
    boolean dropped = false;
    for (String line = anyLine(); !line.isEmpty(); line = anyLine()) {
      boolean goesOn = !first && (line.startsWith(" ") || line.startsWith("\t"));
      dropped = goesOn ? dropped : DROPPED.matcher(line).lookingAt();
      if (!dropped) {
        matched(FIELD, goesOn ? "x:" + line.trim() : line); // controls at its ends go, too
      }
      first = false;
    }
  }

  private String octets(int count) throws Incomplete {
    if (octets.length() - at < count) {
      throw new Incomplete();
    }
    at += count;
    return octets.substring(at - count, at);
  }

  /** A line that ends with CRLF; neither of the two stands alone in it. */
  private String line() throws Incomplete, Malformed {
    String line = anyLine();
    if (line.indexOf('\r') >= 0) {
      throw new Malformed();
    }
    return line;
  }

  /** A line that ends with CRLF, whatever stands in it. */
  private String anyLine() throws Incomplete, Malformed {
    int end = octets.indexOf('\n', at);
    if (end < 0) {
      throw new Incomplete();
    }
    String line = octets.substring(at, end);
    at = end + 1;
    if (!line.endsWith("\r")) {
      throw new Malformed();
    }
    return line.substring(0, line.length() - 1);
  }

  private static Matcher matched(Pattern pattern, String text) throws Malformed {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw new Malformed();
    }
    return matcher;
  }
}
