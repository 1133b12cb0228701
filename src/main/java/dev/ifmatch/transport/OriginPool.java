package dev.ifmatch.transport;

import dev.ifmatch.transport.tls.OriginTls;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The connections of one event loop to the origin. Confined to that loop. */
final class OriginPool {
  private static final int MAX_PIECE_BYTES = 256 << 10;

  /** How recently a connection must have answered to be trusted with an unsafe request. */
  private static final Duration PROVEN_ALIVE = Duration.ofSeconds(1);

  private final EventLoop loop;
  private final Origin origin;

  /** Asked for each connection anew: which of them an exchange gets is none of its settings. */
  private final LiveSettings live;

  private final SilentEnds silentEnds;
  private final Optional<OriginTls> tls;
  private final Bootstrap bootstrap;
  private final Deque<OriginConnection> idle = new ArrayDeque<>();

  OriginPool(
      EventLoop loop,
      Class<? extends Channel> channelType,
      Origin origin,
      LiveSettings live,
      SilentEnds silentEnds,
      Optional<OriginTls> tls) {
    this.loop = loop;
    this.origin = origin;
    this.live = live;
    this.silentEnds = silentEnds;
    this.tls = tls;
    this.bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(channelType)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.AUTO_CLOSE, false) // an answer may be there that forbade to send
            .option(ChannelOption.ALLOCATOR, EventLoops.ALLOCATOR)
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    initialize(channel);
                  }
                });
  }

  /** Who takes a connection; called on the event loop, perhaps before {@link #acquire} returns. */
  interface Taker {
    void onConnected(OriginConnection connection);

    void onUnreachable(String why);
  }

  /**
   * Gives a kept connection, or else a new one. The one that was used last is given first, which is
   * the one most surely alive.
   */
  void acquire(Taker taker) {
    acquire(limits().originIdle(), taker);
  }

  /**
   * Gives a connection that can be trusted with what must not be sent twice: one that has just
   * answered, or else a new one. It waits a turn of the event loop, in which an end is seen that
   * came together with that answer.
   */
  void acquireProven(Taker taker) {
    loop.execute(
        () -> {
          if (silentEnds.isRecent()) {
            connect(taker);
          } else {
            acquire(PROVEN_ALIVE, taker);
          }
        });
  }

  private void acquire(Duration maxIdle, Taker taker) {
    OriginConnection last = idle.peekLast();
    if (last != null && last.idleNanos() <= maxIdle.toNanos()) {
      idle.removeLast();
      taker.onConnected(last);
    } else {
      connect(taker);
    }
  }

  /** Keeps a connection for the next taker. */
  void keep(OriginConnection connection) {
    idle.addLast(connection);
  }

  /** Forgets a connection that is ended here. */
  void forget(OriginConnection connection) {
    idle.remove(connection);
  }

  /** The origin has ended a connection that was kept. */
  void onEnded(OriginConnection connection) {
    if (idle.remove(connection) && connection.idleNanos() < PROVEN_ALIVE.toNanos()) {
      onSilentEnd();
    }
  }

  /** A connection ended right behind an answer that did not say so. */
  void onSilentEnd() {
    silentEnds.onSeen();
  }

  /**
   * Makes a new connection, to any address of the name: "localhost" is often two, and a backend
   * listens on one.
   */
  void connect(Taker taker) {
    int patienceMillis = Math.toIntExact(limits().connectTimeout().toMillis());
    bootstrap.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, patienceMillis);
    try {
      connect(List.of(InetAddress.getAllByName(origin.host())).iterator(), taker);
    } catch (UnknownHostException e) {
      taker.onUnreachable("the host name %s is unknown".formatted(origin.host()));
    }
  }

  private void connect(Iterator<InetAddress> addresses, Taker taker) {
    bootstrap
        .connect(addresses.next(), origin.port())
        .addListener(
            (ChannelFuture future) -> {
              if (future.isSuccess()) {
                secured(future.channel(), taker);
              } else if (addresses.hasNext()) {
                connect(addresses, taker);
              } else {
                taker.onUnreachable(Unreachable.words(origin, future.cause()));
              }
            });
  }

  private void secured(Channel channel, Taker taker) {
    OriginConnection connection = channel.pipeline().get(OriginConnection.class);
    if (tls.isEmpty()) {
      taker.onConnected(connection);
      return;
    }
    channel
        .pipeline()
        .get(SslHandler.class)
        .handshakeFuture()
        .addListener(
            handshake -> {
              if (handshake.isSuccess()) {
                taker.onConnected(connection);
              } else {
                channel.close();
                taker.onUnreachable(Unreachable.words(origin, handshake.cause()));
              }
            });
  }

  private void initialize(SocketChannel channel) {
    Limits limits = limits();
    if (tls.isPresent()) { // a lambda would load Netty's TLS here, whether it is used or not
      channel
          .pipeline()
          .addLast(
              tls.get()
                  .newHandler(
                      channel.alloc(), origin.host(), origin.port(), limits.connectTimeout()));
    }
    HttpDecoderConfig config =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(limits.maxHeadBytes())
            .setMaxHeaderSize(limits.maxHeadBytes())
            .setMaxChunkSize(MAX_PIECE_BYTES)
            .setStrictLineParsing(false); // RFC 9112 §2.2 lets a recipient take a bare LF
    AnswerDecoder decoder = new AnswerDecoder(config);
    channel
        .pipeline()
        .addLast(decoder)
        .addLast(new WholeMessage.RequestEncoder())
        .addLast(new OriginConnection(channel, loop, this, decoder, limits));
  }

  private Limits limits() {
    return live.current().limits();
  }
}
