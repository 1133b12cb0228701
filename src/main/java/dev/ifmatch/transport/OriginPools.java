package dev.ifmatch.transport;

import dev.ifmatch.transport.tls.OriginTls;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The way to the origins, from a proxy's start to its end: a pool for each event loop. */
final class OriginPools implements AutoCloseable {
  private final NameService names;
  private final Endpoints endpoints;
  private final ConnectionLimit limit;
  private final ChannelGroup connections =
      new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
  private final Map<EventExecutor, OriginPool> pools = new HashMap<>();

  /** The way to the settings' origins, by names that are looked up as said. */
  OriginPools(
      LiveSettings live,
      EventLoops kind,
      EventLoopGroup loops,
      NameService names,
      Optional<OriginTls> tls) {
    Origins origins = live.current().origins();
    this.names = names;
    this.endpoints = new Endpoints(origins, live, names);
    this.limit = new ConnectionLimit(live);
    OriginPool.Shared shared = new OriginPool.Shared(live, endpoints, limit, new SilentEnds());
    for (EventExecutor executor : loops) {
      EventLoop loop = (EventLoop) executor;
      OriginConnector connector = new OriginConnector(loop, kind.channel(), tls, connections);
      pools.put(loop, new OriginPool(loop, connector, shared, pools.size()));
    }
    origins.checkup().ifPresent(checkup -> check(checkup, kind, loops.next(), tls));
  }

  private void check(Checkup checkup, EventLoops kind, EventLoop loop, Optional<OriginTls> tls) {
    OriginConnector connector = new OriginConnector(loop, kind.channel(), tls, connections);
    new Checker(loop, connector, endpoints, checkup).start();
  }

  /** The names of this machine; what asks DNS is loaded when it is needed. */
  static NameService systemNames(EventLoops kind, EventLoopGroup loops) {
    return new SystemNames(
        () -> new DnsNames(loops.next(), kind, DnsServerAddressStreamProviders.unixDefault()));
  }

  /** Has other limits hold. */
  void resize(OriginLimits next) {
    limit.resize(next);
  }

  /** The pool of one event loop. */
  OriginPool of(EventExecutor loop) {
    return pools.get(loop);
  }

  /** How many connections there are, or are being made. */
  int open() {
    return limit.open();
  }

  /** How many requests wait for one. */
  int waiting() {
    return limit.waiting();
  }

  /** Ends every connection; there will be no other. */
  @Override
  public void close() {
    connections.close().awaitUninterruptibly();
    endpoints.close();
    names.close();
  }
}
