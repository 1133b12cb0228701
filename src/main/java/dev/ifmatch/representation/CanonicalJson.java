package dev.ifmatch.representation;

/**
 * Hashes what a document says: the same for two that differ in white space, in the spelling of
 * strings and in the order of members, and for no others. For one use; not thread-safe.
 *
 * <p>Every value is led by its kind and its length or count, so that what is hashed can be read
 * back in one way only. Members come in the order of their names; numbers as they are written.
 */
final class CanonicalJson {
  private static final byte[] START = {BytesForm.RESERVED, 1};
  private static final int LARGEST_BUFFER = 4 * 1024;
  private static final int SMALLEST_BUFFER = 256;
  private static final int HEAD_BYTES = 5;

  private final JsonDocument document;
  private final Hash hash;
  private final byte[] buffer;
  private int filled;

  private CanonicalJson(JsonDocument document, Hash hash) {
    this.document = document;
    this.hash = hash;
    this.buffer =
        new byte[Math.min(LARGEST_BUFFER, Math.max(SMALLEST_BUFFER, document.rawLength()))];
  }

  /** Feeds all values that count to a hash. */
  static void feed(JsonDocument document, Hash hash) {
    hash.update(START, 0, START.length);
    CanonicalJson canonical = new CanonicalJson(document, hash);
    canonical.value(JsonDocument.ROOT);
    canonical.flush();
  }

  private void value(int at) {
    long node = document.node(at);
    switch (JsonNode.kind(node)) {
      case OBJECT -> object(at, node);
      case ARRAY -> array(at, node);
      case SPARSE_ARRAY -> sparseArray(at, node);
      default -> text(node);
    }
  }

  private void object(int at, long object) {
    head(JsonNode.head(object));
    for (int i = 0; i < JsonNode.length(object); i++) {
      int name = document.sortedName(at, i);
      text(document.node(name));
      value(name + 1);
    }
  }

  private void array(int at, long array) {
    head(JsonNode.head(array));
    int end = document.next(at);
    for (int value = at + JsonDocument.CONTENT; value < end; value = document.next(value)) {
      if (JsonNode.isOut(document.node(value))) {
        place(0);
      } else {
        value(value);
      }
    }
  }

  private void sparseArray(int at, long array) {
    head(JsonNode.head(array));
    int index = 0;
    int end = document.next(at);
    for (int value = at + JsonDocument.CONTENT; value < end; value = document.next(value)) {
      if (!JsonNode.isOut(document.node(value))) {
        place(index);
        value(value);
      }
      index++;
    }
  }

  private void place(int index) {
    head(JsonNode.head(JsonNode.container(JsonKind.PLACEHOLDER, index)));
  }

  private void text(long node) {
    head(JsonNode.head(node));
    byte[] text = document.text(node);
    int start = JsonNode.start(node);
    int length = JsonNode.length(node);
    if (length > buffer.length - filled) {
      flush();
    }
    if (length > buffer.length) {
      hash.update(text, start, length);
      return;
    }
    Text.copy(text, start, buffer, filled, length);
    filled += length;
  }

  /** Writes a number seven bits to a byte, the lowest first. */
  private void head(long number) {
    if (HEAD_BYTES > buffer.length - filled) {
      flush();
    }
    long rest = number;
    for (; rest >= 0x80; rest >>= 7) {
      buffer[filled++] = (byte) (rest | 0x80);
    }
    buffer[filled++] = (byte) rest;
  }

  private void flush() {
    hash.update(buffer, 0, filled);
    filled = 0;
  }
}
