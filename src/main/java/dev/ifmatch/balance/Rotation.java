package dev.ifmatch.balance;

import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Takes turns between several, and leaves out those that are not well. Confined to one thread: each
 * event loop has its own, which starts with another.
 */
public final class Rotation {
  private final LongSupplier clock;
  private int next;

  /** One of those that take turns. */
  public interface Candidate {
    Health health();
  }

  /**
   * A rotation.
   *
   * @param first which of them comes first, counted from any
   * @param clock tells nanoseconds from any fixed time
   */
  public Rotation(int first, LongSupplier clock) {
    this.next = first & Integer.MAX_VALUE;
    this.clock = clock;
  }

  /**
   * Whose turn it is: the next that is well or has rested; where there is none, the one that failed
   * the longest ago.
   *
   * @param all all that take turns
   * @param tried those that are left out in any case
   * @return its place among all; -1 if all are left out
   */
  public int next(List<? extends Candidate> all, Collection<? extends Candidate> tried) {
    int usable = usable(all, tried);
    int chosen = usable >= 0 ? usable : leastRecentlyFailed(all, tried);
    if (chosen >= 0) {
      next = chosen + 1;
      Health health = all.get(chosen).health();
      if (!health.isWell()) {
        health.onChosen(clock.getAsLong());
      }
    }
    return chosen;
  }

  /** The same, but -1 if none of them is well or has rested. */
  public int nextUsable(List<? extends Candidate> all, Collection<? extends Candidate> tried) {
    int usable = usable(all, tried);
    return usable >= 0 ? next(all, tried) : usable;
  }

  private int usable(List<? extends Candidate> all, Collection<? extends Candidate> tried) {
    int count = all.size();
    for (int i = 0; i < count; i++) {
      int at = (int) ((next + (long) i) % count);
      Candidate candidate = all.get(at);
      Health health = candidate.health();
      boolean usable = health.isWell() || health.isUsable(clock.getAsLong());
      if (usable && !tried.contains(candidate)) {
        return at;
      }
    }
    return -1;
  }

  private static int leastRecentlyFailed(
      List<? extends Candidate> all, Collection<? extends Candidate> tried) {
    int least = -1;
    for (int at = 0; at < all.size(); at++) {
      Candidate candidate = all.get(at);
      boolean earlier =
          least < 0 || candidate.health().failedAt() - all.get(least).health().failedAt() < 0;
      if (earlier && !tried.contains(candidate)) {
        least = at;
      }
    }
    return least;
  }
}
