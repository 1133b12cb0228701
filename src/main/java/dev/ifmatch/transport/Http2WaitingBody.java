package dev.ifmatch.transport;

import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What has come of a request's body and was not taken yet. The piece that meets the announced
 * length waits for the stream's end: where an octet more follows, the request is malformed (RFC
 * 9113 §8.1.1), and the origin must not have taken it for whole by then. Confined to the client's
 * event loop.
 */
final class Http2WaitingBody {
  private final Deque<Http2StreamFrame> frames = new ArrayDeque<>(2);
  private long missing;
  private boolean ended;

  /**
   * A body of which nothing has come.
   *
   * @param length how many octets it is said to have; negative where that is not said
   */
  Http2WaitingBody(long length) {
    missing = length;
  }

  void add(Http2StreamFrame frame) {
    ended |= Http2RequestContent.isLast(frame);
    frames.addLast(frame);
  }

  int size() {
    return frames.size();
  }

  /** Whether there is a piece that may be taken now. */
  boolean hasNext() {
    return !frames.isEmpty()
        && (ended || missing < 0 || Http2RequestContent.bytes(frames.peekFirst()) < missing);
  }

  /** Gives the next piece away; there must be one. */
  Http2StreamFrame next() {
    Http2StreamFrame frame = frames.removeFirst();
    missing -= missing < 0 ? 0 : Http2RequestContent.bytes(frame);
    return frame;
  }

  void release() {
    frames.forEach(ReferenceCountUtil::release);
    frames.clear();
  }
}
