package dev.ifmatch.soak;

import java.util.Random;

/** What the backend does wrong with one request, if anything. */
enum Faults {
  NONE,
  /** Ends the connection and does nothing. */
  CLOSES,
  RESETS,
  /** Says nothing for longer than it is waited for, and does nothing. */
  STALLS,
  FAILS,
  TALKS_NONSENSE,
  /** Does not read what comes behind the head. */
  RESETS_EARLY,
  /** Does what it was asked, and breaks off within the answer. */
  ANSWERS_HALF,
  CLOSES_AFTERWARDS,
  RESETS_AFTERWARDS,
  STALLS_AFTERWARDS,
  /** Does what it was asked only once nobody waits any more, as a busy one does. */
  RESETS_AND_IS_LATE,
  STALLS_AND_IS_LATE;

  private static final Faults[] ALL = values();

  /** One of the others for each so many requests. */
  static Faults oneIn(int requests, Random random) {
    return random.nextInt(requests) > 0 ? NONE : ALL[1 + random.nextInt(ALL.length - 1)];
  }

  boolean isLate() {
    return this == RESETS_AND_IS_LATE || this == STALLS_AND_IS_LATE;
  }

  /** Whether the request is carried out before anything goes wrong. */
  boolean isAfterwards() {
    return this == NONE
        || this == ANSWERS_HALF
        || this == CLOSES_AFTERWARDS
        || this == RESETS_AFTERWARDS
        || this == STALLS_AFTERWARDS;
  }
}
