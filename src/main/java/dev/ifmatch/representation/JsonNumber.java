package dev.ifmatch.representation;

/**
 * The spelling of JSON numbers (RFC 8259 §6). What they amount to is never worked out, so that no
 * two spellings can become one. Stateless.
 */
final class JsonNumber {
  private static final int NONE = -1;

  private JsonNumber() {}

  /** Whether a text is a number, all of it. */
  static boolean isWellFormed(byte[] bytes, int start, int end) {
    return end(bytes, start, end) == end;
  }

  /** The index behind the longest number that starts here; negative if none does. */
  static int end(byte[] bytes, int start, int end) {
    int first = start < end && bytes[start] == '-' ? start + 1 : start;
    int at = Text.digitsEnd(bytes, first, end);
    if (at == first) {
      return NONE;
    }
    at = bytes[first] == '0' ? first + 1 : at;
    if (at < end && bytes[at] == '.') {
      int fraction = Text.digitsEnd(bytes, at + 1, end);
      at = fraction > at + 1 ? fraction : at;
    }
    return at < end && (bytes[at] | 0x20) == 'e' ? exponentEnd(bytes, at, end) : at;
  }

  /** The index of the first byte that can stand in no number. */
  static int runEnd(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && canStandIn(bytes[at])) {
      at++;
    }
    return at;
  }

  static boolean canStandIn(byte b) {
    return b != ',' && (isDigit(b) || b == '.' || b == '-' || b == '+' || b == 'e' || b == 'E');
  }

  private static int exponentEnd(byte[] bytes, int e, int end) {
    int signed = e + 1;
    boolean sign = signed < end && (bytes[signed] == '+' || bytes[signed] == '-');
    int digits = sign ? signed + 1 : signed;
    int at = Text.digitsEnd(bytes, digits, end);
    return at > digits ? at : e;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
