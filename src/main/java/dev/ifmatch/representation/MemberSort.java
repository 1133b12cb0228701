package dev.ifmatch.representation;

/**
 * Sorts the names of one object after the other by their bytes in UTF-8, bit by bit where there are
 * many. A merge sort: never more than n log n comparisons, whatever an origin sends. Not
 * thread-safe.
 */
final class MemberSort {
  /** So many are sorted by insertion. */
  private static final int RUN = 8;

  /** Comparing so many bytes costs about as much as comparing two words. */
  private static final int BYTES_PER_UNIT = 32;

  private static final int[] NONE = {};

  private final JsonDocument document;
  private int[] names = NONE;
  private int first;
  private int count;
  private int[] order = NONE;
  private int[] merged = NONE;
  private long[] keys = {};
  private boolean duplicate;

  /** What is left of the budget. */
  private int budget;

  /** How many are in sorted runs of eight; then how long the sorted runs are. */
  private int inRuns;

  private int width;

  /** The next place to be filled, and from where: two runs that end where the other begins. */
  private int at;

  private int left;
  private int right;
  private int leftEnd;
  private int rightEnd;

  MemberSort(JsonDocument document) {
    this.document = document;
  }

  /**
   * Begins with the names of another object.
   *
   * @param at their indices, from {@code from} on, which must not change until they are sorted
   */
  void start(int[] at, int from, int size) {
    names = at;
    first = from;
    count = size;
    duplicate = false;
    inRuns = 0;
    width = RUN;
    if (size > keys.length) {
      keys = new long[Math.max(size, 2 * RUN)];
      order = new int[keys.length];
    }
    if (size > RUN && merged.length < order.length) {
      merged = new int[order.length];
    }
    this.at = 0;
    rightEnd = 0;
  }

  /** Goes on for about as many comparisons. Returns whether all is sorted. */
  boolean step(int comparisons) {
    budget = comparisons;
    while (inRuns < count) {
      if (budget <= 0) {
        return false;
      }
      insertRun(inRuns, Math.min(count, inRuns + RUN));
    }
    while (width < count) {
      if (!merge()) {
        return false;
      }
      int[] sorted = merged;
      merged = order;
      order = sorted;
      width *= 2;
      at = 0;
      rightEnd = 0;
    }
    return true;
  }

  /** Gives back what only large objects need. */
  void restart() {
    names = NONE;
    if (keys.length > JsonDocument.KEPT_BYTES / JsonDocument.BYTES_PER_NAME) {
      keys = new long[0];
      order = NONE;
      merged = NONE;
    }
  }

  /** Whether two names were found to be the same; known once all is sorted. */
  boolean foundDuplicate() {
    return duplicate;
  }

  /** Which of the names comes first, second and so on; more may stand behind. */
  int[] order() {
    return order;
  }

  private void insertRun(int from, int to) {
    for (int i = from; i < to; i++) {
      keys[i] = document.sortKey(name(i));
      int place = i;
      while (place > from && isBefore(i, order[place - 1])) {
        order[place] = order[place - 1];
        place--;
      }
      order[place] = i;
    }
    inRuns = to;
  }

  /** Makes runs of twice the length. Returns false if the budget is spent before. */
  private boolean merge() {
    while (at < count) {
      if (at == rightEnd) {
        nextRuns();
      }
      while (at < rightEnd) {
        if (budget <= 0) {
          return false;
        }
        boolean takeRight =
            left == leftEnd || (right < rightEnd && isBefore(order[right], order[left]));
        merged[at++] = takeRight ? order[right++] : order[left++];
      }
    }
    return true;
  }

  private void nextRuns() {
    left = at;
    leftEnd = Math.min(count, at + width);
    right = leftEnd;
    rightEnd = Math.min(count, leftEnd + width);
    if (right == rightEnd || isBefore(order[right - 1], order[right])) {
      System.arraycopy(order, left, merged, left, rightEnd - left);
      at = rightEnd;
    }
  }

  private boolean isBefore(int one, int two) {
    budget--;
    if (keys[one] != keys[two]) {
      return Long.compareUnsigned(keys[one], keys[two]) < 0;
    }
    budget -= JsonNode.length(name(one)) / BYTES_PER_UNIT;
    int order = document.compareText(name(one), document, name(two));
    duplicate |= order == 0;
    return order < 0;
  }

  private long name(int member) {
    return document.node(names[first + member]);
  }
}
