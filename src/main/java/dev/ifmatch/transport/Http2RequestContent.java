package dev.ifmatch.transport;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2StreamFrame;

/** Reads the frames of a request's body as the pieces that HTTP/1.1 has (RFC 9113 §8.1). */
final class Http2RequestContent {
  private Http2RequestContent() {}

  /** The piece that a frame is; takes its content over. */
  static HttpContent of(Http2StreamFrame frame) {
    if (!(frame instanceof Http2DataFrame data)) {
      return trailers((Http2HeadersFrame) frame);
    }
    return data.isEndStream()
        ? new DefaultLastHttpContent(data.content(), EmptyHttpHeaders.INSTANCE)
        : new DefaultHttpContent(data.content());
  }

  /** The end of a body that is not well-formed. */
  static HttpContent malformed(Throwable why) {
    HttpContent end = new DefaultLastHttpContent();
    end.setDecoderResult(DecoderResult.failure(why));
    return end;
  }

  /** How many octets of the body it has. */
  static int bytes(Http2StreamFrame frame) {
    return frame instanceof Http2DataFrame data ? data.content().readableBytes() : 0;
  }

  /** How much of the window it has taken. */
  static int windowBytes(Http2StreamFrame frame) {
    return frame instanceof Http2DataFrame data ? data.initialFlowControlledBytes() : 0;
  }

  /** Whether nothing of the request follows. */
  static boolean isLast(Http2StreamFrame frame) {
    return !(frame instanceof Http2DataFrame data) || data.isEndStream();
  }

  /** The end of a body, with the fields behind it; never with those that frame or route it. */
  private static HttpContent trailers(Http2HeadersFrame frame) {
    Http2Fields fields = new Http2Fields(frame.headers());
    boolean pseudo = frame.headers().names().stream().anyMatch(Http2Fields::isPseudo);
    String complaint = pseudo ? "a pseudo-field behind it" : fields.complaint();
    fields
        .headers()
        .remove(HttpHeaderNames.CONTENT_LENGTH)
        .remove(HttpHeaderNames.HOST)
        .remove(HttpHeaderNames.TRAILER);
    return complaint.isEmpty()
        ? new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER, fields.headers())
        : malformed(new DecoderException(complaint));
  }
}
