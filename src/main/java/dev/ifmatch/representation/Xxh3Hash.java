package dev.ifmatch.representation;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.ByteBuffer;

/** XXH3 of 128 bits in its canonical form, the highest byte first. For one use; not thread-safe. */
final class Xxh3Hash implements Hash {
  private static final int PIECE_BYTES = 4 * 1024;

  private final HashStream128 stream = Hashing.xxh3_128().hashStream();

  @Override
  public void update(ByteBuffer view) {
    if (view.hasArray()) {
      update(view.array(), view.arrayOffset() + view.position(), view.remaining());
      view.position(view.limit());
      return;
    }
    byte[] piece = new byte[Math.min(PIECE_BYTES, view.remaining())];
    while (view.hasRemaining()) {
      int length = Math.min(piece.length, view.remaining());
      view.get(piece, 0, length);
      update(piece, 0, length);
    }
  }

  @Override
  public void update(byte[] bytes, int from, int length) {
    stream.putBytes(bytes, from, length);
  }

  @Override
  public byte[] digest() {
    HashValue128 value = stream.get();
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(value.getMostSignificantBits())
        .putLong(value.getLeastSignificantBits())
        .array();
  }
}
