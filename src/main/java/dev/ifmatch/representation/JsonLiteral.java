package dev.ifmatch.representation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** The literals of JSON: {@code null}, {@code true} and {@code false}. Immutable. */
final class JsonLiteral {
  /** What is here so far may become one. */
  static final int CUT_OFF = 0;

  /** Whatever follows, this is none. */
  static final int NONE = -1;

  private static final JsonLiteral NULL = new JsonLiteral("null");
  private static final JsonLiteral TRUE = new JsonLiteral("true");
  private static final JsonLiteral FALSE = new JsonLiteral("false");

  private final byte[] text;
  private final int length;
  private final long word;
  private final long mask;

  private JsonLiteral(String text) {
    this.text = text.getBytes(US_ASCII);
    this.length = text.length();
    this.word = Text.word(Arrays.copyOf(this.text, Text.SLACK), 0);
    this.mask = Text.mask(length);
  }

  /** How many bytes the literal has that starts here; or {@link #CUT_OFF} or {@link #NONE}. */
  static int length(byte[] bytes, int at, int end) {
    return switch (bytes[at]) {
      case 'n' -> NULL.match(bytes, at, end);
      case 't' -> TRUE.match(bytes, at, end);
      case 'f' -> FALSE.match(bytes, at, end);
      default -> NONE;
    };
  }

  private int match(byte[] bytes, int at, int end) {
    if (length <= end - at) {
      return (Text.word(bytes, at) & mask) == word ? length : NONE;
    }
    return Arrays.equals(text, 0, end - at, bytes, at, end) ? CUT_OFF : NONE;
  }
}
