package dev.ifmatch.transport;

import dev.ifmatch.exchange.BodyObserver;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;

/**
 * Where the bodies of the origin's answers go: kept, looked at and dropped, or on to the client.
 * What is kept stays through later answers (a reread) until it is relayed or released. Confined to
 * one event loop.
 */
final class AnswerBody {
  /** How much of an answer that nobody wants is read to save its connection. */
  private static final int MAX_UNWANTED_BYTES = 64 << 10;

  /** What is done with the answer that is coming in. */
  enum Mode {
    /** Nothing was said yet. */
    UNDECIDED,
    COLLECTING,
    DRAINING,
    RELAYING,
    UNWANTED
  }

  /** What came of taking a piece. */
  enum Taken {
    FINE,
    /** More is kept than the limit allows. */
    OVERFLOW,
    /** More came of an unwanted answer than its connection is worth. */
    TOO_MUCH
  }

  private final AnswerWriter writer;
  private final int keepBytes;
  private final Pieces kept = new Pieces();
  private long keptBytes;
  private boolean keptWhole;
  private long unwantedBytes;
  private BodyObserver observer = BodyObserver.NONE;
  private Mode mode = Mode.UNDECIDED;

  AnswerBody(AnswerWriter writer, int keepBytes) {
    this.writer = writer;
    this.keepBytes = keepBytes;
  }

  Mode mode() {
    return mode;
  }

  /** Whether what is kept is a whole body. */
  boolean isWhole() {
    return keptWhole;
  }

  /** How many bytes are kept. */
  long length() {
    return keptBytes;
  }

  /** Another answer is asked for. */
  void expectNext() {
    mode = Mode.UNDECIDED;
    stopLooking();
  }

  void collect(BodyObserver looksOn) {
    mode = Mode.COLLECTING;
    observer = looksOn;
  }

  void drain(BodyObserver looksOn) {
    mode = Mode.DRAINING;
    observer = looksOn;
  }

  void drop() {
    mode = Mode.UNWANTED;
  }

  /** Takes the next piece over. */
  Taken take(ByteBuf piece) {
    switch (mode) {
      case COLLECTING -> {
        BodyView.show(piece, observer);
        keptBytes += piece.readableBytes();
        kept.add(piece);
        return keptBytes > keepBytes ? Taken.OVERFLOW : Taken.FINE;
      }
      case RELAYING -> {
        BodyView.show(piece, observer);
        writer.write(piece);
        return Taken.FINE;
      }
      default -> {
        BodyView.show(piece, observer);
        unwantedBytes += mode == Mode.UNWANTED ? piece.readableBytes() : 0;
        piece.release();
        return unwantedBytes > MAX_UNWANTED_BYTES ? Taken.TOO_MUCH : Taken.FINE;
      }
    }
  }

  /** The answer that was collected is complete. */
  void markWhole() {
    keptWhole = true;
  }

  /** Gives away what is kept, where it is a whole body in one piece. */
  Optional<ByteBuf> takeWhole() {
    if (!keptWhole || (keptBytes > 0 && !kept.isSingle())) {
      return Optional.empty();
    }
    ByteBuf whole = keptBytes > 0 ? kept.next() : Unpooled.EMPTY_BUFFER;
    mode = Mode.UNWANTED;
    release();
    return Optional.of(whole);
  }

  /** Writes what is kept; what comes from now on follows it. */
  void relay() {
    mode = Mode.RELAYING;
    kept.moveTo(writer::write);
  }

  /** Who looks at what passes by; nobody where nobody wants it any more. */
  BodyObserver observer() {
    return mode == Mode.UNWANTED ? BodyObserver.NONE : observer;
  }

  /** Nobody needs to see what passes by any more. */
  void stopLooking() {
    observer = BodyObserver.NONE;
  }

  /** Gives back what is kept. */
  void release() {
    kept.release();
    keptBytes = 0;
    keptWhole = false;
  }
}
