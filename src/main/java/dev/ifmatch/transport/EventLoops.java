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
import io.netty.util.ResourceLeakDetector;
import io.netty.util.internal.SystemPropertyUtil;
import java.util.Locale;
import java.util.function.Supplier;

/** The kind of event loop this machine has: epoll where its native library loads, NIO elsewhere. */
enum EventLoops {
  EPOLL(EpollServerSocketChannel.class, EpollSocketChannel.class, EpollIoHandler::newFactory),
  NIO(NioServerSocketChannel.class, NioSocketChannel.class, NioIoHandler::newFactory);

  /** Set in code: Netty 4.2's adaptive default costs more for the sizes that pass here. */
  static final ByteBufAllocator ALLOCATOR = PooledByteBufAllocator.DEFAULT;

  private final Class<? extends ServerChannel> serverChannel;
  private final Class<? extends Channel> channel;

  @SuppressWarnings("ImmutableEnumChecker") // a method reference
  private final Supplier<IoHandlerFactory> handlers;

  static {
    // Watching each hundredth buffer for leaks costs 5 % of a request: that is for the tests.
    if (SystemPropertyUtil.get("io.netty.leakDetection.level") == null) {
      ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }
  }

  EventLoops(
      Class<? extends ServerChannel> serverChannel,
      Class<? extends Channel> channel,
      Supplier<IoHandlerFactory> handlers) {
    this.serverChannel = serverChannel;
    this.channel = channel;
    this.handlers = handlers;
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
