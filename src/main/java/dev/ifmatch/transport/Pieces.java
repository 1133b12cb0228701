package dev.ifmatch.transport;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Pieces of a body that are kept, in their order. One that comes alone or is large is kept as it
 * is; small ones are copied together, for each may be all that is left of a far larger buffer. Not
 * thread-safe.
 */
final class Pieces {
  private static final int SMALL_BYTES = 4 << 10;

  private final Deque<ByteBuf> kept = new ArrayDeque<>(2);

  /** Adds the next piece and takes it over. */
  void add(ByteBuf piece) {
    if (kept.isEmpty() || piece.readableBytes() >= SMALL_BYTES) {
      kept.addLast(piece);
      return;
    }
    try {
      if (kept.peekLast().writableBytes() < piece.readableBytes()) {
        kept.addLast(EventLoops.ALLOCATOR.directBuffer(SMALL_BYTES, SMALL_BYTES));
      }
      kept.peekLast().writeBytes(piece);
    } finally {
      piece.release();
    }
  }

  boolean isEmpty() {
    return kept.isEmpty();
  }

  /** Whether all is one piece. */
  boolean isSingle() {
    return kept.size() == 1;
  }

  /** Takes the first piece off, which then belongs to the caller. */
  ByteBuf next() {
    return kept.removeFirst();
  }

  /** Hands all pieces over, in their order. */
  void moveTo(Consumer<ByteBuf> taker) {
    while (!kept.isEmpty()) {
      taker.accept(kept.removeFirst());
    }
  }

  void release() {
    moveTo(ByteBuf::release);
  }
}
