package dev.ifmatch.http;

import java.util.Optional;
import java.util.function.Predicate;

/** What is known of a resource at one moment: there is no current representation, or one. */
public sealed interface ResourceState {

  /** There is no current representation. */
  record Absent() implements ResourceState {}

  /**
   * There is a current representation. At least one of its tags is known.
   *
   * @param own the origin's own strong entity-tag, where it sends one
   * @param fingerprint our tag of the same state; beside an own tag it is known only where it was
   *     needed: an origin may tag only some of its answers strongly, and clients then hold ours
   * @param former a tag that we made of this state by a former recipe: clients hold it still, and
   *     it counts where they send it, but is told to nobody
   * @param lastModified its modification date, where the origin tells one
   */
  record Present(
      Optional<EntityTag> own,
      Optional<EntityTag> fingerprint,
      Optional<EntityTag> former,
      Optional<HttpDate> lastModified)
      implements ResourceState {

    /**
     * Checks that there is a tag.
     *
     * @throws IllegalArgumentException if both tags are missing
     */
    public Present {
      if (own.isEmpty() && fingerprint.isEmpty()) {
        throw new IllegalArgumentException("a known state has at least one tag");
      }
    }

    /** A state of which there is no former tag. */
    public Present(
        Optional<EntityTag> own, Optional<EntityTag> fingerprint, Optional<HttpDate> lastModified) {
      this(own, fingerprint, Optional.empty(), lastModified);
    }

    /** The tag that is announced to clients: the origin's own where there is one. */
    public EntityTag tag() {
      return own.or(() -> fingerprint).orElseThrow();
    }

    /** Whether one of this state's tags fits, by the given comparison. */
    boolean anyTag(Predicate<EntityTag> comparison) {
      return own.filter(comparison).isPresent() || anyOfOurs(comparison);
    }

    /** Whether one of the tags fits that we made of it. */
    boolean anyOfOurs(Predicate<EntityTag> comparison) {
      return fingerprint.filter(comparison).isPresent() || former.filter(comparison).isPresent();
    }
  }

  /** The tag that is announced to clients; empty where there is no representation. */
  default Optional<EntityTag> announcedTag() {
    return this instanceof Present present ? Optional.of(present.tag()) : Optional.empty();
  }
}
