package dev.ifmatch.transport;

import dev.ifmatch.exchange.ExchangeListener;
import dev.ifmatch.exchange.RecentBodies;
import dev.ifmatch.lock.LocalLock;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** A running proxy. Thread-safe. */
public final class ProxyServer implements AutoCloseable {
  private static final int BACKLOG = 1024;

  private final ProxySettings settings;
  private final EventLoopGroup loops;
  private final Map<EventExecutor, Proxy> proxies = new HashMap<>();
  private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final LocalLock lock;
  private Channel server;
  private volatile boolean draining;

  private ProxyServer(ProxySettings settings, EventLoops kind, ExchangeListener listener)
      throws IOException {
    this.settings = settings;
    this.loops = kind.newGroup();
    this.lock = new LocalLock(loops, settings.limits().lockQueue());
    Optional<SslContext> tls = settings.origin().tls() ? Optional.of(tls()) : Optional.empty();
    RecentBodies bases = new BoundedBodies(settings.limits().conflictCacheBytes());
    SilentEnds silentEnds = new SilentEnds();
    for (EventExecutor loop : loops) {
      OriginPool pool =
          new OriginPool(
              (EventLoop) loop,
              kind.channel(),
              settings.origin(),
              settings.limits(),
              silentEnds,
              tls);
      proxies.put(loop, new Proxy(settings, lock, listener, bases, pool, () -> draining));
    }
  }

  /**
   * Starts a proxy, which accepts connections when this returns.
   *
   * @param listener who is told what exchanges come to; called on event loops
   * @throws IOException if the address cannot be listened on
   */
  public static ProxyServer start(ProxySettings settings, ExchangeListener listener)
      throws IOException {
    EventLoops kind = EventLoops.best();
    ProxyServer proxy = new ProxyServer(settings, kind, listener);
    try {
      proxy.bind(kind);
      return proxy;
    } catch (IOException e) {
      proxy.close();
      throw e;
    }
  }

  private void bind(EventLoops kind) throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(kind.serverChannel())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOCATOR, EventLoops.ALLOCATOR)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    initialize(channel);
                  }
                });
    var binding = bootstrap.bind(settings.listen()).awaitUninterruptibly();
    if (!binding.isSuccess()) {
      throw new IOException(binding.cause().getMessage(), binding.cause());
    }
    server = binding.channel();
  }

  private void initialize(SocketChannel channel) {
    clients.add(channel);
    new ClientPipeline(proxies.get(channel.eventLoop())).initialize(channel);
    if (draining) {
      drain(channel); // it was accepted just before
    }
  }

  /** Where it listens; tells the port that was chosen where port 0 was asked for. */
  public InetSocketAddress address() {
    return (InetSocketAddress) server.localAddress();
  }

  /** How many resources are locked now. */
  public int heldLocks() {
    return lock.heldKeys();
  }

  /** What moves the bytes: {@code epoll}, or {@code nio} where that does not load. */
  public static String transportName() {
    return EventLoops.best().toString();
  }

  /** The version of the Netty that is inside. */
  public static String nettyVersion() {
    io.netty.util.Version version = io.netty.util.Version.identify().get("netty-transport");
    return version == null ? "unknown" : version.artifactVersion();
  }

  /**
   * Accepts no more connections, lets the requests in flight come to their end for as long as
   * {@link Limits#drain} says, then ends what is left.
   *
   * @return how many connections were cut off with a request in flight
   */
  public int drain() {
    draining = true;
    server.close().awaitUninterruptibly();
    for (Channel client : clients) {
      client.eventLoop().execute(() -> drain(client));
    }
    clients.newCloseFuture().awaitUninterruptibly(settings.limits().drain().toMillis());
    int left = clients.size();
    close();
    return left;
  }

  private static void drain(Channel client) {
    ClientConnection connection = client.pipeline().get(ClientConnection.class);
    if (connection == null) {
      client.close(); // it has only just come, or has gone already
    } else {
      connection.drain();
    }
  }

  /** Ends everything at once. */
  @Override
  public void close() {
    if (server != null) {
      server.close().awaitUninterruptibly();
    }
    clients.close().awaitUninterruptibly();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private static SslContext tls() throws SSLException {
    return SslContextBuilder.forClient().build();
  }
}
