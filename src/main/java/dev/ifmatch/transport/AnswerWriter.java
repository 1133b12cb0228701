package dev.ifmatch.transport;

import dev.ifmatch.http.FieldName;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Writes the answer to one request, framed anew (RFC 9112 §6), and knows whether the connection can
 * go on after it. Confined to the client's event loop.
 */
final class AnswerWriter {
  /** A length that is not known when the head is written. */
  static final long UNKNOWN_LENGTH = -1;

  private final ChannelHandlerContext ctx;
  private final boolean oldClient;
  private final boolean headOnly;
  private boolean keepAlive;
  private boolean begun;
  private boolean bodiless;
  private boolean chunked;

  AnswerWriter(ChannelHandlerContext ctx, HttpRequest request) {
    this.ctx = ctx;
    this.oldClient = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    this.headOnly = request.method().equals(HttpMethod.HEAD);
    this.keepAlive = HttpUtil.isKeepAlive(request);
  }

  /** Whether another request can follow on the connection. */
  boolean keepsAlive() {
    return keepAlive;
  }

  /** Makes this the connection's last answer; says so in the head, if that is still to come. */
  void closeAfterwards() {
    keepAlive = false;
  }

  /** Writes {@code 100 Continue}, or another interim answer, to clients that know of them. */
  void informational(HttpResponseStatus status, HttpHeaders headers) {
    if (!oldClient && !begun) {
      DefaultFullHttpResponse interim = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status);
      interim.headers().add(headers);
      ctx.writeAndFlush(interim);
    }
  }

  /** Writes a 101, behind which no HTTP follows. */
  void switchProtocols(HttpHeaders headers) {
    begun = true;
    Headers.keepUpgrade(headers);
    DefaultFullHttpResponse answer =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.SWITCHING_PROTOCOLS,
            Unpooled.EMPTY_BUFFER,
            headers,
            EmptyHttpHeaders.INSTANCE);
    ctx.writeAndFlush(answer);
  }

  /**
   * Writes the head.
   *
   * @param length how many bytes of content follow, or {@link #UNKNOWN_LENGTH}
   */
  void begin(HttpResponseStatus status, HttpHeaders headers, long length) {
    prepare(status, headers, length);
    write(new DefaultHttpResponse(HttpVersion.HTTP_1_1, status, headers));
  }

  /** Writes an answer whose content is here in one piece, and takes that over. */
  void whole(HttpResponseStatus status, HttpHeaders headers, ByteBuf content) {
    prepare(status, headers, content.readableBytes());
    ByteBuf sent = content;
    if (bodiless) {
      content.release();
      sent = Unpooled.EMPTY_BUFFER;
    }
    HttpHeaders trailers = EmptyHttpHeaders.INSTANCE;
    write(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, sent, headers, trailers));
  }

  private void prepare(HttpResponseStatus status, HttpHeaders headers, long length) {
    begun = true;
    int code = status.code();
    bodiless = headOnly || code == 204 || code == 205 || code == 304;
    if (code == 204) {
      headers.remove(HttpHeaderNames.CONTENT_LENGTH);
    } else if (code == 205) {
      Headers.frame(headers, 0); // RFC 9110 §15.3.6
    } else if (!bodiless) {
      frame(headers, length);
    }
    if (!keepAlive) {
      headers.set(FieldName.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (oldClient) {
      headers.set(FieldName.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
  }

  private void frame(HttpHeaders headers, long length) {
    if (length == UNKNOWN_LENGTH && oldClient) {
      headers.remove(HttpHeaderNames.CONTENT_LENGTH);
      keepAlive = false; // to HTTP/1.0, only the connection's end can tell the content's
    } else {
      chunked = length == UNKNOWN_LENGTH;
      Headers.frame(headers, length);
    }
  }

  /** Writes the next piece of the content and takes it over. */
  void write(ByteBuf piece) {
    if (bodiless) {
      piece.release();
    } else {
      write(new DefaultHttpContent(piece));
    }
  }

  /** A write that fails is the connection's end, which is told by itself: it needs no promise. */
  private void write(HttpObject message) {
    ctx.write(message, ctx.voidPromise());
  }

  /** Writes the end. Trailer fields go out where the framing has a place for them. */
  void finish(HttpHeaders trailers) {
    if (trailers.isEmpty() || !chunked) {
      write(LastHttpContent.EMPTY_LAST_CONTENT);
      return;
    }
    LastHttpContent last = new DefaultLastHttpContent();
    last.trailingHeaders().add(trailers);
    write(last);
  }

  void flush() {
    ctx.flush();
  }
}
