package dev.ifmatch.transport;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.Locale;
import java.util.function.Supplier;

/** The kind of event loop this machine has: epoll where its native library loads, NIO elsewhere. */
enum EventLoops {
  EPOLL(EpollServerSocketChannel.class, EpollSocketChannel.class, EventLoops::epoll),
  NIO(NioServerSocketChannel.class, NioSocketChannel.class, NioIoHandler::newFactory);

  static final ByteBufAllocator ALLOCATOR;

  private final Class<? extends ServerChannel> serverChannel;
  private final Class<? extends Channel> channel;

  @SuppressWarnings("ImmutableEnumChecker") // a method reference
  private final Supplier<IoHandlerFactory> handlers;

  static {
    // Netty 4.2's adaptive default costs more for the sizes that pass here.
    setUnlessGiven("io.netty.allocator.type", "pooled");
    // Each loop takes memory from the system by 2 MiB, not by 4: an idle one needs no more.
    setUnlessGiven("io.netty.allocator.maxOrder", "8");
    // To tell the flight recorder of its first buffer takes longer than all else of a request.
    setUnlessGiven("io.netty.jfr.enabled", "false");
    // Watching each hundredth buffer for leaks costs 5 % of a request: that is for the tests.
    setUnlessGiven("io.netty.leakDetection.level", "disabled");
    ALLOCATOR = PooledByteBufAllocator.DEFAULT;
  }

  EventLoops(
      Class<? extends ServerChannel> serverChannel,
      Class<? extends Channel> channel,
      Supplier<IoHandlerFactory> handlers) {
    this.serverChannel = serverChannel;
    this.channel = channel;
    this.handlers = handlers;
  }

  /** Netty reads these when its classes are loaded, which the first use of one of them does. */
  private static void setUnlessGiven(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static IoHandlerFactory epoll() {
    return new SteadyEpoll(EpollIoHandler.newFactory());
  }

  static EventLoops best() {
    return Epoll.isAvailable() ? EPOLL : NIO;
  }

  /** As many loops as there are processors. */
  EventLoopGroup newGroup() {
    return new MultiThreadIoEventLoopGroup(
        Runtime.getRuntime().availableProcessors(), handlers.get());
  }

  Class<? extends ServerChannel> serverChannel() {
    return serverChannel;
  }

  Class<? extends Channel> channel() {
    return channel;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
