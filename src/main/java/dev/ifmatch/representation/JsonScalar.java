package dev.ifmatch.representation;

/** Scalar values that are here as a whole and need no second look. Stateless. */
final class JsonScalar {
  /** What stands for others. */
  static final long NOT_SIMPLE = -1;

  private JsonScalar() {}

  /** What the value that starts here is in the document; or {@link #NOT_SIMPLE}. */
  static long node(byte[] bytes, int at, int end) {
    if (at >= end) {
      return NOT_SIMPLE;
    }
    byte b = bytes[at];
    if (b == '"') {
      return string(bytes, at, end);
    }
    if (b >= '-' && b <= '9') {
      return number(bytes, at, end);
    }
    int length = JsonLiteral.length(bytes, at, end);
    return length > 0 ? JsonNode.literal(at, length) : NOT_SIMPLE;
  }

  private static long string(byte[] bytes, int at, int end) {
    int close = Text.plainEnd(bytes, at + 1, end);
    return close < end && bytes[close] == '"'
        ? JsonNode.string(at + 1, close - at - 1)
        : NOT_SIMPLE;
  }

  private static long number(byte[] bytes, int at, int end) {
    int behind = JsonNumber.end(bytes, at, end);
    return behind > 0 && behind < end && !JsonNumber.canStandIn(bytes[behind])
        ? JsonNode.number(at, behind - at)
        : NOT_SIMPLE;
  }
}
