package dev.ifmatch.exchange;

import dev.ifmatch.representation.Fingerprint;
import java.nio.ByteBuffer;

/** Has a fingerprint made of the body that passes by. */
record Fingerprinting(Fingerprint fingerprint) implements BodyObserver {
  @Override
  public void onBytes(ByteBuffer view) {
    fingerprint.update(view);
  }

  @Override
  public void onPause() {
    fingerprint.advance();
  }

  @Override
  public boolean finish() {
    return fingerprint.finish();
  }
}
