package dev.ifmatch.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.resolver.dns.DnsCache;
import io.netty.resolver.dns.DnsCacheEntry;
import io.netty.resolver.dns.DnsCnameCache;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Looks names up in DNS: with the search domains of {@code /etc/resolv.conf}, all addresses, and
 * the time that they hold. Not to be called on an event loop.
 */
final class DnsNames implements NameService {
  /** How long one server has for one question. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final EventLoop loop;
  private final EventLoops kind;
  private final DnsServerAddressStreamProvider servers;
  private final Map<String, Lookup> lookups = new ConcurrentHashMap<>();

  DnsNames(EventLoop loop, EventLoops kind, DnsServerAddressStreamProvider servers) {
    this.loop = loop;
    this.kind = kind;
    this.servers = servers;
  }

  @Override
  public Answer lookUp(String host) throws UnknownHostException, InterruptedException {
    return lookups.computeIfAbsent(host, Lookup::new).ask();
  }

  @Override
  public void close() {
    lookups.values().forEach(lookup -> lookup.resolver.close());
  }

  /** What asks for one name; the time that its answer holds is that of its shortest part. */
  private final class Lookup implements DnsCache, DnsCnameCache {
    private final String host;
    private final DnsNameResolver resolver;
    private final AtomicLong leastSeconds = new AtomicLong();

    Lookup(String host) {
      this.host = host;
      this.resolver =
          new DnsNameResolverBuilder(loop)
              .datagramChannelType(datagramChannel())
              .socketChannelType(kind.channel().asSubclass(SocketChannel.class))
              .nameServerProvider(servers)
              .resolveCache(this)
              .cnameCache(this)
              .hostsFileEntriesResolver((name, types) -> null) // Netty's word for "not there"
              .completeOncePreferredResolved(false)
              .queryTimeoutMillis(PATIENCE.toMillis())
              .build();
    }

    private Class<? extends DatagramChannel> datagramChannel() {
      return kind == EventLoops.EPOLL ? EpollDatagramChannel.class : NioDatagramChannel.class;
    }

    Answer ask() throws UnknownHostException, InterruptedException {
      leastSeconds.set(Long.MAX_VALUE);
      Future<List<InetAddress>> answer = resolver.resolveAll(host).await();
      if (!answer.isSuccess()) {
        UnknownHostException failure = new UnknownHostException(answer.cause().getMessage());
        failure.initCause(answer.cause());
        throw failure;
      }
      long seconds = leastSeconds.get() == Long.MAX_VALUE ? 0 : leastSeconds.get();
      return new Answer(List.copyOf(answer.getNow()), Duration.ofSeconds(seconds));
    }

    private void note(long seconds) {
      leastSeconds.accumulateAndGet(seconds, Math::min);
    }

    @Override
    public DnsCacheEntry cache(
        String name, DnsRecord[] additionals, InetAddress address, long seconds, EventLoop on) {
      note(seconds);
      return NoopDnsCache.INSTANCE.cache(name, additionals, address, seconds, on);
    }

    @Override
    public DnsCacheEntry cache(
        String name, DnsRecord[] additionals, Throwable cause, EventLoop on) {
      return NoopDnsCache.INSTANCE.cache(name, additionals, cause, on);
    }

    @Override
    public void cache(String name, String canonical, long seconds, EventLoop on) {
      note(seconds);
    }

    @Override
    public List<? extends DnsCacheEntry> get(String name, DnsRecord[] additionals) {
      return List.of();
    }

    @Override
    public String get(String name) {
      return null; // Netty's word for "not known"
    }

    @Override
    public void clear() {}

    @Override
    public boolean clear(String name) {
      return false;
    }
  }
}
