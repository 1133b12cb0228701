package dev.ifmatch.exchange;

import java.nio.ByteBuffer;

/** Sees the bytes of an answer's body pass by. */
@FunctionalInterface
public interface BodyObserver {
  /** Looks at nothing. */
  BodyObserver NONE = view -> {};

  /** Takes the next bytes in. Must not keep the view, nor change what it shows. */
  void onBytes(ByteBuffer view);
}
