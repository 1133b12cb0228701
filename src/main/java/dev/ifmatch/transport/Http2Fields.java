package dev.ifmatch.transport;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Map;
import java.util.Set;

/**
 * The field lines of an HTTP/2 message, apart from its pseudo-fields, as HTTP/1.1 has them. Its
 * frames carry names and values of any octets: what could not stand in a field line of HTTP/1.1, or
 * would mean something else there, is complained of (RFC 9113 §8.2). Not thread-safe.
 */
final class Http2Fields {
  /** What belongs to one connection of HTTP/1.1 (RFC 9113 §8.2.2). */
  private static final Set<AsciiString> OF_CONNECTION =
      Set.of(
          HttpHeaderNames.CONNECTION,
          AsciiString.cached("keep-alive"),
          AsciiString.cached("proxy-connection"),
          HttpHeaderNames.TRANSFER_ENCODING,
          HttpHeaderNames.UPGRADE);

  private static final String CRUMB_END = "; ";

  /** What a field line of HTTP/1.1 has beside its name and value. */
  private static final int LINE_BYTES = 4;

  private final HttpHeaders headers =
      DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
  private final StringBuilder cookie = new StringBuilder();
  private String complaint = "";
  private int bytes;
  private boolean cut;

  /** Reads all field lines but pseudo-fields. */
  Http2Fields(Http2Headers received) {
    for (Map.Entry<CharSequence, CharSequence> line : received) {
      bytes += line.getKey().length() + line.getValue().length() + LINE_BYTES;
      if (!isPseudo(line.getKey())) {
        add(AsciiString.of(line.getKey()), line.getValue());
      }
    }
    if (!cookie.isEmpty()) {
      headers.set(HttpHeaderNames.COOKIE, cookie.toString());
    }
    if (received instanceof Http2ReceivedHeaders sent) {
      checkAsSent(sent);
    }
  }

  private void checkAsSent(Http2ReceivedHeaders sent) {
    cut = sent.isCut();
    if (sent.isCut()) {
      complaint = "more fields than are taken";
    } else if (sent.isDisordered()) {
      complaint = "a pseudo-field behind a field"; // §8.3
    }
  }

  static boolean isPseudo(CharSequence name) {
    return name.length() > 0 && name.charAt(0) == ':';
  }

  /** Whether a field belongs to one connection of HTTP/1.1, and must not stand in HTTP/2. */
  static boolean isOfConnection(AsciiString name) {
    return OF_CONNECTION.contains(name);
  }

  /** The fields; they may be changed. */
  HttpHeaders headers() {
    return headers;
  }

  /** What is wrong; empty where nothing is. */
  String complaint() {
    return complaint;
  }

  /** Whether they were so many that only the first are here. */
  boolean isCut() {
    return cut;
  }

  /** How large they would be in HTTP/1.1, pseudo-fields taken for others. */
  int bytes() {
    return bytes;
  }

  private void add(AsciiString name, CharSequence value) {
    if (!isName(name)) {
      complaint = name.isEmpty() ? "a field without a name" : "an invalid field name";
    } else if (!isValue(value)) {
      complaint = "a field value with a control character, or with white space around it";
    } else if (isOfConnection(name)) {
      complaint = "the field %s, which HTTP/2 does not have".formatted(name);
    } else if (HttpHeaderNames.TE.equals(name)
        && !AsciiString.contentEqualsIgnoreCase(value, "trailers")) {
      complaint = "a TE field with something else than trailers";
    } else if (HttpHeaderNames.COOKIE.equals(name)) {
      cookie.append(cookie.isEmpty() ? "" : CRUMB_END).append(value); // §8.2.3
    } else {
      headers.add(name, value);
    }
  }

  /** A token in lower case. */
  private static boolean isName(AsciiString name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!HeadScanner.isOfToken(c) || (c >= 'A' && c <= 'Z')) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private static boolean isValue(CharSequence value) {
    for (int i = 0; i < value.length(); i++) {
      if (!HeadScanner.isOfValue(value.charAt(i))) {
        return false;
      }
    }
    return value.length() == 0
        || !(isBlank(value.charAt(0)) || isBlank(value.charAt(value.length() - 1)));
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
