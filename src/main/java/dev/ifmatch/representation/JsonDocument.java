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
  static final int BYTES_PER_NODE = 8;

  static final int BYTES_PER_NAME = 24;

  /** What was made for documents of more bytes is not kept for the next one. */
  static final int KEPT_BYTES = 32 * 1024;

  private static final byte[] NOTHING = {};

  private int maxBytes;
  private byte[] raw = NOTHING;
  private int rawLength;
  private byte[] decoded = NOTHING;
  private int decodedLength;
  private int decodedStart;
  private long[] nodes = {};
  private int size;
  private int[] sorted = {};
  private int sortedSize;

  /** An empty document that may grow to this many bytes. */
  JsonDocument(int maxBytes) {
    restart(maxBytes);
  }

  /** Makes it an empty document that may grow to this many bytes. */
  void restart(int bytes) {
    maxBytes = Math.min(bytes, JsonNode.MAX);
    raw = kept(raw);
    rawLength = 0;
    decoded = kept(decoded);
    decodedLength = 0;
    decodedStart = 0;
    nodes = nodes.length > KEPT_BYTES / BYTES_PER_NODE ? new long[0] : nodes;
    size = 0;
    sorted = sorted.length > KEPT_BYTES / BYTES_PER_NAME ? new int[0] : sorted;
    sortedSize = 0;
  }

  private static byte[] kept(byte[] bytes) {
    return bytes.length > KEPT_BYTES + Text.SLACK ? NOTHING : bytes;
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
      growNodes();
    }
    nodes[size] = node;
    return size++;
  }

  private void growNodes() {
    int more = Math.max(2 * size, rawLength / BYTES_PER_NODE + BYTES_PER_NODE);
    nodes = Arrays.copyOf(nodes, Math.min(more, maxBytes + SPARE_NODES));
  }

  /** Takes a part of a string or name to where the decoded ones are kept. */
  void decode(int start, int end) {
    int length = end - start;
    if (decodedLength + length + Text.SLACK > decoded.length) {
      decoded = withRoom(decoded, decodedLength, length);
    }
    Text.copy(raw, start, decoded, decodedLength, length);
    decodedLength += length;
  }

  /** Puts a character behind it for which an escape stands. */
  void decode(int start, int end, int character) {
    decode(start, end);
    if (decodedLength + Text.SLACK > decoded.length) {
      decoded = withRoom(decoded, decodedLength, Utf8.MAX_LENGTH);
    }
    decodedLength = Utf8.put(character, decoded, decodedLength);
  }

  /** The string or name that was decoded since the last one. */
  long decodedNode() {
    int start = decodedStart;
    decodedStart = decodedLength;
    return JsonNode.decoded(start, decodedLength - start);
  }

  /**
   * Adds an array or object that has yet to be closed. Returns its index.
   *
   * @param note what is kept until then, to be had again by {@link #node}
   */
  int open(long note) {
    int at = add(note);
    add(0);
    return at;
  }

  /** Ends an array or object here. */
  void close(int at, long node) {
    nodes[at] = node;
    nodes[at + 1] = (long) sortedSize << Integer.SIZE | size;
  }

  /**
   * Puts down the names of the object that is closed next in their order.
   *
   * @param names indices, of which those from {@code from} on are the object's
   * @param order which of them comes first, second and so on
   * @param count how many there are
   */
  void sort(int[] names, int from, int[] order, int count) {
    if (sortedSize + count > sorted.length) {
      int usual = Math.max(2 * sortedSize, rawLength / BYTES_PER_NAME);
      sorted = Arrays.copyOf(sorted, Math.max(sortedSize + count, usual));
    }
    for (int i = 0; i < count; i++) {
      sorted[sortedSize++] = names[from + order[i]];
    }
  }

  /** How many places the values and names take so far. */
  int size() {
    return size;
  }

  /** The array that the values and names stand in. */
  long[] nodes() {
    return nodes;
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
    return sorted[sortedEnd(object) - JsonNode.length(nodes[object]) + n];
  }

  /** The array that the names of all objects stand in, those of each in their order. */
  int[] sorted() {
    return sorted;
  }

  /** Where in it an object's names end. */
  int sortedEnd(int object) {
    return (int) (nodes[object + 1] >> Integer.SIZE);
  }

  /** Marks a value as one that does not count. */
  void takeOut(int at) {
    nodes[at] = JsonNode.out(nodes[at]);
  }

  /** Makes an object one of the members only whose values count. */
  void dropMembers(int object) {
    int end = sortedEnd(object);
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
    if (used + more + Text.SLACK <= bytes.length) {
      return bytes;
    }
    return Arrays.copyOf(bytes, Text.SLACK + Math.min(maxBytes, Math.max(used + more, 2 * used)));
  }
}
