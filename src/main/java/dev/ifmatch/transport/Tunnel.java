package dev.ifmatch.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpObjectDecoder;
import io.netty.handler.codec.http.HttpObjectEncoder;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection and one to the origin that have switched protocols (RFC 9110 §7.8): bytes
 * pass both ways and are not looked at. No side is read from faster than the other takes it. The
 * end of one direction is passed on, and the other goes on; anything else that ends one connection
 * cuts the other. Confined to one event loop.
 */
final class Tunnel {
  private static final Logger LOG = LoggerFactory.getLogger(Tunnel.class);

  private final End client;
  private final End origin;
  private final Deadline idle;

  private Tunnel(Channel client, Channel origin, Duration idle) {
    this.client = new End(client, origin);
    this.origin = new End(origin, client);
    this.idle = new Deadline(client.eventLoop(), idle, this::cut);
  }

  /**
   * Makes one of two connections. Their handlers stay, behind the tunnel's own, and are told of
   * nothing any more but the end.
   *
   * @param client the context of the client's handler
   * @param idle how long nothing may pass either way
   */
  static void open(ChannelHandlerContext client, OriginConnection origin, Duration idle) {
    Channel from = client.channel();
    Channel to = origin.channel();
    Tunnel tunnel = new Tunnel(from, to, idle);
    from.pipeline().addBefore(client.name(), null, tunnel.client);
    to.pipeline().addBefore(to.pipeline().context(origin).name(), null, tunnel.origin);
    tunnel.idle.touch();
    from.pipeline().remove(HttpObjectEncoder.class);
    to.pipeline().remove(HttpObjectEncoder.class);
    to.pipeline().remove(HttpObjectDecoder.class); // what it has read on goes to the other side now
    from.pipeline().remove(HttpObjectDecoder.class);
    for (Channel channel : new Channel[] {from, to}) {
      channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
      channel.flush();
    }
    tunnel.client.throttle();
    tunnel.origin.throttle();
  }

  /** Ends both connections so that neither side takes it for the end of what the other has said. */
  private void cut() {
    idle.stop();
    client.cut();
    origin.cut();
  }

  /** One of the two connections: what comes from it goes to the other. */
  private final class End extends ChannelInboundHandlerAdapter {
    private final Channel own;
    private final Channel other;

    /** Whether nothing more comes from here. */
    private boolean ended;

    /** Whether the other side was told that. */
    private boolean passedOn;

    End(Channel own, Channel other) {
      this.own = own;
      this.other = other;
    }

    /** Reads from here only as long as the other side takes it. */
    void throttle() {
      if (own.config().isAutoRead() != other.isWritable()) {
        own.config().setAutoRead(other.isWritable());
      }
    }

    void cut() {
      if (own.isOpen()) {
        ChannelEnd.cut(own);
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (message instanceof ByteBuf bytes) {
        idle.touch();
        other.write(bytes, other.voidPromise());
        throttle();
      } else {
        ReferenceCountUtil.release(message);
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      other.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
      idle.touch();
      peer().throttle();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      boolean end =
          event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent;
      if (end && !ended) {
        ended = true;
        passOnEnd();
      }
    }

    /** What is still to be written to the other side comes before the end. */
    private void passOnEnd() {
      other
          .writeAndFlush(Unpooled.EMPTY_BUFFER)
          .addListener(
              written -> {
                passedOn = true;
                if (peer().passedOn) {
                  idle.stop();
                  own.close();
                  other.close();
                } else if (other.isActive()) {
                  ChannelEnd.finishSending((DuplexChannel) other);
                }
              });
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      if (!passedOn || !peer().passedOn) {
        Tunnel.this.cut();
      }
      ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      LOG.debug("a tunnel was cut: {}", cause.getMessage());
      Tunnel.this.cut();
    }

    private End peer() {
      return this == client ? origin : client;
    }
  }
}
