package dev.ifmatch.transport;

import dev.ifmatch.policy.RouteTable;
import dev.ifmatch.transport.tls.OriginTlsSettings;
import dev.ifmatch.transport.tls.TlsSettings;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;

/**
 * All that a proxy needs to know to start.
 *
 * @param origins where requests go
 * @param listen where clients connect
 * @param routes how requests are treated
 * @param limits how much and how long
 * @param http2 whether and how clients may speak HTTP/2
 * @param hostField which {@code Host} the origin sees
 * @param tls how clients are spoken to
 * @param originTls how an origin is spoken to that wants TLS
 */
public record ProxySettings(
    Origins origins,
    InetSocketAddress listen,
    RouteTable routes,
    Limits limits,
    Http2Limits http2,
    HostField hostField,
    TlsSettings tls,
    OriginTlsSettings originTls) {

  /** The same without TLS towards clients, and with what usually holds towards origins. */
  public ProxySettings(
      Origins origins,
      InetSocketAddress listen,
      RouteTable routes,
      Limits limits,
      Http2Limits http2,
      HostField hostField) {
    this(
        origins,
        listen,
        routes,
        limits,
        http2,
        hostField,
        TlsSettings.DEFAULT,
        OriginTlsSettings.DEFAULT);
  }

  /** The same for a proxy before one origin. */
  public ProxySettings(
      Origin origin,
      InetSocketAddress listen,
      RouteTable routes,
      Limits limits,
      Http2Limits http2,
      HostField hostField) {
    this(Origins.of(List.of(origin)), listen, routes, limits, http2, hostField);
  }

  /** Which {@code Host} the origin sees. */
  public enum HostField {
    /** The client's, so that links the backend makes lead back through the proxy. */
    CLIENT,
    /** The origin URL's, for backends that are chosen by their name. */
    ORIGIN;

    /** The name as it is written in options: {@code client}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
