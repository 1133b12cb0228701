package dev.ifmatch.representation;

import java.util.Arrays;

/**
 * Puts the members of objects into the order of their names as each object ends. For one document
 * after the other; not thread-safe.
 *
 * <p>Objects with the names of another one, in the same sequence, are not sorted again: each name
 * is expected where the other had it.
 */
final class MemberOrder {
  /** How many comparisons are made at once. */
  private static final int AT_ONCE = 2048;

  private final JsonDocument document;
  private final Shapes known = new Shapes();
  private final MemberSort sort;

  /** The names of the members of all objects that are open, the innermost object's last. */
  private int[] names = new int[32];

  private int size;

  /** What the object at each depth is expected to be. */
  private final Shape[] expected = new Shape[JsonScanner.MAX_DEPTH + 1];

  MemberOrder(JsonDocument document) {
    this.document = document;
    this.sort = new MemberSort(document);
    Arrays.fill(expected, Shape.NONE);
  }

  /** Forgets what is open, but not what was learned. */
  void restart() {
    size = 0;
    if (names.length > JsonDocument.KEPT_BYTES / JsonDocument.BYTES_PER_NAME) {
      names = new int[32];
    }
    sort.restart();
  }

  /** What the object at this depth is expected to be. */
  Shape expected(int depth) {
    return expected[depth];
  }

  /** Takes in a name that was expected. */
  void add(int name) {
    if (size == names.length) {
      growNames();
    }
    names[size++] = name;
  }

  private void growNames() {
    names = Arrays.copyOf(names, 2 * size);
  }

  /** Takes in another name, the n-th of the object at this depth. */
  void addOther(int depth, int n, int name) {
    add(name);
    expected[depth] = n == 0 ? knownWith(document.node(name), depth) : Shape.NONE;
  }

  private Shape knownWith(long name, int depth) {
    if (JsonNode.isDecoded(name)) {
      return Shape.NONE;
    }
    Shape shape = known.find(document.sortKey(name), depth);
    int at = JsonNode.start(name) - 1;
    int end = at + JsonNode.length(name) + 2;
    return shape.name(0).match(document.raw(), at, end) > 0 ? shape : Shape.NONE;
  }

  /**
   * Puts down the order of the members of the innermost object.
   *
   * @param count how many there are
   * @return whether it is known
   */
  boolean close(int depth, int count) {
    Shape shape = expected[depth];
    if (count == 0) {
      return true;
    }
    if (shape.size() == count) {
      size -= count;
      document.sort(names, size, shape.order(), count);
      return true;
    }
    sort.start(names, size - count, count);
    return closeOn(depth, count, AT_ONCE);
  }

  /** Goes on to find out the order. Returns whether it is known. */
  boolean closeOn(int depth, int count, int comparisons) {
    if (!sort.step(comparisons) || sort.foundDuplicate()) {
      return false;
    }
    size -= count;
    document.sort(names, size, sort.order(), count);
    expected[depth] = learn(depth, count);
    return true;
  }

  /** Whether the innermost object has no order, since two of its members have one name. */
  boolean hasDuplicate() {
    return sort.foundDuplicate();
  }

  private Shape learn(int depth, int count) {
    int bytes = 0;
    for (int i = size; i < size + Math.min(count, Shape.MAX_NAMES); i++) {
      long name = document.node(names[i]);
      bytes += JsonNode.isDecoded(name) ? Shape.MAX_BYTES : JsonNode.length(name);
    }
    if (count > Shape.MAX_NAMES || bytes >= Shape.MAX_BYTES) {
      return Shape.NONE;
    }
    Shape shape = Shape.of(document, names, size, Arrays.copyOf(sort.order(), count));
    known.keep(document.sortKey(document.node(names[size])), depth, shape);
    return shape;
  }
}
