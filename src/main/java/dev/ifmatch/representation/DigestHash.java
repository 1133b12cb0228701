package dev.ifmatch.representation;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** One of the platform's digests. For one use; not thread-safe. */
final class DigestHash implements Hash {
  private final MessageDigest digest;

  DigestHash(MessageDigest digest) {
    this.digest = digest;
  }

  @Override
  public void update(ByteBuffer view) {
    digest.update(view);
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
