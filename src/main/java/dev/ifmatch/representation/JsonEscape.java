package dev.ifmatch.representation;

/**
 * The escapes of JSON strings (RFC 8259 §7), two of which make one character outside the basic
 * plane. Stateless.
 */
final class JsonEscape {
  private static final int HEX_DIGITS = 4;
  private static final int UNIT = 2 + HEX_DIGITS;

  private JsonEscape() {}

  /**
   * How many bytes the escape has whose backslash stands at {@code at}: all of a surrogate pair.
   *
   * @return 2, 6 or 12; {@link Utf8#INCOMPLETE}; or {@link Utf8#MALFORMED}, as a lone surrogate is
   */
  static int length(byte[] bytes, int at, int end) {
    if (at + 1 >= end) {
      return Utf8.INCOMPLETE;
    }
    if (bytes[at + 1] != 'u') {
      return plain(bytes[at + 1]) < 0 ? Utf8.MALFORMED : 2;
    }
    int digits = digitsLength(bytes, at + 2, end);
    if (digits != HEX_DIGITS) {
      return digits;
    }
    char unit = unit(bytes, at);
    if (!Character.isSurrogate(unit)) {
      return UNIT;
    }
    return Character.isLowSurrogate(unit) ? Utf8.MALFORMED : pairLength(bytes, at + UNIT, end);
  }

  /**
   * Copies well-formed text, putting characters in the place of escapes. Never writes more than it
   * reads.
   *
   * @return the index behind what was written
   */
  static int decode(byte[] from, int start, int end, byte[] to, int at) {
    int next = at;
    for (int i = start; i < end; ) {
      int plain = Text.plainEnd(from, i, end);
      System.arraycopy(from, i, to, next, plain - i);
      next += plain - i;
      i = plain;
      if (i < end && from[i] != '\\') {
        to[next++] = from[i++];
      } else if (i < end) {
        int character = character(from, i);
        next = Utf8.put(character, to, next);
        i += from[i + 1] != 'u' ? 2 : character < 0x10000 ? UNIT : 2 * UNIT;
      }
    }
    return next;
  }

  /** What the escape at {@code at} stands for. */
  private static int character(byte[] bytes, int at) {
    if (bytes[at + 1] != 'u') {
      return plain(bytes[at + 1]);
    }
    char unit = unit(bytes, at);
    return Character.isHighSurrogate(unit)
        ? Character.toCodePoint(unit, unit(bytes, at + UNIT))
        : unit;
  }

  private static int pairLength(byte[] bytes, int low, int end) {
    if ((low < end && bytes[low] != '\\') || (low + 1 < end && bytes[low + 1] != 'u')) {
      return Utf8.MALFORMED;
    }
    int digits = digitsLength(bytes, low + 2, end);
    if (digits != HEX_DIGITS) {
      return digits;
    }
    return Character.isLowSurrogate(unit(bytes, low)) ? 2 * UNIT : Utf8.MALFORMED;
  }

  private static int digitsLength(byte[] bytes, int at, int end) {
    for (int i = at; i < Math.min(at + HEX_DIGITS, end); i++) {
      if (digit(bytes[i]) < 0) {
        return Utf8.MALFORMED;
      }
    }
    return at + HEX_DIGITS <= end ? HEX_DIGITS : Utf8.INCOMPLETE;
  }

  /** The UTF-16 code unit that stands in the escape at {@code at}. */
  private static char unit(byte[] bytes, int at) {
    int unit = 0;
    for (int i = at + 2; i < at + UNIT; i++) {
      unit = unit << 4 | digit(bytes[i]);
    }
    return (char) unit;
  }

  private static int digit(byte b) {
    return Character.digit(b & 0xff, 16);
  }

  /** What the escape of a backslash and one letter stands for; negative where there is none. */
  private static byte plain(byte letter) {
    return switch (letter) {
      case '"', '\\', '/' -> letter;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> -1;
    };
  }
}
