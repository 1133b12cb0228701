package dev.ifmatch.representation;

import java.nio.ByteBuffer;
import java.util.Optional;

/** One way to make a hash of a representation as its bytes pass by. */
interface Form {
  /** Takes in the next bytes, reading the view to its end and keeping no reference to it. */
  void update(ByteBuffer view);

  /** The hash of what was taken in. To be called once. */
  byte[] digest();

  /** Why another form was used; known once the hash is made. */
  default Optional<FormFallback> fallback() {
    return Optional.empty();
  }
}
