package dev.ifmatch.representation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/**
 * Those of some pointers that match the way from a document's root to one place in it. Immutable.
 */
final class Pointers {
  static final Pointers NONE = new Pointers(List.of(), 0);

  /** Longer numbers are no index of an array that fits into memory. */
  private static final int MAX_INDEX_DIGITS = 9;

  private final List<PointerPattern> below;
  private final int depth;
  private final boolean match;

  /**
   * Those of some pointers that match the way to a place.
   *
   * @param matching the pointers, of which the first {@code depth} tokens match
   * @param depth how many steps the way has
   */
  Pointers(List<PointerPattern> matching, int depth) {
    this.below = new ArrayList<>(matching.size());
    for (PointerPattern pattern : matching) {
      if (pattern.tokens().size() > depth) {
        below.add(pattern);
      }
    }
    this.depth = depth;
    this.match = below.size() < matching.size();
  }

  /** Whether one ends at this place. */
  boolean match() {
    return match;
  }

  /** Whether one goes on below this place. */
  boolean goOn() {
    return !below.isEmpty();
  }

  /** Those that match the way on to the member with this name. */
  Pointers member(JsonDocument document, int at) {
    if (below.isEmpty()) {
      return NONE;
    }
    long name = document.node(at);
    byte[] text = document.text(name);
    int start = JsonNode.start(name);
    int length = JsonNode.length(name);
    List<PointerPattern> matching = List.of();
    for (int i = 0; i < below.size(); i++) {
      if (isName(below.get(i).tokens().get(depth), text, start, length)) {
        matching = with(matching, below.get(i));
      }
    }
    return on(matching);
  }

  /** Those that match the way on to the element with this index. */
  Pointers element(int index) {
    List<PointerPattern> matching = List.of();
    for (int i = 0; i < below.size(); i++) {
      if (isIndex(below.get(i).tokens().get(depth), index)) {
        matching = with(matching, below.get(i));
      }
    }
    return on(matching);
  }

  private Pointers on(List<PointerPattern> matching) {
    return matching.isEmpty() ? NONE : new Pointers(matching, depth + 1);
  }

  private static List<PointerPattern> with(List<PointerPattern> list, PointerPattern one) {
    List<PointerPattern> longer = list.isEmpty() ? new ArrayList<>() : list;
    longer.add(one);
    return longer;
  }

  private static boolean isName(String token, byte[] text, int start, int length) {
    if (token.equals(PointerPattern.ANY)) {
      return true;
    }
    for (int i = 0; i < Math.min(length, token.length()); i++) {
      if (text[start + i] < 0 || token.charAt(i) >= 0x80) {
        return token.equals(new String(text, start, length, UTF_8));
      }
      if (text[start + i] != token.charAt(i)) {
        return false;
      }
    }
    return length == token.length();
  }

  /** RFC 6901 §4: digits without leading zeros. */
  private static boolean isIndex(String token, int index) {
    if (token.equals(PointerPattern.ANY)) {
      return true;
    }
    int number = 0;
    for (int i = 0; i < token.length(); i++) {
      char digit = token.charAt(i);
      if (digit < '0' || digit > '9' || (i > 0 && number == 0) || i == MAX_INDEX_DIGITS) {
        return false;
      }
      number = 10 * number + digit - '0';
    }
    return !token.isEmpty() && number == index;
  }
}
