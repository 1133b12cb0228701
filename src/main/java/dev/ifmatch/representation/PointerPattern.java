package dev.ifmatch.representation;

import java.util.ArrayList;
import java.util.List;

/**
 * A JSON Pointer (RFC 6901) in which {@code *} stands for every element of an array and every
 * member of an object.
 *
 * @param tokens the reference tokens, unescaped; empty for the whole document
 */
public record PointerPattern(List<String> tokens) {
  /** The token that stands for every element or member. */
  public static final String ANY = "*";

  /** Copies the list. */
  public PointerPattern {
    tokens = List.copyOf(tokens);
  }

  /**
   * Reads a pointer.
   *
   * @throws IllegalArgumentException if the text is none; the message says what one looks like
   */
  public static PointerPattern parse(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException(
          "'%s' is not a JSON Pointer; write a slash before each name, e.g. /items/*/updatedAt"
              .formatted(text));
    }
    List<String> tokens = new ArrayList<>();
    for (String token : text.substring(1).split("/", -1)) {
      if (token.matches(".*~(?![01]).*")) {
        throw new IllegalArgumentException(
            "'%s' is not a JSON Pointer: write ~0 for ~ and ~1 for /".formatted(text));
      }
      tokens.add(token.replace("~1", "/").replace("~0", "~"));
    }
    return new PointerPattern(tokens);
  }

  /** The pointer as it is written (RFC 6901 §3). */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    tokens.forEach(token -> text.append('/').append(escape(token)));
    return text.toString();
  }

  /** A token as it is written in a pointer. */
  static String escape(String token) {
    return token.replace("~", "~0").replace("/", "~1");
  }
}
