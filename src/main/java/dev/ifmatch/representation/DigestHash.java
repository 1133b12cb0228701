package dev.ifmatch.representation;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** One of the platform's digests. For one use; not thread-safe. */
final class DigestHash implements Hash {
  private static final int SCRATCH_BYTES = 8 << 10;
  private static final ThreadLocal<byte[]> SCRATCH =
      ThreadLocal.withInitial(() -> new byte[SCRATCH_BYTES]);

  private final MessageDigest digest;

  DigestHash(MessageDigest digest) {
    this.digest = digest;
  }

  /** The platform would make a new array for each view of memory outside the heap. */
  @Override
  public void update(ByteBuffer view) {
    if (view.hasArray()) {
      digest.update(view);
      return;
    }
    byte[] copy = SCRATCH.get();
    while (view.hasRemaining()) {
      int length = Math.min(view.remaining(), copy.length);
      view.get(copy, 0, length);
      digest.update(copy, 0, length);
    }
  }

  @Override
  public void update(byte[] bytes, int from, int length) {
    digest.update(bytes, from, length);
  }

  @Override
  public byte[] digest() {
    return digest.digest();
  }
}
