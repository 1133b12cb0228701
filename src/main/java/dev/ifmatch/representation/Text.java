package dev.ifmatch.representation;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Short pieces of text in byte arrays, looked at eight bytes at a time. Stateless. */
final class Text {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Text() {}

  /**
   * The index of the first byte that needs a look within a JSON string: a quotation mark, a
   * backslash, a control character, or one that is not ASCII.
   */
  static int plainEnd(byte[] bytes, int from, int end) {
    int at = from;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      long found = unusual((long) WORDS.get(bytes, at));
      if (found != 0) {
        return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
    }
    while (at < end && isPlain(bytes[at])) {
      at++;
    }
    return at;
  }

  /** Whether two texts of one length are equal. */
  static boolean equal(byte[] one, int from, byte[] two, int start, int length) {
    if (length <= Long.BYTES && hasWord(one, from) && hasWord(two, start)) {
      return head(one, from, length) == head(two, start, length);
    }
    return Arrays.equals(one, from, from + length, two, start, start + length);
  }

  /**
   * The first bytes of a text as a number, with zeros where it has fewer: two texts are in the
   * order of their bytes if these are, without signs; equal ones say nothing.
   */
  static long sortKey(byte[] bytes, int at, int length) {
    if (hasWord(bytes, at)) {
      return Long.reverseBytes(head(bytes, at, length));
    }
    long key = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      key = key << Byte.SIZE | (i < length ? bytes[at + i] & 0xff : 0);
    }
    return key;
  }

  /** Copies; where both arrays reach far enough, a short piece in one go. */
  static void copy(byte[] from, int start, byte[] to, int at, int length) {
    if (length <= Long.BYTES && hasWord(from, start) && hasWord(to, at)) {
      WORDS.set(to, at, (long) WORDS.get(from, start));
    } else {
      System.arraycopy(from, start, to, at, length);
    }
  }

  private static boolean hasWord(byte[] bytes, int at) {
    return at + Long.BYTES <= bytes.length;
  }

  /** The first bytes of a text, the first of them lowest, and zeros where it has fewer. */
  private static long head(byte[] bytes, int at, int length) {
    long word = (long) WORDS.get(bytes, at);
    return length >= Long.BYTES ? word : word & ((1L << (Byte.SIZE * length)) - 1);
  }

  /** Marks the highest bit of bytes; the lowest one marked is one that is not {@link #isPlain}. */
  private static long unusual(long word) {
    long quote = word ^ ('"' * ONES);
    long backslash = word ^ ('\\' * ONES);
    return (word | (word - ' ' * ONES) | (quote - ONES) | (backslash - ONES)) & HIGH_BITS;
  }

  private static boolean isPlain(byte b) {
    return b >= ' ' && b != '"' && b != '\\';
  }
}
