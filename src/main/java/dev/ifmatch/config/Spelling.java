package dev.ifmatch.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that was meant. */
public final class Spelling {
  private Spelling() {}

  /** What to say of a key that is none of those that are known. */
  static String hint(String word, Collection<String> known) {
    return nearest(word, known)
        .map("did you mean '%s'?"::formatted)
        .orElseGet(() -> "there are " + String.join(", ", known));
  }

  /** The known word that differs least, where it does not differ much. */
  public static Optional<String> nearest(String word, Collection<String> known) {
    int tolerated = Math.max(1, Math.min(word.length(), 8) / 3);
    return known.stream()
        .filter(other -> Math.abs(word.length() - other.length()) <= tolerated)
        .filter(other -> distance(word, other) <= tolerated)
        .min(Comparator.comparingInt(other -> distance(word, other)));
  }

  /**
   * How many characters must be put in, taken out, replaced, or swapped with their neighbour to
   * make one word the other (optimal string alignment).
   */
  static int distance(String one, String other) {
    int[][] cost = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        boolean same = one.charAt(i - 1) == other.charAt(j - 1);
        int change = cost[i - 1][j - 1] + (same ? 0 : 1);
        cost[i][j] = Math.min(change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && one.charAt(i - 1) == other.charAt(j - 2)
                && one.charAt(i - 2) == other.charAt(j - 1);
        if (swapped) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[one.length()][other.length()];
  }
}
