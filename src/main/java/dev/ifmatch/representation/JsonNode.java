package dev.ifmatch.representation;

/**
 * A JSON value or name as one number: its kind, and where its text stands or how much it holds.
 * Stateless.
 */
final class JsonNode {
  /** The largest position, length or count. */
  static final int MAX = (1 << 29) - 1;

  private static final int LENGTH_SHIFT = 5;
  private static final int START_SHIFT = 34;
  private static final int NUMBER = 1;
  private static final int STRING = 2;
  private static final int ARRAY = 3;
  private static final int OBJECT = 4;
  private static final long KIND = (1 << JsonKind.CODE_BITS) - 1;
  private static final long DECODED = 1 << JsonKind.CODE_BITS;
  private static final long OUT = 2 << JsonKind.CODE_BITS;

  private JsonNode() {}

  /** A scalar or a name whose text stands in the document as it is. */
  static long text(JsonKind kind, int start, int length) {
    return (long) start << START_SHIFT | (long) length << LENGTH_SHIFT | kind.code();
  }

  /** A string or name that stands where the decoded ones are kept. */
  static long decoded(int start, int length) {
    return text(JsonKind.STRING, start, length) | DECODED;
  }

  /** The index behind a scalar that stands in the document as it is, and its quotation marks. */
  static int behind(long node) {
    int mark = (node & KIND) == STRING ? 1 : 0;
    return start(node) + length(node) + mark;
  }

  /** An object of so many members. */
  static long object(int count) {
    return (long) count << LENGTH_SHIFT | OBJECT;
  }

  /** An array of so many elements. */
  static long array(int count) {
    return (long) count << LENGTH_SHIFT | ARRAY;
  }

  /** A string or name that stands in the document as it is. */
  static long string(int start, int length) {
    return (long) start << START_SHIFT | (long) length << LENGTH_SHIFT | STRING;
  }

  /** A literal. */
  static long literal(int start, int length) {
    return text(JsonKind.LITERAL, start, length);
  }

  /** A number. */
  static long number(int start, int length) {
    return (long) start << START_SHIFT | (long) length << LENGTH_SHIFT | NUMBER;
  }

  /** An array or object of so many elements or members. */
  static long container(JsonKind kind, int count) {
    return text(kind, 0, count);
  }

  /** The same, marked as one that does not count. */
  static long out(long node) {
    return node | OUT;
  }

  static JsonKind kind(long node) {
    return JsonKind.of((int) (node & KIND));
  }

  static boolean isContainer(long node) {
    return (node & KIND) >= ARRAY;
  }

  static boolean isObject(long node) {
    return (node & KIND) == OBJECT;
  }

  static boolean isSparse(long node) {
    return (node & KIND) == JsonKind.SPARSE_ARRAY.code();
  }

  static boolean isDecoded(long node) {
    return (node & DECODED) != 0;
  }

  static boolean isOut(long node) {
    return (node & OUT) != 0;
  }

  static int start(long node) {
    return (int) (node >> START_SHIFT);
  }

  /** How many bytes of text, elements or members it has. */
  static int length(long node) {
    return (int) (node >> LENGTH_SHIFT) & MAX;
  }

  /** What leads it in the canonical form: its kind and its length in one. */
  static long head(long node) {
    return (long) length(node) << JsonKind.CODE_BITS | (node & KIND);
  }
}
