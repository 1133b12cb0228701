package dev.ifmatch.exchange;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Keeps a copy of a body that passes by, up to a size. For one body; not thread-safe. */
final class Capture implements BodyObserver {
  private final BodyObserver next;
  private final int maxBytes;
  private byte[] kept = new byte[0];
  private int size;
  private boolean tooLarge;

  /**
   * A capture that has seen nothing yet.
   *
   * @param next sees the same bytes
   * @param maxBytes the largest body that is kept
   */
  Capture(BodyObserver next, int maxBytes) {
    this.next = next;
    this.maxBytes = maxBytes;
  }

  @Override
  public void onBytes(ByteBuffer view) {
    int more = view.remaining();
    if (tooLarge || more > maxBytes - size) {
      tooLarge = true;
      kept = new byte[0];
    } else {
      if (size + more > kept.length) {
        kept = Arrays.copyOf(kept, Math.min(maxBytes, Math.max(2 * kept.length, size + more)));
      }
      view.duplicate().get(kept, size, more);
      size += more;
    }
    next.onBytes(view);
  }

  @Override
  public void onPause() {
    next.onPause();
  }

  @Override
  public boolean finish() {
    return next.finish();
  }

  /** The whole body, once it was seen; empty where it was larger than what is kept. */
  Optional<byte[]> body() {
    return tooLarge ? Optional.empty() : Optional.of(Arrays.copyOf(kept, size));
  }
}
