package dev.ifmatch.policy;

import java.util.Locale;

/** How strictly writes are treated. */
public enum Mode {
  /** A write must say which state it was made from; one that does not is refused with 428. */
  REQUIRE,
  /** A precondition that is sent is checked; a write without one goes on, still under the lock. */
  OPTIONAL;

  /** The name as it is written in options: {@code require}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
