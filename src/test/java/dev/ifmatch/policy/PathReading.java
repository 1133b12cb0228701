package dev.ifmatch.policy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * How servers read a path, each in a way of its own: two paths that one of them reads in the same
 * way are one resource to it. None of them is asked about paths that go up.
 */
enum PathReading {
  /** Only what the standard calls equal (RFC 3986 §6.2.2). */
  STANDARD(path -> withoutDots(unreservedDecoded(path))),
  /** nginx: decodes, then merges slashes. */
  DECODED(path -> merged(withoutDots(merged(decoded(path))))),
  /** Servlet containers: parameters go before anything is decoded. */
  PARAMETERS_FIRST(path -> merged(withoutDots(merged(decoded(withoutParameters(path)))))),
  /** Others see parameters only once all is decoded. */
  PARAMETERS_LAST(path -> merged(withoutDots(merged(withoutParameters(decoded(path)))))),
  /** Express: neither case nor a slash at the end counts. */
  LENIENT(path -> withoutSlashAtTheEnd(lower(decoded(path)))),
  /** Servers on Windows: a backslash is a slash. */
  BACKSLASHES(path -> lower(merged(withoutDots(merged(decoded(path).replace('\\', '/'))))));

  @SuppressWarnings("ImmutableEnumChecker") // a lambda
  private final UnaryOperator<String> reading;

  PathReading(UnaryOperator<String> reading) {
    this.reading = reading;
  }

  String of(String target) {
    return reading.apply(target.split("[?#]", 2)[0]);
  }

  private static String withoutDots(String path) {
    String shorter = path.replace("/./", "/");
    while (shorter.contains("/./")) {
      shorter = shorter.replace("/./", "/");
    }
    return shorter.endsWith("/.") ? shorter.substring(0, shorter.length() - 1) : shorter;
  }

  private static String merged(String path) {
    return path.replaceAll("//+", "/");
  }

  private static String withoutParameters(String path) {
    return path.replaceAll(";[^/]*", "");
  }

  private static String withoutSlashAtTheEnd(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static String lower(String path) {
    StringBuilder lower = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      lower.append(c >= 'A' && c <= 'Z' ? Character.toLowerCase(c) : c);
    }
    return lower.toString();
  }

  /** Octets in place of what is encoded; a percent sign that encodes nothing stays. */
  private static String decoded(String path) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream(path.length());
    for (int i = 0; i < path.length(); i++) {
      int octet = encoded(path, i);
      octets.write(octet < 0 ? path.charAt(i) : octet);
      i += octet < 0 ? 0 : 2;
    }
    return octets.toString(ISO_8859_1);
  }

  private static String unreservedDecoded(String path) {
    StringBuilder plain = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      int octet = encoded(path, i);
      if (octet < 0) {
        char c = path.charAt(i);
        plain.append(c == '%' ? "%25" : String.valueOf(c));
      } else {
        boolean unreserved = isUnreserved(octet);
        String asSent = path.substring(i, i + 3);
        plain.append(unreserved ? String.valueOf((char) octet) : asSent.toUpperCase(Locale.ROOT));
        i += 2;
      }
    }
    return plain.toString();
  }

  private static boolean isUnreserved(int c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || "-._~".indexOf(c) >= 0;
  }

  /** The octet that is encoded at an index; negative where none is. */
  private static int encoded(String path, int at) {
    if (path.charAt(at) != '%' || at + 3 > path.length()) {
      return -1;
    }
    int high = Character.digit(path.charAt(at + 1), 16);
    int low = Character.digit(path.charAt(at + 2), 16);
    return high < 0 || low < 0 ? -1 : 16 * high + low;
  }
}
