package dev.ifmatch.representation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Against the platform's decoder, which is strict too. */
class Utf8Test {
  private static final int[] CONTINUATIONS = {0x00, 0x7f, 0x80, 0x8f, 0xbf, 0xc0, 0xff};
  private final CharsetDecoder decoder = UTF_8.newDecoder();
  private final CharBuffer decoded = CharBuffer.allocate(8);

  @Test
  void agreesWithThePlatformOnEverySequence() {
    for (int first = 0x80; first <= 0xff; first++) {
      for (int second = 0; second <= 0xff; second++) {
        for (int third : CONTINUATIONS) {
          for (int fourth : CONTINUATIONS) {
            byte[] bytes = {(byte) first, (byte) second, (byte) third, (byte) fourth};
            int length = lengthForThePlatform(bytes);
            check(bytes, 4, length == 0 ? Utf8.MALFORMED : length);
          }
        }
      }
    }
  }

  @Test
  void knowsAtOnceWhatCannotBecomeACharacter() {
    for (int first = 0x80; first <= 0xff; first++) {
      boolean some = false;
      for (int second = 0; second <= 0xff; second++) {
        byte[] bytes = {(byte) first, (byte) second, (byte) 0x80, (byte) 0x80};
        int length = lengthForThePlatform(bytes);
        some |= length > 0;
        check(bytes, 2, length == 0 ? Utf8.MALFORMED : length == 2 ? 2 : Utf8.INCOMPLETE);
        check(bytes, 3, length == 0 ? Utf8.MALFORMED : length <= 3 ? length : Utf8.INCOMPLETE);
      }
      check(new byte[] {(byte) first, 0, 0, 0}, 1, some ? Utf8.INCOMPLETE : Utf8.MALFORMED);
    }
  }

  @Test
  void writesEveryCharacterAsThePlatformDoes() {
    byte[] bytes = new byte[4];
    for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
      if (character < Character.MIN_SURROGATE || character > Character.MAX_SURROGATE) {
        int length = Utf8.put(character, bytes, 0);
        byte[] expected = Character.toString(character).getBytes(UTF_8);
        if (!Arrays.equals(bytes, 0, length, expected, 0, expected.length)) {
          assertThat(bytes).as("U+%04X", character).startsWith(expected);
        }
      }
    }
  }

  /** How long the first character is; 0 if there is none. */
  private int lengthForThePlatform(byte[] bytes) {
    decoder.reset();
    decoded.clear();
    decoder.decode(ByteBuffer.wrap(bytes), decoded, false);
    decoded.flip();
    return decoded.hasRemaining()
        ? Character.toString(Character.codePointAt(decoded, 0)).getBytes(UTF_8).length
        : 0;
  }

  private static void check(byte[] bytes, int end, int expected) {
    int found = Utf8.length(bytes, 0, end);
    if (found != expected) { // an assertion for each of so many would take long
      assertThat(found).as("%s of %d", Arrays.toString(bytes), end).isEqualTo(expected);
    }
  }
}
