package dev.ifmatch.transport;

import dev.ifmatch.transport.tls.OriginTls;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes the connections of one event loop to the origins. Confined to that loop. */
final class OriginConnector {
  private final Optional<OriginTls> tls;
  private final ChannelGroup connections;
  private final Bootstrap bootstrap;

  /**
   * A maker of connections.
   *
   * @param connections what is made is added to it
   */
  OriginConnector(
      EventLoop loop,
      Class<? extends Channel> channelType,
      Optional<OriginTls> tls,
      ChannelGroup connections) {
    this.tls = tls;
    this.connections = connections;
    this.bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(channelType)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.AUTO_CLOSE, false) // an answer may be there that forbade to send
            .option(ChannelOption.ALLOCATOR, EventLoops.ALLOCATOR);
  }

  /** Who asked for a connection; told on the event loop. */
  interface Result {
    /** It is made, and secured where it has to be. */
    void onOpen(Channel channel);

    /** There will be none. */
    void onFailed(Throwable cause);
  }

  /**
   * Makes a connection.
   *
   * @param timeout how long connecting may take, and then TLS
   * @param handlers adds to the channel what it is used with, behind TLS
   */
  void open(Endpoint endpoint, Duration timeout, Consumer<SocketChannel> handlers, Result result) {
    bootstrap
        .clone()
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(timeout.toMillis()))
        .handler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                if (tls.isPresent()) { // a lambda would load Netty's TLS, used or not
                  Origin origin = endpoint.origin();
                  channel
                      .pipeline()
                      .addLast(
                          tls.get()
                              .newHandler(channel.alloc(), origin.host(), origin.port(), timeout));
                }
                handlers.accept(channel);
                connections.add(channel);
              }
            })
        .connect(endpoint.address())
        .addListener(
            (ChannelFuture future) -> {
              if (!future.isSuccess()) {
                result.onFailed(future.cause());
              } else if (tls.isPresent()) {
                secure(future.channel(), result);
              } else {
                result.onOpen(future.channel());
              }
            });
  }

  private static void secure(Channel channel, Result result) {
    channel
        .pipeline()
        .get(SslHandler.class)
        .handshakeFuture()
        .addListener(
            handshake -> {
              if (handshake.isSuccess()) {
                result.onOpen(channel);
              } else {
                channel.close();
                result.onFailed(handshake.cause());
              }
            });
  }
}
