package dev.ifmatch.representation;

import java.util.Arrays;

/** The arrays and objects that are open while a document is read. Not thread-safe. */
final class JsonNesting {
  private final JsonDocument document;
  private final MemberOrder members;

  /** Where they are, and what each held when the next one was opened, inverted in objects. */
  private int[] open = new int[16];

  private int[] counts = new int[16];
  private int depth;

  /** Whether the innermost one is an object, and how much it holds. */
  private boolean inObject;

  private int count;

  JsonNesting(JsonDocument document) {
    this.document = document;
    this.members = new MemberOrder(document);
  }

  int depth() {
    return depth;
  }

  boolean isInObject() {
    return inObject;
  }

  /** Opens one within the innermost, which it becomes. */
  void open(JsonKind kind) {
    if (depth == open.length) {
      open = Arrays.copyOf(open, 2 * depth);
      counts = Arrays.copyOf(counts, 2 * depth);
    }
    open[depth] = document.open(kind);
    counts[depth++] = inObject ? ~count : count;
    count = 0;
    inObject = kind == JsonKind.OBJECT;
  }

  /** Takes in the name of a member of the innermost one. */
  void name(int name) {
    members.add(name);
  }

  /** Counts a value in the innermost one. */
  void value() {
    count++;
  }

  /** Closes the innermost one. Returns false if two of its members have one name. */
  boolean close() {
    if (inObject && !members.close(count)) {
      return false;
    }
    document.close(open[--depth], inObject ? JsonKind.OBJECT : JsonKind.ARRAY, count);
    inObject = counts[depth] < 0;
    count = inObject ? ~counts[depth] : counts[depth];
    return true;
  }
}
