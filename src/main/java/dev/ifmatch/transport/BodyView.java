package dev.ifmatch.transport;

import dev.ifmatch.exchange.BodyObserver;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.ByteBuffer;

/**
 * Shows a piece of a body to whoever fingerprints it, who gets a copy of a few pages at a time: the
 * platform's digests read nothing but arrays, and would make one for each piece. One for each event
 * loop.
 */
final class BodyView {
  private static final int VIEW_BYTES = 8 << 10;

  private static final FastThreadLocal<ByteBuffer> VIEW =
      new FastThreadLocal<>() {
        @Override
        protected ByteBuffer initialValue() {
          return ByteBuffer.allocate(VIEW_BYTES);
        }
      };

  private BodyView() {}

  /** Shows all readable bytes, and leaves the piece as it is. */
  static void show(ByteBuf piece, BodyObserver observer) {
    if (observer == BodyObserver.NONE) {
      return;
    }
    ByteBuffer view = VIEW.get();
    int end = piece.writerIndex();
    for (int at = piece.readerIndex(); at < end; at += VIEW_BYTES) {
      view.clear().limit(Math.min(end - at, VIEW_BYTES));
      piece.getBytes(at, view);
      observer.onBytes(view.flip());
    }
  }
}
