package dev.ifmatch.doctor;

import dev.ifmatch.http.EntityTag;
import java.util.Optional;

/** What became of a tag between two answers that should have the same. */
enum TagFate {
  /** Neither answer has one. */
  NONE,
  SAME,
  /** It is followed by the name of a coding. */
  SUFFIXED,
  /** It is marked {@code W/}. */
  WEAKENED,
  STRIPPED,
  ADDED,
  REPLACED;

  static TagFate of(Optional<EntityTag> before, Optional<EntityTag> after) {
    if (before.isEmpty()) {
      return after.isEmpty() ? NONE : ADDED;
    }
    if (after.isEmpty()) {
      return STRIPPED;
    }
    EntityTag one = before.get();
    EntityTag other = after.get();
    if (one.equals(other)) {
      return SAME;
    }
    boolean sameState = one.withoutCoding().matchesWeakly(other.withoutCoding());
    if (sameState && !one.weak() && other.weak()) {
      return WEAKENED;
    }
    return sameState && one.weak() == other.weak() ? SUFFIXED : REPLACED;
  }
}
