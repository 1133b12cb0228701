package dev.ifmatch.representation;

import java.util.Arrays;

/**
 * The escapes of JSON strings (RFC 8259 §7), two of which make one character outside the basic
 * plane. Stateless.
 */
final class JsonEscape {
  private static final int HEX_DIGITS = 4;
  private static final int UNIT = 2 + HEX_DIGITS;

  /** What a byte is as a digit, and what it stands for behind a backslash; negative if nothing. */
  private static final byte[] DIGITS = new byte[1 << Byte.SIZE];

  private static final byte[] LETTERS = new byte[1 << Byte.SIZE];

  static {
    Arrays.fill(DIGITS, (byte) -1);
    for (int b = 0; b < 0x80; b++) {
      DIGITS[b] = (byte) Character.digit(b, 1 << HEX_DIGITS);
    }
    Arrays.fill(LETTERS, (byte) -1);
    byte[] letters = {'"', '"', '\\', '\\', '/', '/', 'b', '\b', 'f', '\f', 'n', '\n', 'r', '\r'};
    for (int i = 0; i < letters.length; i += 2) {
      LETTERS[letters[i]] = letters[i + 1];
    }
    LETTERS['t'] = '\t';
  }

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
      return LETTERS[bytes[at + 1] & 0xff] < 0 ? Utf8.MALFORMED : 2;
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

  /** What the escape at {@code at} stands for, which is well-formed. */
  static int character(byte[] bytes, int at) {
    if (bytes[at + 1] != 'u') {
      return LETTERS[bytes[at + 1] & 0xff];
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
    if (at + HEX_DIGITS <= end) {
      return hex(bytes, at) < 0 ? Utf8.MALFORMED : HEX_DIGITS;
    }
    for (int i = at; i < end; i++) {
      if (digit(bytes[i]) < 0) {
        return Utf8.MALFORMED;
      }
    }
    return Utf8.INCOMPLETE;
  }

  /** The UTF-16 code unit that stands in the escape at {@code at}. */
  private static char unit(byte[] bytes, int at) {
    return (char) hex(bytes, at + 2);
  }

  /** Four digits as a number; negative if one is none. */
  private static int hex(byte[] bytes, int at) {
    return digit(bytes[at]) << 12
        | digit(bytes[at + 1]) << 8
        | digit(bytes[at + 2]) << 4
        | digit(bytes[at + 3]);
  }

  private static int digit(byte b) {
    return DIGITS[b & 0xff];
  }
}
