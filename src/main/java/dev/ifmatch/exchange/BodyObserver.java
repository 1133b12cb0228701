package dev.ifmatch.exchange;

import java.nio.ByteBuffer;

/**
 * Sees the bytes of a body pass by.
 *
 * <p>What takes long it leaves for later, and does in slices of some tens of microseconds, between
 * which others have their turn.
 */
@FunctionalInterface
public interface BodyObserver {
  /** Looks at nothing. */
  BodyObserver NONE = view -> {};

  /** Takes the next bytes in. Must not keep the view, nor change what it shows. */
  void onBytes(ByteBuffer view);

  /** There is a pause, but more bytes may come: time for a slice of what was left for later. */
  default void onPause() {}

  /**
   * The body was seen as a whole: does a slice of what was left for later. To be told until nothing
   * is, before anybody asks what was made of the body.
   *
   * @return whether nothing is left
   */
  default boolean finish() {
    return true;
  }
}
