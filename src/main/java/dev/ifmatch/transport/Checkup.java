package dev.ifmatch.transport;

import java.time.Duration;

/**
 * How each address of the origins is asked regularly whether it is well.
 *
 * @param path what is asked for, with GET
 * @param interval how often
 * @param timeout how long the answer may take, connecting included
 * @param expect the status of an answer that is well
 * @param up how many answers in a row must be well until the address is used again
 * @param down how many in a row may not be until it is not used any more
 */
public record Checkup(
    String path, Duration interval, Duration timeout, int expect, int up, int down) {

  /**
   * Checks the amounts.
   *
   * @throws IllegalArgumentException if the path is none, or a count is below 1
   */
  public Checkup {
    if (!path.startsWith("/") || !path.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(
          "'%s' is not a path such as /health, in ASCII and without spaces".formatted(path));
    }
    if (up < 1 || down < 1) {
      throw new IllegalArgumentException("it takes one check at least to go up or down");
    }
  }
}
