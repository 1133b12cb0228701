package dev.ifmatch.representation;

import java.util.Arrays;

/**
 * The shapes of objects that were met, a bounded number of them. Documents of one API are much
 * alike: what was sorted in one needs not be sorted in the next. Not thread-safe.
 */
final class Shapes {
  private static final int SLOT_BITS = 5;

  /** Makes the highest bits of a product depend on all bits (Knuth's multiplicative hashing). */
  private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;

  private final Shape[] slots = new Shape[1 << SLOT_BITS];

  Shapes() {
    Arrays.fill(slots, Shape.NONE);
  }

  /** A shape whose objects may have begun with a name like this at this depth. */
  Shape find(long sortKey, int depth) {
    return slots[slot(sortKey, depth)];
  }

  /** Keeps a shape for {@link #find}, in the place of another. */
  void keep(long sortKey, int depth, Shape shape) {
    slots[slot(sortKey, depth)] = shape;
  }

  private static int slot(long sortKey, int depth) {
    return (int) (((sortKey + depth) * GOLDEN_RATIO) >>> (Long.SIZE - SLOT_BITS));
  }
}
