package dev.ifmatch.policy;

import java.util.Locale;

/** How strictly writes are treated: one ladder. */
public enum Mode {
  /** Nothing is tagged, checked or locked: requests and answers pass through. */
  OFF,
  /** As {@link #REQUIRE}, but what would be refused is only told of, and forwarded all the same. */
  OBSERVE,
  /** A precondition that is sent is checked; a write without one goes on, still under the lock. */
  OPTIONAL,
  /** A write must say which state it was made from; one that does not is refused with 428. */
  REQUIRE;

  /** The name as it is written in options: {@code require}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
