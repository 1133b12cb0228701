package dev.ifmatch;

import java.util.Arrays;

/** What must hold of each of millions of inputs, so that it costs next to nothing where it does. */
public final class Claim {
  private Claim() {}

  /**
   * Fails where it does not hold.
   *
   * @param of what it was claimed of, to be shown
   */
  public static void that(boolean holds, String what, Object... of) {
    if (!holds) {
      throw new AssertionError(what + ": " + Arrays.deepToString(of));
    }
  }
}
