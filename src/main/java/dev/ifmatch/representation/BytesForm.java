package dev.ifmatch.representation;

import java.nio.ByteBuffer;

/**
 * The hash of a representation's bytes. For one use; not thread-safe.
 *
 * <p>What is hashed in JSON form starts with {@link #RESERVED} and another byte than the one that
 * is put, with it, before the few contents that start so themselves: the two can never be the same.
 */
final class BytesForm implements Form {
  /** Begins no text in UTF-8 and no usual file format. */
  static final byte RESERVED = (byte) 0xf8;

  private static final byte[] ESCAPE = {RESERVED, 0};

  private final Hash hash;
  private boolean started;

  BytesForm(Hash hash) {
    this.hash = hash;
  }

  @Override
  public void update(ByteBuffer view) {
    if (!started && view.hasRemaining()) {
      started = true;
      if (view.get(view.position()) == RESERVED) {
        hash.update(ESCAPE, 0, ESCAPE.length);
      }
    }
    hash.update(view);
  }

  @Override
  public byte[] digest() {
    return hash.digest();
  }
}
