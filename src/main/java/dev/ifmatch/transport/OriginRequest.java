package dev.ifmatch.transport;

import dev.ifmatch.http.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Writes the request of one call onto the connection that the call has, its head together with what
 * follows it first. Confined to the connection's event loop.
 */
final class OriginRequest {
  private final RequestHead head;

  /** Null while the call has none. */
  private OriginConnection connection;

  private boolean sent;
  private boolean headWritten;
  private boolean bodyWritten;

  OriginRequest(RequestHead head) {
    this.head = head;
  }

  /** The call has a connection, on which nothing is written yet. */
  void begin(OriginConnection begun) {
    connection = begun;
    headWritten = false;
  }

  /** The call has its connection no more. */
  void end() {
    connection = null;
  }

  /** Whether a byte of it may have left, on this connection or one before. */
  boolean isSent() {
    return sent;
  }

  /** Whether it is written to its end. */
  boolean isWhole() {
    return bodyWritten;
  }

  /** Whether it offers to switch protocols: else no 101 can answer it. */
  boolean offersUpgrade() {
    return headers().contains(HttpHeaderNames.UPGRADE);
  }

  HttpMethod method() {
    return HttpMethod.valueOf(head.method().name());
  }

  /** Names the origin that is asked, in place of whom the client asked. */
  void tellHost(String authority) {
    headers().set(HttpHeaderNames.HOST, authority);
  }

  /** Whether a piece of the body can be written now. */
  boolean isWritable() {
    return connection != null && connection.channel().isWritable();
  }

  /** Writes the next piece of the body and takes it over. */
  void write(ByteBuf piece) {
    writeHead();
    connection.onBody();
    connection.channel().write(new DefaultHttpContent(piece));
  }

  /** Sends what was written. */
  void flush() {
    if (connection != null) {
      writeHead();
      connection.channel().flush();
    }
  }

  /** Writes the end of the body, with the trailer fields that came behind it. */
  void finish(LastHttpContent last) {
    bodyWritten = true;
    sent = true;
    connection.channel().writeAndFlush(headWritten ? last : whole(last));
    headWritten = true;
    connection.onRequestWritten();
  }

  private void writeHead() {
    if (!headWritten) {
      headWritten = true;
      sent = true;
      connection
          .channel()
          .write(new DefaultHttpRequest(HttpVersion.HTTP_1_1, method(), head.target(), headers()));
    }
  }

  /** The request as one message, which costs less than its parts. */
  private HttpRequest whole(LastHttpContent last) {
    return new DefaultFullHttpRequest(
        HttpVersion.HTTP_1_1,
        method(),
        head.target(),
        last.content(),
        headers(),
        last.trailingHeaders());
  }

  private HttpHeaders headers() {
    return ((NettyFields) head.fields()).headers();
  }
}
