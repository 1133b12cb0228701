package dev.ifmatch.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.ifmatch.policy.Problem;
import dev.ifmatch.policy.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Decodes requests, but shows no head to Netty's lenient parser before {@link HeadScanner} has seen
 * all of it. What cannot be let in comes out as a {@link Problem}, and nothing after it.
 *
 * <p>Behind a request that offers to switch protocols it holds, for what follows may be no HTTP:
 * until it is told to {@link #resume}, or is removed and so hands on what it has.
 */
final class RequestDecoder extends HttpRequestDecoder {
  private static final int MAX_PIECE_BYTES = 256 << 10;

  /** As much of an HTTP/2 connection's first octets as no head of HTTP/1.1 begins with. */
  private static final ByteBuf HTTP_2 =
      Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("PRI * HTTP/2", US_ASCII)).asReadOnly();

  /** In a head without white space before colons. */
  private static final Pattern SEVERAL_LENGTHS =
      Pattern.compile(
          "\ncontent-length:.*\ncontent-length:", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final Limits limits;
  private final Optional<Successor> http2;
  private final HeadScanner scanner = new HeadScanner();
  private boolean atHead = true;
  private boolean first = true;
  private boolean refused;
  private int scanned;
  private Optional<ChannelHandlerContext> holding = Optional.empty();

  /** Who takes a connection over that does not speak HTTP/1.1. */
  interface Successor {

    /** Puts others in the place of this decoder and of those behind it. */
    void takeOver(ChannelPipeline pipeline);
  }

  /**
   * The decoder of one connection.
   *
   * @param http2 takes it over where it begins with the preface of HTTP/2; empty where that is
   *     refused
   */
  RequestDecoder(Limits limits, Optional<Successor> http2) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(limits.maxHeadBytes())
            .setMaxHeaderSize(limits.maxHeadBytes())
            .setMaxChunkSize(MAX_PIECE_BYTES));
    this.limits = limits;
    this.http2 = http2;
  }

  /** Whether a part of a request head has come, but not all of it. */
  boolean isWithinHead() {
    return atHead && scanner.isWithinHead();
  }

  /** Whether it waits to be told what follows. */
  boolean isHolding() {
    return holding.isPresent();
  }

  /** Whether it holds as much as it may. */
  boolean isFull() {
    return holding.isPresent() && actualReadableBytes() > limits.maxHeadBytes();
  }

  /** What follows is a request. */
  void resume() {
    Optional<ChannelHandlerContext> held = holding;
    holding = Optional.empty();
    if (held.isPresent()
        && actualReadableBytes() > 0) { // perhaps from within decoding: go on later
      held.get().executor().execute(() -> goOn(held.get()));
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    if (isFull()) {
      ctx.fireChannelReadComplete(); // else more is read, since nothing was decoded
    } else {
      super.channelReadComplete(ctx);
    }
  }

  private void goOn(ChannelHandlerContext ctx) {
    try {
      if (!ctx.isRemoved()) {
        channelRead(ctx, Unpooled.EMPTY_BUFFER);
        channelReadComplete(ctx);
      }
    } catch (Exception e) { // as the pipeline does where a handler throws
      ctx.fireExceptionCaught(e);
    }
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (refused) {
      in.skipBytes(in.readableBytes());
      return;
    }
    if (holding.isPresent()) {
      if (isFull()) {
        ctx.channel().config().setAutoRead(false);
      }
      return;
    }
    if (atHead && !scan(ctx, in, out)) {
      return;
    }
    super.decode(ctx, in, out);
    if (!out.isEmpty() && out.get(out.size() - 1) instanceof HttpObject last) {
      refused = last.decoderResult().isFailure(); // where the next message starts is not known
      atHead = last instanceof LastHttpContent;
      if (atHead && out.get(0) instanceof HttpRequest whole && offersUpgrade(whole)) {
        holding = Optional.of(ctx);
      }
    }
  }

  private static boolean offersUpgrade(HttpRequest bodiless) {
    return bodiless.headers().contains(HttpHeaderNames.UPGRADE);
  }

  /** Else Netty reads eight octets of content where it takes a GET for an early WebSocket's. */
  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage head) {
    return !head.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
        && !head.headers().contains(HttpHeaderNames.TRANSFER_ENCODING);
  }

  /**
   * Looks at the octets that came since the last time; answers whether the head is complete. What
   * is wrong first counts, in however many pieces the octets come.
   */
  private boolean scan(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    int start = in.readerIndex();
    int end = Math.min(in.readableBytes(), limits.maxHeadBytes() + 1);
    int stop = in.forEachByte(start + scanned, end - scanned, scanner);
    scanned = stop < 0 ? end : stop + 1 - start;
    if (scanner.targetBytes() > limits.maxTargetBytes()) {
      String why = "it is longer than %d bytes".formatted(limits.maxTargetBytes());
      refuse(Refusal.TARGET_TOO_LONG, why, in, out);
      return false;
    }
    if (scanned > limits.maxHeadBytes()) {
      String why = "it is larger than %d bytes".formatted(limits.maxHeadBytes());
      refuse(Refusal.HEAD_TOO_LARGE, why, in, out);
      return false;
    }
    if (!scanner.complaint().isEmpty() && beginsHttp2(in)) {
      http2.get().takeOver(ctx.pipeline());
      return false;
    }
    if (!scanner.complaint().isEmpty()) {
      refuse(Refusal.MALFORMED_REQUEST, scanner.complaint(), in, out);
      return false;
    }
    if (!scanner.isComplete()) {
      return false;
    }
    if (scanner.isOld() && hasSeveralLengths(in.toString(start, scanned, ISO_8859_1))) {
      refuse(Refusal.MALFORMED_REQUEST, "more than one Content-Length", in, out);
      return false;
    }
    atHead = false;
    first = false;
    scanned = 0;
    scanner.reset();
    return true;
  }

  /** In HTTP/1.0, Netty takes the first and drops the others, whatever they say (RFC 9112 §6.3). */
  private static boolean hasSeveralLengths(String head) {
    return SEVERAL_LENGTHS.matcher(head).find();
  }

  /** Looks at what is wrong in HTTP/1.1: costs nobody else anything. */
  private boolean beginsHttp2(ByteBuf in) {
    int length = HTTP_2.readableBytes();
    return first
        && http2.isPresent()
        && in.readableBytes() >= length
        && ByteBufUtil.equals(in, in.readerIndex(), HTTP_2, 0, length);
  }

  private void refuse(Refusal refusal, String why, ByteBuf in, List<Object> out) {
    refused = true;
    in.skipBytes(in.readableBytes());
    out.add(Problem.ofUnreadable(refusal, why));
  }
}
