package dev.ifmatch.doctor;

import dev.ifmatch.representation.PointerPattern;
import java.util.Set;
import java.util.TreeSet;

/**
 * What to set in the configuration for a route.
 *
 * @param json whether its tags are to be made of JSON
 * @param ignore the values that do not count, as pointers
 * @param tolerant whether tags that a hop weakened are to match
 * @param tagBuffer the size of the answers that are to get a tag; 0 for the default
 */
public record Remedy(boolean json, Set<String> ignore, boolean tolerant, int tagBuffer) {
  static final Remedy NONE = new Remedy(false, Set.of(), false, 0);
  static final Remedy TOLERANT = new Remedy(false, Set.of(), true, 0);

  /** Copies the set, in order. */
  public Remedy {
    ignore = new TreeSet<>(ignore);
  }

  static Remedy ignoring(Iterable<PointerPattern> pointers) {
    Set<String> ignore = new TreeSet<>();
    pointers.forEach(pointer -> ignore.add(pointer.toString()));
    return new Remedy(true, ignore, false, 0);
  }

  static Remedy buffering(int bytes) {
    return new Remedy(false, Set.of(), false, bytes);
  }

  /** Both together. */
  Remedy and(Remedy other) {
    Set<String> both = new TreeSet<>(ignore);
    both.addAll(other.ignore);
    return new Remedy(
        json || other.json, both, tolerant || other.tolerant, Math.max(tagBuffer, other.tagBuffer));
  }

  /** Whether anything is to be set for the route itself. */
  boolean concernsRoute() {
    return json || tolerant;
  }
}
