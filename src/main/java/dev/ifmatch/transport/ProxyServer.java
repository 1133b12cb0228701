package dev.ifmatch.transport;

import dev.ifmatch.exchange.ExchangeListener;
import dev.ifmatch.lock.LocalLock;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A running proxy. Thread-safe. */
public final class ProxyServer implements AutoCloseable {
  private static final int BACKLOG = 1024;
  private static final int LOOK_AGAIN_MILLIS = 5;

  private final LiveSettings live;
  private final ProxyTls tls;
  private final EventLoopGroup loops;
  private final Map<EventExecutor, Proxy> proxies = new HashMap<>();
  private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
  private final LocalLock lock;
  private final BoundedBodies bases;
  private final OriginPools origins;
  private final AtomicInteger undecided = new AtomicInteger();
  private Channel server;
  private volatile boolean draining;

  private ProxyServer(
      ProxySettings settings,
      EventLoops kind,
      ExchangeListener listener,
      Optional<NameService> names)
      throws IOException {
    this.live = new LiveSettings(settings);
    this.tls = ProxyTls.open(settings);
    this.loops = kind.newGroup();
    this.lock = new LocalLock(loops, settings.limits().lockQueue());
    this.bases = new BoundedBodies(settings.limits().conflictCacheBytes());
    this.origins =
        new OriginPools(
            live,
            kind,
            loops,
            names.orElseGet(() -> OriginPools.systemNames(kind, loops)),
            tls.origin());
    for (EventExecutor loop : loops) {
      OriginPool pool = origins.of(loop);
      proxies.put(loop, new Proxy(live, lock, listener, bases, pool, undecided, () -> draining));
    }
  }

  /**
   * Starts a proxy, which accepts connections when this returns.
   *
   * @param listener who is told what exchanges come to; called on event loops
   * @throws IOException if the address cannot be listened on
   * @throws dev.ifmatch.transport.tls.InvalidTls if no TLS can be spoken as it is set
   */
  public static ProxyServer start(ProxySettings settings, ExchangeListener listener)
      throws IOException {
    return start(settings, listener, Optional.empty());
  }

  /** The same, with host names that are looked up in another way than the machine's. */
  static ProxyServer start(
      ProxySettings settings, ExchangeListener listener, Optional<NameService> names)
      throws IOException {
    EventLoops kind = EventLoops.best();
    ProxyServer proxy = new ProxyServer(settings, kind, listener, names);
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
    var binding = bootstrap.bind(live.current().listen()).awaitUninterruptibly();
    if (!binding.isSuccess()) {
      throw new IOException(binding.cause().getMessage(), binding.cause());
    }
    server = binding.channel();
  }

  private void initialize(SocketChannel channel) {
    clients.add(channel);
    new ClientPipeline(proxies.get(channel.eventLoop()), tls.clients()).initialize(channel);
    if (draining) {
      drain(channel); // it was accepted just before
    }
  }

  /** Where it listens; tells the port that was chosen where port 0 was asked for. */
  public InetSocketAddress address() {
    return (InetSocketAddress) server.localAddress();
  }

  /**
   * Has every exchange that begins when this has returned use other settings; those under way go on
   * with theirs. The limits of a connection, {@link Limits#maxTargetBytes}, {@link
   * Limits#maxHeadBytes} and {@link Limits#clientTimeout}, hold for those that are accepted then.
   *
   * @throws IllegalArgumentException if they have other origins, another address to listen on, or
   *     other settings of TLS, for which a new proxy must be started
   */
  public void use(ProxySettings next) {
    ProxySettings former = live.current();
    boolean same =
        next.origins().equals(former.origins())
            && next.listen().equals(former.listen())
            && next.tls().equals(former.tls())
            && next.originTls().equals(former.originTls());
    if (!same) {
      throw new IllegalArgumentException("a running proxy keeps its origins, its address and TLS");
    }
    lock.allowWaiting(next.limits().lockQueue());
    bases.resize(next.limits().conflictCacheBytes());
    origins.resize(next.limits().origin());
    live.replace(next);
  }

  /** How many resources are locked now. */
  public int heldLocks() {
    return lock.heldKeys();
  }

  /** How many connections to origins there are, or are being made. */
  public int originConnections() {
    return origins.open();
  }

  /** How many requests wait for a connection to an origin. */
  public int waitingForOrigin() {
    return origins.waiting();
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
   * What did not come to its end in time.
   *
   * @param connections how many connections were cut off with a request in flight
   * @param writes how many writes were without an answer of the origin's, which may still carry
   *     them out; their clients may have left before
   */
  public record Left(int connections, int writes) {
    /** Whether all came to its end. */
    public boolean isNothing() {
      return connections == 0 && writes == 0;
    }
  }

  /**
   * Accepts no more connections, lets the requests in flight come to their end for as long as
   * {@link Limits#drain} says, or until the thread is interrupted, then ends what is left.
   */
  public Left drain() {
    draining = true;
    server.close().awaitUninterruptibly();
    for (Channel client : clients) {
      client.eventLoop().execute(() -> drain(client));
    }
    try {
      awaitEnds(live.current().limits().drain());
    } catch (InterruptedException atOnce) {
      // what is left is ended below, as when its time is up
    }
    Left left = new Left(clients.size(), undecided.get());
    close();
    return left;
  }

  /** The clients' ends first; then those of writes whose clients did not wait for them. */
  private void awaitEnds(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    clients.newCloseFuture().await(time.toMillis());
    while (undecided.get() > 0 && System.nanoTime() < end) {
      Thread.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  private static void drain(Channel client) {
    ClientConnection connection = client.pipeline().get(ClientConnection.class);
    if (connection == null) {
      client.close(); // it has only just come, or has gone already
    } else {
      connection.drain();
    }
  }

  /**
   * Ends everything at once. Each connection is ended by name: an event loop that shuts down may
   * leave some open.
   */
  @Override
  public void close() {
    if (server != null) {
      server.close().awaitUninterruptibly();
    }
    clients.close().awaitUninterruptibly();
    origins.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    tls.close();
  }
}
