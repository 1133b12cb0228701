package dev.ifmatch.http;

import java.util.List;

/**
 * An entity-tag (RFC 9110 §8.8.3): an opaque string that stands for one state of a representation,
 * strong unless marked {@code W/}.
 *
 * @param weak whether the tag only promises equivalence, not equality
 * @param opaque the text between the quotes: {@code %x21 / %x23-7E / %x80-FF}
 */
public record EntityTag(boolean weak, String opaque) {

  /**
   * How hops that compress mark the tag of what they changed: {@code "x-gzip"}, {@code "x;gzip"}.
   */
  private static final List<String> CODINGS = List.of("gzip", "deflate", "br", "zstd", "df");

  /**
   * Checks the characters.
   *
   * @throws IllegalArgumentException if {@code opaque} holds a character that no entity-tag may
   *     hold
   */
  public EntityTag {
    for (int i = 0; i < opaque.length(); i++) {
      if (!isTagCharacter(opaque.charAt(i))) {
        throw new IllegalArgumentException(
            "character 0x%02x may not stand in an entity-tag".formatted((int) opaque.charAt(i)));
      }
    }
  }

  /** A strong tag. */
  public static EntityTag strong(String opaque) {
    return new EntityTag(false, opaque);
  }

  /**
   * Reads exactly one entity-tag, with no white space around it.
   *
   * @throws IllegalArgumentException if the text is not an entity-tag; the message says why
   */
  public static EntityTag parse(String text) {
    int end = end(text, 0);
    if (end != text.length()) {
      throw new IllegalArgumentException("more text behind the entity-tag's closing quote");
    }
    return read(text, 0, end);
  }

  /** Strong comparison: equal text and neither is weak (RFC 9110 §8.8.3.2). */
  public boolean matchesStrongly(EntityTag other) {
    return !weak && !other.weak && opaque.equals(other.opaque);
  }

  /** Weak comparison: equal text (RFC 9110 §8.8.3.2). */
  public boolean matchesWeakly(EntityTag other) {
    return opaque.equals(other.opaque);
  }

  /** The tag of the same state in another content coding, so that no two codings share one. */
  public EntityTag withCoding(String coding) {
    return new EntityTag(weak, opaque + "-" + coding);
  }

  /** This tag without the suffix that a compressing hop put on it; itself where there is none. */
  public EntityTag withoutCoding() {
    for (String coding : CODINGS) {
      int cut = opaque.length() - coding.length();
      if (cut > 1 && opaque.endsWith(coding)) {
        char separator = opaque.charAt(cut - 1);
        if (separator == ';') {
          return new EntityTag(weak, opaque.substring(0, cut - 1));
        }
        if (separator == '-') {
          boolean two = cut > 2 && opaque.charAt(cut - 2) == '-';
          return new EntityTag(weak, opaque.substring(0, two ? cut - 2 : cut - 1));
        }
      }
    }
    return this;
  }

  /** The field value: {@code "x"} or {@code W/"x"}. */
  @Override
  public String toString() {
    return weak ? "W/\"" + opaque + '"' : '"' + opaque + '"';
  }

  /**
   * Where the entity-tag that starts at {@code start} ends.
   *
   * @return the index behind the closing quote
   * @throws IllegalArgumentException if none starts there; the message says why
   */
  static int end(String text, int start) {
    int open = text.startsWith("W/", start) ? start + 2 : start;
    if (open >= text.length() || text.charAt(open) != '"') {
      throw new IllegalArgumentException("an entity-tag is written in double quotes, e.g. \"abc\"");
    }
    int close = text.indexOf('"', open + 1);
    if (close < 0) {
      throw new IllegalArgumentException("the entity-tag's closing quote is missing");
    }
    return close + 1;
  }

  /** Reads the entity-tag between two indices that {@link #end} has confirmed. */
  static EntityTag read(String text, int start, int end) {
    boolean weak = text.charAt(start) == 'W';
    return new EntityTag(weak, text.substring(weak ? start + 3 : start + 1, end - 1));
  }

  private static boolean isTagCharacter(char c) {
    return c == 0x21 || (c >= 0x23 && c <= 0x7e) || (c >= 0x80 && c <= 0xff);
  }
}
