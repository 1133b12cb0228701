package dev.ifmatch.policy;

/** The grammar of {@code Host}: {@code uri-host [ ":" port ]} (RFC 9110 §7.2, RFC 3986 §3.2.2). */
final class Authority {
  private static final int MAX_PORT_DIGITS = 5;

  private Authority() {}

  /** Whether the text names a host, with or without a port. */
  static boolean isValid(String text) {
    int end = text.startsWith("[") ? endOfLiteral(text) : endOfName(text);
    return end > 0 && (end == text.length() || isPort(text, end));
  }

  /** Where an IPv6 address in brackets ends; 0 where there is none. */
  private static int endOfLiteral(String text) {
    int at = 1;
    while (at < text.length() && isOfAddress(text.charAt(at))) {
      at++;
    }
    boolean closed = at > 1 && at < text.length() && text.charAt(at) == ']';
    return closed ? at + 1 : 0;
  }

  /** Where a name or an IPv4 address ends; 0 where there is none. */
  private static int endOfName(String text) {
    int at = 0;
    while (at < text.length() && text.charAt(at) != ':') {
      char c = text.charAt(at);
      if (c == '%' ? !isEncoded(text, at) : !isOfName(c)) {
        return 0;
      }
      at++;
    }
    return at;
  }

  private static boolean isPort(String text, int colon) {
    boolean digits = text.charAt(colon) == ':' && text.length() - colon - 1 <= MAX_PORT_DIGITS;
    for (int i = colon + 1; i < text.length() && digits; i++) {
      digits = isDigit(text.charAt(i));
    }
    return digits;
  }

  private static boolean isEncoded(String text, int percent) {
    return percent + 2 < text.length()
        && isHexDigit(text.charAt(percent + 1))
        && isHexDigit(text.charAt(percent + 2));
  }

  private static boolean isOfAddress(char c) {
    return isHexDigit(c) || c == ':' || c == '.';
  }

  /** {@code unreserved} and {@code sub-delims} of RFC 3986. */
  private static boolean isOfName(char c) {
    return isDigit(c)
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || "-._~!$&'()*+,;=".indexOf(c) >= 0;
  }

  private static boolean isHexDigit(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
