package dev.ifmatch.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;

/**
 * Decodes the origin's answers, one request at a time: whether content follows a head depends on
 * what was asked (RFC 9112 §6.3).
 */
final class AnswerDecoder extends HttpResponseDecoder {
  private boolean toHead;
  private boolean heard;

  AnswerDecoder(HttpDecoderConfig config) {
    super(config);
  }

  /** What comes next answers a request with this method. */
  void expect(HttpMethod method) {
    toHead = method.equals(HttpMethod.HEAD);
    heard = false;
  }

  /** Whether a byte came since then. */
  boolean hasHeard() {
    return heard;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object bytes) throws Exception {
    heard = true;
    super.channelRead(ctx, bytes);
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
