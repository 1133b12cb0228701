package dev.ifmatch.representation;

import java.util.Arrays;

/**
 * The names that an object had, in their sequence, and how they are sorted: the next object is apt
 * to have the same. Immutable.
 */
final class Shape {
  /** How many names one has at most, and how many bytes these have. */
  static final int MAX_NAMES = 64;

  static final int MAX_BYTES = 1024;

  /** No names at all. */
  static final Shape NONE = new Shape(new Name[0], new int[0]);

  private final Name[] names;
  private final int[] order;

  private Shape(Name[] names, int[] order) {
    this.names = names;
    this.order = order;
  }

  /**
   * A shape of names that are spelled without escapes.
   *
   * @param document where they stand
   * @param at their indices in it, from {@code from} on
   * @param order which of them comes first, second and so on; taken over
   */
  static Shape of(JsonDocument document, int[] at, int from, int[] order) {
    Name[] names = new Name[order.length];
    Name next = Name.NONE;
    for (int i = order.length - 1; i >= 0; i--) {
      long name = document.node(at[from + i]);
      int start = JsonNode.start(name) - 1;
      int end = start + JsonNode.length(name) + 2;
      next = new Name(Arrays.copyOfRange(document.raw(), start, end), next);
      names[i] = next;
    }
    return new Shape(names, order);
  }

  int size() {
    return order.length;
  }

  /** Which of the names comes first, second and so on. Not to be changed. */
  int[] order() {
    return order;
  }

  /** The n-th name, or none. */
  Name name(int n) {
    return n < names.length ? names[n] : Name.NONE;
  }

  /** One of the names, with its quotation marks. Immutable. */
  static final class Name {
    /** None: it stands nowhere. */
    static final Name NONE = new Name();

    private final Name next;
    private final byte[] bytes;
    private final int length;

    /** The first and the last eight bytes; of a shorter one all and a mask for these. */
    private final long head;

    private final long tail;

    private Name() {
      next = this;
      bytes = new byte[0];
      length = Integer.MAX_VALUE;
      head = 0;
      tail = 0;
    }

    private Name(byte[] bytes, Name next) {
      this.next = next;
      this.bytes = bytes;
      this.length = bytes.length;
      boolean isShort = length < Long.BYTES;
      byte[] word = isShort ? Arrays.copyOf(bytes, Long.BYTES) : bytes;
      this.head = Text.word(word, 0);
      this.tail = isShort ? Text.mask(length) : Text.word(bytes, length - Long.BYTES);
    }

    /** The name that comes behind it, or none. */
    Name next() {
      return next;
    }

    /** How many bytes it has if it stands here; else 0. */
    int match(byte[] text, int at, int end) {
      if (length > end - at) {
        return 0;
      }
      long word = Text.word(text, at);
      boolean same;
      if (length < Long.BYTES) {
        same = (word & tail) == head;
      } else if (length <= 2 * Long.BYTES) {
        same = word == head && Text.word(text, at + length - Long.BYTES) == tail;
      } else {
        same = word == head && Arrays.equals(bytes, 0, length, text, at, at + length);
      }
      return same ? length : 0;
    }
  }
}
