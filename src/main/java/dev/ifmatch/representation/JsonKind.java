package dev.ifmatch.representation;

/** What a JSON value is. */
enum JsonKind {
  /** {@code null}, {@code true} or {@code false}. */
  LITERAL(0),
  NUMBER(1),
  STRING(2),
  ARRAY(3),
  OBJECT(4),
  /** An array of which only some elements count: each stands with its index. */
  SPARSE_ARRAY(5),
  /** An element of which only the place counts. */
  PLACEHOLDER(6);

  /** How many bits a code has. */
  static final int CODE_BITS = 3;

  private static final JsonKind[] BY_CODE = values();

  private final int code;

  JsonKind(int code) {
    this.code = code;
  }

  /** What stands for it where it is hashed; another number would be another tag. */
  int code() {
    return code;
  }

  static JsonKind of(int code) {
    return BY_CODE[code];
  }

  /** Whether it holds other values. */
  boolean isContainer() {
    return this == ARRAY || this == OBJECT || this == SPARSE_ARRAY;
  }
}
