package dev.ifmatch.representation;

import java.util.Arrays;

/**
 * Hashes what a document says: the same for two that differ in white space, in the spelling of
 * strings and in the order of members, and for no others. For one document after the other; not
 * thread-safe.
 *
 * <p>Every value is led by its kind and its length or count, so that what is hashed can be read
 * back in one way only. Members come in the order of their names; numbers as they are written.
 */
final class CanonicalJson {
  private static final byte[] START = {BytesForm.RESERVED, 1};
  private static final int BUFFER_BYTES = 4 * 1024;
  private static final int HEAD_BYTES = 5;
  private static final int NOWHERE = -1;
  private static final long[] NO_NODES = {};
  private static final int[] NO_NAMES = {};
  private static final byte[] NO_TEXT = {};

  private final JsonDocument document;
  private final byte[] buffer = new byte[BUFFER_BYTES + Text.SLACK];
  private Hash hash;
  private int filled;
  private long[] nodes = NO_NODES;
  private int[] sorted = NO_NAMES;

  /** How many bytes may still be written before the next pause. */
  private int budget;

  /** The array or object that is being written, its next element or name, and where these end. */
  private int container = NOWHERE;

  private int next;
  private int end;

  /** The index of the next element. */
  private int index;

  /** The same of those around it. */
  private int[] outer = new int[32];

  private int outerSize;

  /** What is still to come of a text that is too long for the buffer, and a value behind it. */
  private byte[] text = NO_TEXT;

  private int textStart;
  private int textEnd;
  private int valueBehind = NOWHERE;

  CanonicalJson(JsonDocument document) {
    this.document = document;
  }

  /** Begins anew with the document, which is read as a whole and will not change. */
  void start(Hash to) {
    hash = to;
    System.arraycopy(START, 0, buffer, 0, START.length);
    filled = START.length;
    nodes = document.nodes();
    sorted = document.sorted();
    value(JsonDocument.ROOT);
  }

  /** Forgets all of the document. */
  void restart() {
    nodes = NO_NODES;
    sorted = NO_NAMES;
    text = NO_TEXT;
    textStart = 0;
    textEnd = 0;
    valueBehind = NOWHERE;
    container = NOWHERE;
    outerSize = 0;
  }

  /**
   * Goes on to feed it to the hash.
   *
   * @param bytes about how many are fed
   * @return what is left of them: more than 0 if this was the end
   */
  int feed(int bytes) {
    budget = bytes;
    while (budget > 0) {
      if (textStart < textEnd) {
        longText();
      } else if (valueBehind != NOWHERE) {
        int at = valueBehind;
        valueBehind = NOWHERE;
        value(at);
      } else if (container == NOWHERE) {
        flush();
        return budget;
      } else if (next == end) {
        close();
      } else if (JsonNode.isObject(nodes[container])) {
        members();
      } else {
        elements();
      }
    }
    return 0;
  }

  /** Writes a value, or just the head of one that holds others. */
  private void value(int at) {
    long node = nodes[at];
    if (JsonNode.isContainer(node)) {
      open(at, node);
    } else {
      text(node);
    }
  }

  private void open(int at, long node) {
    head(JsonNode.head(node));
    if (outerSize == outer.length) {
      outer = Arrays.copyOf(outer, 2 * outer.length);
    }
    outer[outerSize] = container;
    outer[outerSize + 1] = next;
    outer[outerSize + 2] = end;
    outer[outerSize + 3] = index;
    outerSize += 4;
    container = at;
    index = 0;
    if (JsonNode.isObject(node)) {
      end = document.sortedEnd(at);
      next = end - JsonNode.length(node);
    } else {
      end = document.next(at);
      next = at + JsonDocument.CONTENT;
    }
  }

  private void close() {
    outerSize -= 4;
    container = outer[outerSize];
    next = outer[outerSize + 1];
    end = outer[outerSize + 2];
    index = outer[outerSize + 3];
  }

  /** Writes members up to a value that holds others. */
  private void members() {
    while (next < end && budget > 0) {
      int name = sorted[next++];
      text(nodes[name]);
      long node = nodes[name + 1];
      if (textStart < textEnd) {
        valueBehind = name + 1;
      } else if (JsonNode.isContainer(node)) {
        open(name + 1, node);
        return;
      } else {
        text(node);
      }
    }
  }

  /** Writes elements up to a value that holds others. */
  private void elements() {
    boolean sparse = JsonNode.isSparse(nodes[container]);
    while (next < end && budget > 0) {
      int at = next;
      long node = nodes[at];
      next = document.next(at);
      if (!JsonNode.isOut(node)) {
        if (sparse) {
          place(index);
        }
        index++;
        value(at);
        if (JsonNode.isContainer(node)) {
          return;
        }
      } else {
        if (!sparse) {
          place(0);
        }
        index++;
      }
    }
  }

  private void place(int at) {
    head(JsonNode.head(JsonNode.container(JsonKind.PLACEHOLDER, at)));
  }

  private void text(long node) {
    int length = JsonNode.length(node);
    makeRoom(HEAD_BYTES + length);
    putHead(JsonNode.head(node));
    if (length > BUFFER_BYTES - HEAD_BYTES) {
      flush();
      text = document.text(node);
      textStart = JsonNode.start(node);
      textEnd = textStart + length;
      budget = 0;
    } else {
      Text.copy(document.text(node), JsonNode.start(node), buffer, filled, length);
      filled += length;
      budget -= length;
    }
  }

  private void longText() {
    int length = Math.min(textEnd - textStart, budget);
    hash.update(text, textStart, length);
    textStart += length;
    budget -= length;
  }

  private void head(long number) {
    makeRoom(HEAD_BYTES);
    putHead(number);
  }

  /** Writes a number seven bits to a byte, the lowest first. */
  private void putHead(long number) {
    long rest = number;
    for (; rest >= 0x80; rest >>= 7) {
      buffer[filled++] = (byte) (rest | 0x80);
    }
    buffer[filled++] = (byte) rest;
    budget--;
  }

  private void makeRoom(int bytes) {
    if (bytes > BUFFER_BYTES - filled) {
      flush();
    }
  }

  private void flush() {
    hash.update(buffer, 0, filled);
    filled = 0;
  }
}
