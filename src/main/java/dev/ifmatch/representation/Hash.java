package dev.ifmatch.representation;

import java.nio.ByteBuffer;

/** A hash under way. For one use; not thread-safe. */
interface Hash {
  /** Takes in the next bytes, reading the view to its end. */
  void update(ByteBuffer view);

  /** Takes in the next bytes. */
  void update(byte[] bytes, int from, int length);

  /** The hash of all that was taken in. To be called once. */
  byte[] digest();
}
