package dev.ifmatch.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** The address that clients connect to, written {@code host:port}. */
public final class ListenAddress {
  private ListenAddress() {}

  /**
   * Reads {@code 127.0.0.1:8080}, {@code [::1]:8080} or {@code localhost:8080}.
   *
   * @throws IllegalArgumentException if it is none of them; the message says why
   */
  public static InetSocketAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    boolean bareIpv6 = host.indexOf(':') >= 0 && !host.startsWith("[");
    if (host.isEmpty() || bareIpv6) {
      throw new IllegalArgumentException(
          "'%s' is not host:port, e.g. 127.0.0.1:8080, 0.0.0.0:8080 or [::1]:8080".formatted(text));
    }
    int port = port(text.substring(colon + 1));
    try {
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("the host '%s' is unknown".formatted(host), e);
    }
  }

  /** Writes an address down as it was read. */
  public static String text(InetSocketAddress address) {
    return join(address.getHostString(), address.getPort());
  }

  /** How the address is written in a URL: without a scheme, the unspecified host as 127.0.0.1. */
  public static String reachable(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    String name = host.isAnyLocalAddress() ? "127.0.0.1" : host.getHostAddress();
    return join(name, address.getPort());
  }

  private static String join(String host, int port) {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(badPort(text), e);
    }
    throw new IllegalArgumentException(badPort(text));
  }

  private static String badPort(String text) {
    return "'%s' is not a port from 0 to 65535".formatted(text);
  }
}
