package dev.ifmatch.representation;

import java.util.Arrays;

/**
 * Puts the members of objects into the order of their names as each object ends. For one document;
 * not thread-safe.
 *
 * <p>The order is that of the bytes in UTF-8. Objects with the same names in the same sequence, as
 * the records of a list have, are sorted once.
 */
final class MemberOrder {
  private static final int SHAPES = 16;
  private static final int LARGEST_SHAPE = 64;

  private final JsonDocument document;

  /** The names of the members of all objects that are open, the innermost object's last. */
  private int[] names = new int[16];

  private int size;
  private final Shape[] shapes = new Shape[SHAPES];

  /** Names in the sequence in which an object had them, and how they are sorted. Immutable. */
  private static final class Shape {
    private final int[] names;
    private final int[] order;

    Shape(int[] names, int[] order) {
      this.names = names;
      this.order = order;
    }
  }

  MemberOrder(JsonDocument document) {
    this.document = document;
  }

  /** Takes in the name of one more member of the innermost object. */
  void add(int name) {
    if (size == names.length) {
      names = Arrays.copyOf(names, 2 * size);
    }
    names[size++] = name;
  }

  /**
   * Puts down the order of the innermost object's members.
   *
   * @param count how many there are
   * @return whether no two of them have one name
   */
  boolean close(int count) {
    size -= count;
    if (count == 0) {
      return true;
    }
    int slot = (count + 5 * JsonNode.length(name(0))) % SHAPES;
    if (shapes[slot] != null && fits(shapes[slot], count)) {
      document.sort(names, size, shapes[slot].order);
      return true;
    }
    int[] order = new int[count];
    long[] keys = new long[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
      keys[i] = document.sortKey(name(i));
    }
    sort(order, keys, new int[count], 0, count);
    document.sort(names, size, order);
    if (count <= LARGEST_SHAPE) {
      shapes[slot] = new Shape(Arrays.copyOfRange(names, size, size + count), order);
    }
    return isStrict(order, keys);
  }

  private boolean isStrict(int[] order, long[] keys) {
    for (int i = 1; i < order.length; i++) {
      if (compare(order[i - 1], order[i], keys) == 0) {
        return false;
      }
    }
    return true;
  }

  private long name(int member) {
    return document.node(names[size + member]);
  }

  private boolean fits(Shape shape, int count) {
    if (shape.names.length != count) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (!document.sameText(document.node(shape.names[i]), name(i))) {
        return false;
      }
    }
    return true;
  }

  /** Merge sort: never more than n log n comparisons, whatever an origin sends. */
  private void sort(int[] order, long[] keys, int[] spare, int from, int to) {
    if (to - from < 2) {
      return;
    }
    int middle = (from + to) >>> 1;
    sort(order, keys, spare, from, middle);
    sort(order, keys, spare, middle, to);
    if (compare(order[middle - 1], order[middle], keys) <= 0) {
      return;
    }
    System.arraycopy(order, from, spare, from, middle - from);
    int left = from;
    int right = middle;
    for (int at = from; left < middle; at++) {
      boolean takeRight = right < to && compare(order[right], spare[left], keys) < 0;
      order[at] = takeRight ? order[right++] : spare[left++];
    }
  }

  private int compare(int one, int two, long[] keys) {
    return keys[one] != keys[two]
        ? Long.compareUnsigned(keys[one], keys[two])
        : document.compareText(name(one), document, name(two));
  }
}
