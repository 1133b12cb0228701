package dev.ifmatch.representation;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Two hashes of the same bytes, made in one pass. For one use; not thread-safe.
 *
 * @param first the hash that {@link #firstOf} takes out of the digest
 * @param second the hash that {@link #secondOf} takes out of it; as long as the first
 */
record TwinHash(Hash first, Hash second) implements Hash {
  @Override
  public void update(ByteBuffer view) {
    first.update(view.duplicate());
    second.update(view);
  }

  @Override
  public void update(byte[] bytes, int from, int length) {
    first.update(bytes, from, length);
    second.update(bytes, from, length);
  }

  /** Both digests, one behind the other. */
  @Override
  public byte[] digest() {
    byte[] one = first.digest();
    byte[] other = second.digest();
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  static byte[] firstOf(byte[] both) {
    return Arrays.copyOf(both, both.length / 2);
  }

  static byte[] secondOf(byte[] both) {
    return Arrays.copyOfRange(both, both.length / 2, both.length);
  }
}
