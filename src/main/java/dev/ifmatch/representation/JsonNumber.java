package dev.ifmatch.representation;

/**
 * The spelling of JSON numbers (RFC 8259 §6). What they amount to is never worked out, so that no
 * two spellings can become one. Stateless.
 */
final class JsonNumber {
  private JsonNumber() {}

  /** The index of the first byte that can stand in no number. */
  static int end(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && canStandIn(bytes[at])) {
      at++;
    }
    return at;
  }

  /** Whether a text that is not empty is a number. */
  static boolean isWellFormed(byte[] bytes, int start, int end) {
    int first = bytes[start] == '-' ? start + 1 : start;
    int at = digitsEnd(bytes, first, end);
    if (at == first || (bytes[first] == '0' && at > first + 1)) {
      return false;
    }
    if (at < end && bytes[at] == '.') {
      int fraction = at + 1;
      at = digitsEnd(bytes, fraction, end);
      if (at == fraction) {
        return false;
      }
    }
    return at == end || isExponent(bytes, at, end);
  }

  private static boolean isExponent(byte[] bytes, int start, int end) {
    if (bytes[start] != 'e' && bytes[start] != 'E') {
      return false;
    }
    int signed = start + 1;
    boolean sign = signed < end && (bytes[signed] == '+' || bytes[signed] == '-');
    int digits = sign ? signed + 1 : signed;
    return digits < end && digitsEnd(bytes, digits, end) == end;
  }

  private static int digitsEnd(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && isDigit(bytes[at])) {
      at++;
    }
    return at;
  }

  private static boolean canStandIn(byte b) {
    return isDigit(b) || b == '.' || b == '-' || b == '+' || b == 'e' || b == 'E';
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
