package dev.ifmatch.representation;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Short pieces of text in byte arrays, looked at eight bytes at a time. All arrays have to reach
 * {@link #SLACK} bytes beyond the text, whatever these are. Stateless.
 */
final class Text {
  /** How many bytes an array has behind the last text in it. */
  static final int SLACK = Long.BYTES;

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
    for (int at = from; at < end; at += Long.BYTES) {
      long found = unusual(word(bytes, at));
      if (found != 0) {
        return Math.min(end, at + Long.numberOfTrailingZeros(found) / Byte.SIZE);
      }
    }
    return end;
  }

  /** The index of the first byte that is no decimal digit. */
  static int digitsEnd(byte[] bytes, int from, int end) {
    for (int at = from; at < end; at += Long.BYTES) {
      long digits = word(bytes, at) ^ ('0' * ONES);
      long found = (digits | (digits + (0x7f - 9) * ONES)) & HIGH_BITS;
      if (found != 0) {
        return Math.min(end, at + Long.numberOfTrailingZeros(found) / Byte.SIZE);
      }
    }
    return end;
  }

  /**
   * The first bytes of a text as a number, with zeros where it has fewer: two texts are in the
   * order of their bytes if these are, without signs; equal ones say nothing.
   */
  static long sortKey(byte[] bytes, int at, int length) {
    long word = word(bytes, at);
    return Long.reverseBytes(length < Long.BYTES ? word & mask(length) : word);
  }

  /** Copies; a short piece in one word or two, which may write beyond it. */
  static void copy(byte[] from, int start, byte[] to, int at, int length) {
    if (length <= Long.BYTES) {
      WORDS.set(to, at, word(from, start));
    } else if (length <= 2 * Long.BYTES) {
      int last = length - Long.BYTES;
      WORDS.set(to, at, word(from, start));
      WORDS.set(to, at + last, word(from, start + last));
    } else {
      System.arraycopy(from, start, to, at, length);
    }
  }

  /** Eight bytes, the first of them lowest. */
  static long word(byte[] bytes, int at) {
    return (long) WORDS.get(bytes, at);
  }

  /** What leaves so many bytes of a word, fewer than eight. */
  static long mask(int bytes) {
    return (1L << (Byte.SIZE * bytes)) - 1;
  }

  /** Marks the highest bit of bytes; the lowest one marked is one that is not plain. */
  private static long unusual(long word) {
    long quote = word ^ ('"' * ONES);
    long backslash = word ^ ('\\' * ONES);
    return (word | (word - ' ' * ONES) | (quote - ONES) | (backslash - ONES)) & HIGH_BITS;
  }
}
