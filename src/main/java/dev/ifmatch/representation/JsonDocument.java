package dev.ifmatch.representation;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One JSON document in memory: its bytes and, in their order, its values as {@link JsonNode}s that
 * point into them. Not thread-safe.
 *
 * <p>A value is known by its index. A scalar takes one place; an array or an object two, and its
 * elements or members follow; a member is a name, which takes one place, and then its value.
 *
 * <p>All of it takes at most {@value #MOST_BYTES_PER_BYTE} bytes for each byte that the document
 * may have, also while an array grows.
 */
final class JsonDocument {
  /** The index of the value that holds all others. */
  static final int ROOT = 0;

  /** How far an array's or object's first element or name is behind its own index. */
  static final int CONTENT = 2;

  static final int MOST_BYTES_PER_BYTE = 20;

  /** Beyond one place for each byte: an array takes two, and its closing bracket may be to come. */
  private static final int SPARE_NODES = 2 * JsonScanner.MAX_DEPTH;

  /** Usual documents have a value or a name every so many bytes, and a name. */
  private static final int BYTES_PER_NODE = 8;

  private static final int BYTES_PER_NAME = 24;

  private static final byte[] NOTHING = {};

  private final int maxBytes;
  private byte[] raw = NOTHING;
  private int rawLength;
  private byte[] decoded = NOTHING;
  private int decodedLength;
  private long[] nodes = {};
  private int size;
  private int[] sorted = {};
  private int sortedSize;

  /** An empty document that may grow to this many bytes. */
  JsonDocument(int maxBytes) {
    this.maxBytes = Math.min(maxBytes, JsonNode.MAX);
  }

  /** Takes in the next bytes, as many as there is room for. */
  void append(ByteBuffer view) {
    int length = Math.min(view.remaining(), maxBytes - rawLength);
    raw = withRoom(raw, rawLength, length);
    view.get(raw, rawLength, length);
    rawLength += length;
  }

  /** What it has taken in, to be read before it takes in more. */
  ByteBuffer bytes() {
    return ByteBuffer.wrap(raw, 0, rawLength);
  }

  /** The array that {@link #bytes} stand in, from its start. */
  byte[] raw() {
    return raw;
  }

  int rawLength() {
    return rawLength;
  }

  /** Adds a value or name. Returns its index. */
  int add(long node) {
    if (size == nodes.length) {
      int more = Math.max(2 * size, rawLength / BYTES_PER_NODE + BYTES_PER_NODE);
      nodes = Arrays.copyOf(nodes, Math.min(more, maxBytes + SPARE_NODES));
    }
    nodes[size] = node;
    return size++;
  }

  /** Adds a string or name in which escapes stand. Returns its index. */
  int addEscaped(int start, int end) {
    decoded = withRoom(decoded, decodedLength, end - start);
    int from = decodedLength;
    decodedLength = JsonEscape.decode(raw, start, end, decoded, from);
    return add(JsonNode.decoded(from, decodedLength - from));
  }

  /** Adds an array or object that has yet to be closed. Returns its index. */
  int open(JsonKind kind) {
    int at = add(JsonNode.container(kind, 0));
    add(0);
    return at;
  }

  /** Ends an array or object here. */
  void close(int container, JsonKind kind, int count) {
    nodes[container] = JsonNode.container(kind, count);
    nodes[container + 1] = (long) sortedSize << Integer.SIZE | size;
  }

  /**
   * Puts down the names of the object that is closed next in their order.
   *
   * @param names indices, of which those from {@code from} on are the object's
   * @param order which of them comes first, second and so on
   */
  void sort(int[] names, int from, int[] order) {
    if (sortedSize + order.length > sorted.length) {
      int usual = Math.max(2 * sortedSize, rawLength / BYTES_PER_NAME);
      sorted = Arrays.copyOf(sorted, Math.max(sortedSize + order.length, usual));
    }
    for (int i = 0; i < order.length; i++) {
      sorted[sortedSize++] = names[from + order[i]];
    }
  }

  long node(int at) {
    return nodes[at];
  }

  JsonKind kind(int at) {
    return JsonNode.kind(nodes[at]);
  }

  /** The array in which the text of a scalar or name stands. */
  byte[] text(long node) {
    return JsonNode.isDecoded(node) ? decoded : raw;
  }

  /** The index behind a value and all that it holds. */
  int next(int at) {
    return JsonNode.isContainer(nodes[at]) ? (int) nodes[at + 1] : at + 1;
  }

  /** An object's name that comes n-th in their order. */
  int sortedName(int object, int n) {
    int end = (int) (nodes[object + 1] >> Integer.SIZE);
    return sorted[end - JsonNode.length(nodes[object]) + n];
  }

  /** Marks a value as one that does not count. */
  void takeOut(int at) {
    nodes[at] = JsonNode.out(nodes[at]);
  }

  /** Makes an object one of the members only whose values count. */
  void dropMembers(int object) {
    int end = (int) (nodes[object + 1] >> Integer.SIZE);
    int kept = end;
    for (int i = end - 1; i >= end - JsonNode.length(nodes[object]); i--) {
      if (!JsonNode.isOut(nodes[sorted[i] + 1])) {
        sorted[--kept] = sorted[i];
      }
    }
    nodes[object] = JsonNode.container(JsonKind.OBJECT, end - kept);
  }

  /** Makes an array one of which only so many elements count. */
  void dropElements(int array, int count) {
    nodes[array] = JsonNode.container(JsonKind.SPARSE_ARRAY, count);
  }

  /** Whether two texts of this document are equal. */
  boolean sameText(long one, long two) {
    int length = JsonNode.length(one);
    return length == JsonNode.length(two)
        && Text.equal(text(one), JsonNode.start(one), text(two), JsonNode.start(two), length);
  }

  /** Compares a text with one of another document, or the same, by their bytes. */
  int compareText(long mine, JsonDocument other, long its) {
    int start = JsonNode.start(mine);
    int from = JsonNode.start(its);
    return Arrays.compareUnsigned(
        text(mine),
        start,
        start + JsonNode.length(mine),
        other.text(its),
        from,
        from + JsonNode.length(its));
  }

  /** The {@link Text#sortKey} of a text. */
  long sortKey(long text) {
    return Text.sortKey(text(text), JsonNode.start(text), JsonNode.length(text));
  }

  private byte[] withRoom(byte[] bytes, int used, int more) {
    if (used + more <= bytes.length) {
      return bytes;
    }
    return Arrays.copyOf(bytes, Math.min(maxBytes, Math.max(used + more, 2 * used)));
  }
}
