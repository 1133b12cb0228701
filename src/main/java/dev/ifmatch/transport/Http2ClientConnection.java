package dev.ifmatch.transport;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2PingFrame;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2LocalFlowController;
import io.netty.handler.codec.http2.Http2PingFrame;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP/2 connection of a client: knows its streams, looks from time to time which of them the
 * client keeps waiting, and ends it. Confined to its event loop.
 */
final class Http2ClientConnection extends ChannelInboundHandlerAdapter implements ClientConnection {
  private static final Logger LOG = LoggerFactory.getLogger(Http2ClientConnection.class);
  private static final long WINDOW_NANOS = Duration.ofSeconds(Http2Limits.WINDOW_SECONDS).toNanos();

  /** How often the streams are looked at within the time that a client has. */
  private static final int LOOKS = 4;

  /** How soon the client has heard that the connection ends. */
  private static final Duration HEARS_WITHIN = Duration.ofSeconds(1);

  private static final int ALL_STREAMS = Integer.MAX_VALUE;

  private final Proxy proxy;

  /** Those of the time when it connected. */
  private final ProxySettings settings;

  private final Http2Connection protocol;
  private final Set<Http2ClientStream> streams = new LinkedHashSet<>();
  private ChannelHandlerContext ctx;
  private String address = "";
  private Deadline nextLook;
  private long idleSince = System.nanoTime();
  private long windowStart = System.nanoTime();
  private int controlFrames;
  private boolean announced;
  private boolean leaving;
  private boolean ended;

  Http2ClientConnection(Proxy proxy, Http2Connection protocol) {
    this.proxy = proxy;
    this.settings = proxy.settings();
    this.protocol = protocol;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) throws Http2Exception {
    ctx = context;
    if (ctx.channel().remoteAddress() instanceof InetSocketAddress remote) {
      address = remote.getAddress().getHostAddress();
    }
    widenWindow();
    nextLook =
        new Deadline(ctx.channel().eventLoop(), clientTimeout().dividedBy(LOOKS), this::look);
    nextLook.touch();
    if (proxy.draining().getAsBoolean()) {
      drain();
    }
  }

  /** The settings only speak of the streams' windows (RFC 9113 §6.9.2). */
  private void widenWindow() throws Http2Exception {
    Http2Stream all = protocol.connectionStream();
    Http2LocalFlowController flow = protocol.local().flowController();
    int more = settings.http2().connectionWindowBytes() - flow.windowSize(all);
    if (more > 0) {
      flow.incrementWindowSize(all, more);
      ctx.flush();
    }
  }

  /** The settings of the time when it connected. */
  ProxySettings settings() {
    return settings;
  }

  /** The client's address, as text. */
  String address() {
    return address;
  }

  void onOpened(Http2ClientStream stream) {
    streams.add(stream);
  }

  void onClosed(Http2ClientStream stream) {
    streams.remove(stream);
    idleSince = System.nanoTime();
    endIfDone();
  }

  // ---- what belongs to no request

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    onControlFrame();
    if (announced && message instanceof Http2PingFrame ping && ping.ack()) {
      takeNoMore();
    }
    ReferenceCountUtil.release(message);
  }

  /** Ends the connection where too many come: each costs work, and most an answer. */
  void onControlFrame() {
    long now = System.nanoTime();
    if (now - windowStart > WINDOW_NANOS) {
      windowStart = now;
      controlFrames = 0;
    }
    controlFrames++;
    int most = settings.http2().maxControlFrames();
    if (controlFrames > most && !ended) {
      ended = true;
      String why =
          "more than %d control frames in %d s".formatted(most, Http2Limits.WINDOW_SECONDS);
      LOG.debug("client {}: {}", address, why);
      goAway(Http2Error.ENHANCE_YOUR_CALM, why).addListener(ChannelFutureListener.CLOSE);
    }
  }

  // ---- the end

  /**
   * Says that the connection ends, and takes what the client has sent before it hears of that: only
   * then it is told which request is the last (RFC 9113 §6.8).
   */
  @Override
  public void drain() {
    if (!announced && !ended) {
      announced = true;
      ctx.write(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR).setExtraStreamIds(ALL_STREAMS));
      ctx.writeAndFlush(new DefaultHttp2PingFrame(0));
      ctx.executor().schedule(this::takeNoMore, HEARS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void takeNoMore() {
    if (!leaving && ctx.channel().isActive()) {
      goAway(Http2Error.NO_ERROR, "");
    }
    endIfDone();
  }

  private ChannelFuture goAway(Http2Error error, String why) {
    leaving = true;
    return ctx.writeAndFlush(
        new DefaultHttp2GoAwayFrame(error, ByteBufUtil.writeAscii(ctx.alloc(), why)));
  }

  private void endIfDone() {
    if (leaving && !ended && streams.isEmpty()) {
      ended = true;
      nextLook.stop();
      LingeringClose.start(ctx);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    ended = true;
    nextLook.stop();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof Http2Exception || cause instanceof IOException) {
      LOG.debug("client {}: {}", address, cause.getMessage()); // the codec ends the connection
    } else {
      LOG.error("client {}: connection closed after an unexpected error", address, cause);
      ctx.close();
    }
  }

  // ---- time

  private void look() {
    long now = System.nanoTime();
    Duration patience = clientTimeout();
    for (Http2ClientStream stream : List.copyOf(streams)) {
      stream.look(now, patience);
    }
    if (streams.isEmpty() && now - idleSince >= patience.toNanos()) {
      drain();
    }
    nextLook.touch();
  }

  private Duration clientTimeout() {
    return settings.limits().clientTimeout();
  }
}
