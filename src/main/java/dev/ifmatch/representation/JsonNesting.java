package dev.ifmatch.representation;

/** The arrays and objects that are open while a document is read. Not thread-safe. */
final class JsonNesting {
  private static final int NOWHERE = -1;
  private static final long LOW_HALF = 0xffffffffL;

  private final JsonDocument document;
  private final MemberOrder members;
  private int depth;

  /** The innermost one, whether it is an object, and how much it holds. */
  private int innermost = NOWHERE;

  private boolean inObject;
  private int count;

  JsonNesting(JsonDocument document) {
    this.document = document;
    this.members = new MemberOrder(document);
  }

  /** None is open any more. */
  void restart() {
    members.restart();
    depth = 0;
    innermost = NOWHERE;
    inObject = false;
    count = 0;
  }

  int depth() {
    return depth;
  }

  boolean isInObject() {
    return inObject;
  }

  /** How many values the innermost one holds. */
  int count() {
    return count;
  }

  /** The innermost one holds so many values. */
  void count(int values) {
    count = values;
  }

  /** Opens one within the innermost, which it becomes. */
  void open(boolean object) {
    int held = inObject ? ~count : count;
    innermost = document.open((long) innermost << Integer.SIZE | (held & LOW_HALF));
    inObject = object;
    count = 0;
    depth++;
  }

  /** The n-th name of the innermost one that is expected, if it is an object. */
  Shape.Name expectedName(int n) {
    return members.expected(depth).name(n);
  }

  /** Takes in the name of a member that was expected. */
  void addExpected(int name) {
    members.add(name);
  }

  /** Takes in the name of another member of the innermost one. */
  void addOther(int name) {
    members.addOther(depth, count, name);
  }

  /** Closes the innermost one. Returns false if its members are not in their order yet. */
  boolean close() {
    return end(!inObject || members.close(depth, count));
  }

  /** Goes on to close the one that could not be closed at once. */
  boolean closeOn(int comparisons) {
    return end(members.closeOn(depth, count, comparisons));
  }

  /** Whether it can never be closed, since two of its members have one name. */
  boolean hasDuplicate() {
    return members.hasDuplicate();
  }

  private boolean end(boolean sorted) {
    if (!sorted) {
      return false;
    }
    long around = document.node(innermost);
    document.close(innermost, inObject ? JsonNode.object(count) : JsonNode.array(count));
    depth--;
    innermost = (int) (around >> Integer.SIZE);
    inObject = (int) around < 0;
    count = inObject ? ~(int) around : (int) around;
    return true;
  }
}
