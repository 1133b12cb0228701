package dev.ifmatch.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.util.List;

/**
 * Decodes the origin's answers, one request at a time: whether content follows a head depends on
 * what was asked (RFC 9112 §6.3). What comes unasked is not looked at, however little it is: the
 * beginning of an answer that nobody asked for would make the next one another.
 */
final class AnswerDecoder extends HttpResponseDecoder {
  private boolean toHead;
  private boolean asked;
  private boolean heard;
  private boolean surplus;

  AnswerDecoder(HttpDecoderConfig config) {
    super(config);
  }

  /** What comes next answers a request with this method. */
  void expect(HttpMethod method) {
    toHead = method.equals(HttpMethod.HEAD);
    asked = true;
    heard = false;
    surplus = false;
  }

  /** Whether a byte came since then. */
  boolean hasHeard() {
    return heard;
  }

  /** The answer is whole: what comes now was not asked for. */
  void rest() {
    asked = false;
  }

  /** Whether more came than was asked for. */
  boolean hasSurplus() {
    return surplus;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (asked) {
      heard = true;
      super.decode(ctx, in, out);
    } else {
      surplus = true;
      in.skipBytes(in.readableBytes());
    }
  }

  /** Else Netty reads sixteen octets of content where it takes one for an early WebSocket's. */
  private static boolean isSwitch(HttpMessage head) {
    return head instanceof HttpResponse answer && answer.status().code() == 101;
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage head) {
    return toHead || isSwitch(head) || super.isContentAlwaysEmpty(head);
  }
}
