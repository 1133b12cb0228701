package dev.ifmatch.transport;

import io.netty.resolver.HostsFileEntriesProvider;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks names up as the machine does, and knows where it can how long the answers hold.
 *
 * <p>The first answer is the platform's own, which the start has asked for anyway: no class for DNS
 * is loaded for it. From then on DNS is asked, whose answers tell how long they hold; but a name
 * that stands in the hosts file, or that DNS has never known (of mDNS, NIS, a container's own),
 * stays the platform's, which does not tell. What DNS has known is not the platform's any more
 * where DNS fails: Java keeps what it was told before.
 */
final class SystemNames implements NameService {
  private static final Logger LOG = LoggerFactory.getLogger(SystemNames.class);
  private static final Path DNS_SERVERS = Path.of("/etc/resolv.conf");

  /** Until DNS is asked: long enough for the start to be over. */
  private static final Duration FIRST_ANSWER_HOLDS = Duration.ofSeconds(1);

  /** As long as Java keeps such an answer itself. */
  private static final Duration PLATFORM_ANSWER_HOLDS = Duration.ofSeconds(30);

  private final Supplier<NameService> newDns;
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private final Set<String> knownToDns = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;
  private NameService dns =
      host -> {
        throw new UnknownHostException("DNS was not asked yet");
      };
  private boolean hasDns;

  /**
   * The machine's names.
   *
   * @param newDns makes what asks DNS, when it is first needed
   */
  SystemNames(Supplier<NameService> newDns) {
    this.newDns = newDns;
  }

  @Override
  public Answer lookUp(String host) throws UnknownHostException, InterruptedException {
    if (asked.add(host)) {
      return platform(host, FIRST_ANSWER_HOLDS);
    }
    if (Files.isReadable(DNS_SERVERS) && !isInHostsFile(host)) {
      try {
        Answer answer = dns().lookUp(host);
        knownToDns.add(host);
        return answer;
      } catch (UnknownHostException e) {
        if (knownToDns.contains(host)) {
          throw e;
        }
        LOG.debug("{} is not known to DNS: {}", host, e.getMessage());
      }
    }
    return platform(host, PLATFORM_ANSWER_HOLDS);
  }

  private static Answer platform(String host, Duration holds) throws UnknownHostException {
    return new Answer(List.of(InetAddress.getAllByName(host)), holds);
  }

  private static boolean isInHostsFile(String host) {
    HostsFileEntriesProvider entries = HostsFileEntriesProvider.parser().parseSilently();
    String name = host.toLowerCase(Locale.ROOT);
    return entries.ipv4Entries().containsKey(name) || entries.ipv6Entries().containsKey(name);
  }

  private synchronized NameService dns() throws UnknownHostException {
    if (closed) {
      throw new UnknownHostException("no name is looked up any more");
    }
    if (!hasDns) {
      dns = newDns.get();
      hasDns = true;
    }
    return dns;
  }

  @Override
  public synchronized void close() {
    closed = true;
    dns.close();
  }
}
