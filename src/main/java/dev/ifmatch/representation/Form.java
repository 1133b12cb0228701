package dev.ifmatch.representation;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One way to make a hash of a representation as its bytes pass by.
 *
 * <p>What takes long is done bit by bit. A budget says about how much is done at once: as much as
 * it takes to read so many bytes.
 */
interface Form {
  /** Takes in the next bytes, reading the view to its end and keeping no reference to it. */
  void update(ByteBuffer view);

  /** Does some of the work that can be done before all bytes are known. */
  default void advance(int budget) {}

  /**
   * Does some of the work that is left when all bytes were taken in.
   *
   * @return whether nothing is left
   */
  default boolean finish(int budget) {
    return true;
  }

  /** The hash of what was taken in, once all is finished. To be called once. */
  byte[] digest();

  /** Why another form was used; known once all is finished. */
  default Optional<FormFallback> fallback() {
    return Optional.empty();
  }
}
