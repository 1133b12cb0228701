package dev.ifmatch.transport;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * The backend that requests are sent to.
 *
 * @param tls whether it is spoken to over TLS
 * @param host its host name or address, without brackets
 * @param port its port, 1 to 65535
 */
public record Origin(boolean tls, String host, int port) {

  /**
   * Reads a URL like {@code http://localhost:3000}.
   *
   * @throws IllegalArgumentException if it is none that requests can be sent to; the message says
   *     why
   */
  public static Origin parse(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("'%s' is not a URL: %s".formatted(url, e.getReason()), e);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean tls = scheme.equals("https");
    if ((!tls && !scheme.equals("http")) || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "'%s' is not an http:// or https:// URL with a host".formatted(url));
    }
    boolean plain = uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
    if (!plain || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "'%s' has a path: requests keep their own, so give scheme, host and port only"
              .formatted(url));
    }
    if (uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException("the URL holds credentials; clients send their own");
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("'%s' has no port from 1 to 65535".formatted(url));
    }
    return new Origin(tls, uri.getHost().replaceAll("[\\[\\]]", ""), port);
  }

  /** Host and port as they stand in {@code Host}; the scheme's own port is left out. */
  public String authority() {
    String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return port == (tls ? 443 : 80) ? name : name + ":" + port;
  }

  @Override
  public String toString() {
    return (tls ? "https://" : "http://") + authority();
  }
}
