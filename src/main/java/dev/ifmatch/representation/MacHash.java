package dev.ifmatch.representation;

import java.nio.ByteBuffer;
import javax.crypto.Mac;

/** One of the platform's digests with a key (HMAC, RFC 2104). For one use; not thread-safe. */
final class MacHash implements Hash {
  private final Mac mac;

  MacHash(Mac mac) {
    this.mac = mac;
  }

  @Override
  public void update(ByteBuffer view) {
    mac.update(view);
  }

  @Override
  public void update(byte[] bytes, int from, int length) {
    mac.update(bytes, from, length);
  }

  @Override
  public byte[] digest() {
    return mac.doFinal();
  }
}
