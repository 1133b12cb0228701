package dev.ifmatch.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.Map;

/**
 * Writes one answer of HTTP/1.1 as the frames of an HTTP/2 stream (RFC 9113 §8.1): names in lower
 * case, without what frames a message or belongs to a connection. Frames pass as they are. Confined
 * to the client's event loop.
 */
final class Http2AnswerEncoder extends ChannelOutboundHandlerAdapter {
  private final ChannelFutureListener onEnd;

  /**
   * The encoder of one stream.
   *
   * @param onEnd is told once the end of the answer has left, or could not
   */
  Http2AnswerEncoder(ChannelFutureListener onEnd) {
    this.onEnd = onEnd;
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse head) {
      writeHead(ctx, head, promise);
    } else if (message instanceof LastHttpContent last) {
      writeEnd(ctx, last, promise);
    } else if (message instanceof HttpContent piece) {
      ctx.write(new DefaultHttp2DataFrame(piece.content()), promise);
    } else {
      ctx.write(message, promise);
    }
  }

  private void writeHead(ChannelHandlerContext ctx, HttpResponse head, ChannelPromise promise) {
    Http2Headers headers = headers(head.headers());
    headers.status(head.status().codeAsText());
    boolean interim = head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    if (!(head instanceof HttpContent whole)) {
      ctx.write(new DefaultHttp2HeadersFrame(headers), promise);
    } else if (interim || whole.content().isReadable()) {
      ctx.write(new DefaultHttp2HeadersFrame(headers), promise);
      finish(ctx, whole.content(), interim);
    } else {
      whole.release();
      ctx.write(new DefaultHttp2HeadersFrame(headers, true), told(ctx));
    }
  }

  private void finish(ChannelHandlerContext ctx, ByteBuf content, boolean interim) {
    if (interim) {
      content.release();
    } else {
      ctx.write(new DefaultHttp2DataFrame(content, true), told(ctx));
    }
  }

  private void writeEnd(ChannelHandlerContext ctx, LastHttpContent last, ChannelPromise promise) {
    if (last.trailingHeaders().isEmpty()) {
      ctx.write(new DefaultHttp2DataFrame(last.content(), true), told(ctx));
      return;
    }
    if (last.content().isReadable()) {
      ctx.write(new DefaultHttp2DataFrame(last.content()), promise);
    } else {
      last.release();
    }
    ctx.write(new DefaultHttp2HeadersFrame(headers(last.trailingHeaders()), true), told(ctx));
  }

  private ChannelPromise told(ChannelHandlerContext ctx) {
    return ctx.newPromise().addListener(onEnd);
  }

  /** The origin's fields were checked when they were read. */
  private static Http2Headers headers(HttpHeaders from) {
    Http2Headers to = new DefaultHttp2Headers(false, from.size() + 1);
    Iterator<Map.Entry<CharSequence, CharSequence>> lines = from.iteratorCharSequence();
    while (lines.hasNext()) {
      Map.Entry<CharSequence, CharSequence> line = lines.next();
      AsciiString name = AsciiString.of(line.getKey()).toLowerCase();
      if (!Http2Fields.isOfConnection(name)) {
        to.add(name, line.getValue());
      }
    }
    return to;
  }

  /** How much of what was written is not sent yet; a stream tells only how far its marks are. */
  static long unsentBytes(Channel stream) {
    long room = stream.bytesBeforeUnwritable();
    return room > 0
        ? stream.config().getWriteBufferHighWaterMark() + 1L - room
        : stream.bytesBeforeWritable() + stream.config().getWriteBufferLowWaterMark() - 1L;
  }
}
