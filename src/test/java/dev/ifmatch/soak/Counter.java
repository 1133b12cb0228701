package dev.ifmatch.soak;

/**
 * One resource as the backend has it. Looks at each write as it is applied, so that a long run
 * needs no long memory. Thread-safe.
 */
final class Counter {
  private final Writes all;
  private State state = State.FIRST;
  private long applied;
  private long fromAnotherState;
  private long twice;

  /**
   * One to which nothing was written.
   *
   * @param all takes in what is written to any counter
   */
  Counter(Writes all) {
    this.all = all;
  }

  synchronized State state() {
    return state;
  }

  /** Applies a write, whatever it was made from: a backend that does not look erases others. */
  synchronized void apply(State next) {
    if (!next.from().equals(state.write()) || next.number() != state.number() + 1) {
      fromAnotherState++;
    }
    if (!all.add(next.write())) {
      twice++;
    }
    applied++;
    state = next;
  }

  /** How many writes were made from another state than that before them, which they erased. */
  synchronized long fromAnotherState() {
    return fromAnotherState;
  }

  /** How many writes had been applied before. */
  synchronized long twice() {
    return twice;
  }

  /** How many writes were applied that its number does not count. */
  synchronized long uncounted() {
    return Math.abs(applied - state.number());
  }
}
