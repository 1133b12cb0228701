package dev.ifmatch.representation;

/**
 * Strict UTF-8 (RFC 3629 §4): no overlong forms, no surrogates, nothing above U+10FFFF. Stateless.
 */
final class Utf8 {
  /** The bytes so far may be the start of something well-formed. */
  static final int INCOMPLETE = 0;

  /** Whatever follows, this is not well-formed. */
  static final int MALFORMED = -1;

  /** How many bytes a character has at most. */
  static final int MAX_LENGTH = 4;

  private Utf8() {}

  /**
   * How many bytes the character that starts at {@code at} has, which is not one of ASCII.
   *
   * @return 2 to 4, or {@link #INCOMPLETE} or {@link #MALFORMED}
   */
  static int length(byte[] bytes, int at, int end) {
    int lead = bytes[at] & 0xff;
    int length = lengthAfter(lead);
    if (length == MALFORMED
        || (at + 1 < end && !isSecond(lead, bytes[at + 1] & 0xff))
        || (length > 2 && at + 2 < end && !isContinuation(bytes[at + 2]))
        || (length > 3 && at + 3 < end && !isContinuation(bytes[at + 3]))) {
      return MALFORMED;
    }
    return at + length <= end ? length : INCOMPLETE;
  }

  /** Writes a character that is no surrogate. Returns the index behind it. */
  static int put(int character, byte[] to, int at) {
    if (character < 0x80) {
      to[at] = (byte) character;
      return at + 1;
    }
    int length = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    to[at] = (byte) ((0xf00 >> length) | (character >> (6 * (length - 1))));
    if (length > 3) {
      to[at + length - 3] = continuation(character >> 12);
    }
    if (length > 2) {
      to[at + length - 2] = continuation(character >> 6);
    }
    to[at + length - 1] = continuation(character);
    return at + length;
  }

  private static byte continuation(int bits) {
    return (byte) (0x80 | (bits & 0x3f));
  }

  private static boolean isContinuation(byte b) {
    return (b & 0xc0) == 0x80;
  }

  private static int lengthAfter(int lead) {
    if (lead < 0xc2 || lead > 0xf4) {
      return MALFORMED;
    }
    return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  }

  /** The second byte's range depends on the first (RFC 3629 §4, its ABNF). */
  private static boolean isSecond(int lead, int second) {
    int lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    int highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    return second >= lowest && second <= highest;
  }
}
