package dev.ifmatch.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpMessage;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.Map;

/**
 * Writes a small message as one buffer, head and content (RFC 9112 §2.1): copying a few bytes costs
 * less than a second buffer on every way down to the kernel. Netty's encoders write all others.
 */
final class WholeMessage {
  /** The largest content that is copied behind its head. */
  private static final int SMALL_BYTES = 4 << 10;

  private static final int USUAL_HEAD_BYTES = 512;
  private static final AsciiString VERSION = AsciiString.cached("HTTP/1.1");
  private static final int COLON_SPACE = ':' << 8 | ' ';
  private static final int CRLF = '\r' << 8 | '\n';

  private WholeMessage() {}

  /** Towards the origin. */
  static final class RequestEncoder extends HttpRequestEncoder {
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise)
        throws Exception {
      if (message instanceof FullHttpRequest request && isSmall(request)) {
        ctx.write(encode(ctx, request), promise);
      } else {
        super.write(ctx, message, promise);
      }
    }

    private static ByteBuf encode(ChannelHandlerContext ctx, FullHttpRequest request) {
      ByteBuf out = newBuffer(ctx, request);
      append(out, request.method().asciiName());
      out.writeByte(' ');
      append(out, request.uri());
      out.writeByte(' ');
      append(out, VERSION);
      return finish(out, request);
    }
  }

  /** Towards the client. */
  static final class AnswerEncoder extends HttpResponseEncoder {
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise)
        throws Exception {
      if (message instanceof FullHttpResponse answer && isFinal(answer) && isSmall(answer)) {
        ctx.write(encode(ctx, answer), promise);
      } else {
        super.write(ctx, message, promise);
      }
    }

    /** Interim answers are framed in ways of their own. */
    private static boolean isFinal(FullHttpResponse answer) {
      return answer.status().codeClass() != HttpStatusClass.INFORMATIONAL;
    }

    private static ByteBuf encode(ChannelHandlerContext ctx, FullHttpResponse answer) {
      ByteBuf out = newBuffer(ctx, answer);
      append(out, VERSION);
      out.writeByte(' ');
      append(out, answer.status().codeAsText());
      out.writeByte(' ');
      append(out, answer.status().reasonPhrase());
      return finish(out, answer);
    }
  }

  private static boolean isSmall(FullHttpMessage message) {
    return message.content().readableBytes() <= SMALL_BYTES
        && !message.headers().contains(HttpHeaderNames.TRANSFER_ENCODING);
  }

  private static ByteBuf newBuffer(ChannelHandlerContext ctx, FullHttpMessage message) {
    return ctx.alloc().directBuffer(USUAL_HEAD_BYTES + message.content().readableBytes());
  }

  /** Writes what follows the start line's text, and lets go of the message. */
  private static ByteBuf finish(ByteBuf out, FullHttpMessage message) {
    out.writeShort(CRLF);
    writeFields(out, message.headers());
    out.writeShort(CRLF);
    ByteBuf content = message.content();
    out.writeBytes(content, content.readerIndex(), content.readableBytes());
    message.release();
    return out;
  }

  private static void writeFields(ByteBuf out, HttpHeaders fields) {
    Iterator<Map.Entry<CharSequence, CharSequence>> lines = fields.iteratorCharSequence();
    while (lines.hasNext()) {
      Map.Entry<CharSequence, CharSequence> line = lines.next();
      append(out, line.getKey());
      out.writeShort(COLON_SPACE);
      append(out, line.getValue());
      out.writeShort(CRLF);
    }
  }

  /** Writes Latin-1; any other character becomes a question mark. */
  private static void append(ByteBuf out, CharSequence text) {
    ByteBufUtil.writeAscii(out, text);
  }
}
