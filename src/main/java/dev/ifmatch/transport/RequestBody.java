package dev.ifmatch.transport;

import dev.ifmatch.exchange.BodyObserver;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;

/**
 * Where the body of one request goes: straight to the origin, or into a spool first and to the
 * origin later. Confined to one event loop.
 */
final class RequestBody implements AutoCloseable {

  private enum Mode {
    /** Not asked for yet: the client has to wait. */
    HELD,
    STREAMING,
    SPOOLING,
    /** Received as a whole, and to be sent from the spool. */
    SPOOLED,
    /** Not wanted. */
    DROPPED
  }

  private final boolean expected;
  private final int memoryBytes;

  /** Null unless the body is received as a whole. */
  private BodySpool spool;

  /** Null until it is known. */
  private OriginRequest target;

  private BodyObserver observer = BodyObserver.NONE;
  private Mode mode;
  private boolean complete;

  /**
   * The body of a request that has come.
   *
   * @param expected whether there is a body at all
   */
  RequestBody(boolean expected, int memoryBytes) {
    this.expected = expected;
    this.memoryBytes = memoryBytes;
    this.mode = expected ? Mode.HELD : Mode.DROPPED;
    this.complete = !expected;
  }

  boolean isExpected() {
    return expected;
  }

  /** Whether a piece could be taken now. */
  boolean takesPieces() {
    return switch (mode) {
      case HELD, SPOOLED -> false;
      case STREAMING -> target != null && target.isWritable();
      case SPOOLING, DROPPED -> true;
    };
  }

  /** Whether the next piece is waited for: it is the client's turn. */
  boolean isAwaited() {
    return !complete && (mode == Mode.STREAMING || mode == Mode.SPOOLING) && takesPieces();
  }

  boolean isStreaming() {
    return mode == Mode.STREAMING;
  }

  boolean isSpooling() {
    return mode == Mode.SPOOLING;
  }

  boolean isSpooled() {
    return mode == Mode.SPOOLED;
  }

  void startSpooling(BodyObserver looksOn) {
    observer = looksOn;
    mode = Mode.SPOOLING;
    spool = new BodySpool(memoryBytes);
  }

  void startStreaming() {
    mode = Mode.STREAMING;
  }

  void drop() {
    mode = Mode.DROPPED;
  }

  /** How many bytes were received into the spool. */
  long size() {
    return spool == null ? 0 : spool.size();
  }

  /**
   * Takes the next piece over.
   *
   * @throws IOException if it cannot be stored
   */
  void take(HttpContent piece) throws IOException {
    complete = piece instanceof LastHttpContent;
    if (mode == Mode.SPOOLING) {
      BodyView.show(piece.content(), observer);
      spool.add(piece.content());
      if (complete) {
        mode = Mode.SPOOLED;
      }
    } else if (mode == Mode.STREAMING && piece instanceof LastHttpContent last) {
      target.finish(last);
    } else if (mode == Mode.STREAMING) {
      target.write(piece.content());
    } else {
      piece.release();
    }
  }

  /** What the body goes behind. */
  void sendTo(OriginRequest head) {
    target = head;
  }

  /**
   * Sends what is spooled, as far as the connection takes it now.
   *
   * @throws IOException if the spool cannot be read back
   */
  void pump(ByteBufAllocator allocator) throws IOException {
    if (mode != Mode.SPOOLED) {
      return;
    }
    while (mode == Mode.SPOOLED && target.isWritable()) {
      ByteBuf piece = spool.isExhausted() ? Unpooled.EMPTY_BUFFER : spool.next(allocator);
      if (spool.isExhausted()) {
        mode = Mode.DROPPED;
        target.finish(new DefaultLastHttpContent(piece, EmptyHttpHeaders.INSTANCE));
      } else {
        target.write(piece);
      }
    }
    if (mode == Mode.SPOOLED) {
      target.flush();
    }
  }

  /** Who looked at the body, once it was received as a whole. Asked once. */
  BodyObserver takeObserver() {
    BodyObserver looked = observer;
    observer = BodyObserver.NONE;
    return looked;
  }

  /** Gives who looks on some time while no more is here. */
  void pause() {
    if (mode == Mode.SPOOLING) {
      observer.onPause();
    }
  }

  /** Sends on what was streamed since the last time. */
  void flush() {
    if (mode == Mode.STREAMING && target != null) {
      target.flush();
    }
  }

  @Override
  public void close() throws IOException {
    mode = Mode.DROPPED;
    if (spool != null) {
      spool.close();
    }
  }
}
