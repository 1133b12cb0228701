package dev.ifmatch.transport;

import dev.ifmatch.transport.tls.InvalidTls;
import dev.ifmatch.transport.tls.OriginTls;
import dev.ifmatch.transport.tls.ServerTls;
import java.util.List;
import java.util.Optional;

/**
 * TLS on both sides of a proxy, where it is used.
 *
 * @param clients towards clients
 * @param origin towards the origin
 */
record ProxyTls(Optional<ServerTls> clients, Optional<OriginTls> origin) implements AutoCloseable {

  /**
   * Reads the certificates.
   *
   * @throws InvalidTls if they cannot be used; the message says what to change
   */
  static ProxyTls open(ProxySettings settings) throws InvalidTls {
    Optional<OriginTls> origin = Optional.empty();
    if (settings.origins().tls()) {
      origin = Optional.of(OriginTls.open(settings.originTls()));
    }
    Optional<ServerTls> clients = Optional.empty();
    if (settings.tls().isOn()) {
      try {
        clients = Optional.of(ServerTls.open(settings.tls(), protocols(settings)));
      } catch (InvalidTls e) {
        new ProxyTls(clients, origin).close();
        throw e;
      }
    }
    return new ProxyTls(clients, origin);
  }

  /** What is offered to clients by ALPN (RFC 7301), the best first. */
  private static List<String> protocols(ProxySettings settings) {
    return settings.http2().enabled() ? List.of("h2", "http/1.1") : List.of("http/1.1");
  }

  @Override
  public void close() {
    if (clients.isPresent()) { // a lambda would load the class, whether it is used or not
      clients.get().close();
    }
    if (origin.isPresent()) {
      origin.get().close();
    }
  }
}
