package dev.ifmatch.config;

import dev.ifmatch.policy.Route;
import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.transport.Checkup;
import dev.ifmatch.transport.Http2Limits;
import dev.ifmatch.transport.Limits;
import dev.ifmatch.transport.Origin;
import dev.ifmatch.transport.ProxySettings.HostField;
import dev.ifmatch.transport.tls.OriginTlsSettings;
import dev.ifmatch.transport.tls.TlsSettings;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The whole file.
 *
 * @param overrides what wins over the file; routes take it on where they say nothing themselves
 */
public record ConfigurationSection(UnaryOperator<Configuration> overrides)
    implements Section<Configuration> {
  private static final Scalar<InetSocketAddress> ADDRESS =
      Scalar.text(
          "HOST:PORT",
          "an address such as 127.0.0.1:8080",
          ListenAddress::parse,
          ListenAddress::text);
  private static final Scalar<HostField> HOST_FIELD = Scalar.oneOf("WHOSE", HostField.values());
  private static final Scalar<LogLevel> LOG_LEVEL = Scalar.oneOf("LEVEL", LogLevel.values());

  @Override
  public Configuration bind(Keys in, Configuration or) {
    List<Origin> origins =
        in.get(
            "origin",
            new OriginList(),
            or.origins(),
            "the backend, e.g. http://localhost:3000; or a list of several");
    Optional<Checkup> health =
        in.get(
            "health",
            new HealthSection(),
            or.health(),
            "how each backend is asked regularly whether it is well");
    InetSocketAddress listen =
        in.get("listen", ADDRESS, or.listen(), "where clients connect; 0.0.0.0 is every interface");
    Optional<HostField> hostField =
        in.get(
            "host-field",
            HOST_FIELD.optional(),
            or.hostField(),
            "the Host that the backend sees: client or origin"
                + " (default client for http://, origin for https://)");
    LogLevel logLevel =
        in.get(
            "log-level",
            LOG_LEVEL,
            or.logLevel(),
            "error, warn, info, or debug: show every refusal");
    TlsSettings tls =
        in.get(
            "tls", new TlsSection(), or.tls(), "https towards clients, once it has a certificate");
    OriginTlsSettings originTls =
        in.get(
            "origin-tls",
            new OriginTlsSection(),
            or.originTls(),
            "how a backend is spoken to whose URL begins with https://");
    RoutePolicy policy =
        in.get(
            "policy",
            new PolicySection(Optional.empty()),
            or.policy(),
            "how requests are treated, where their route does not say otherwise");
    Limits limits = in.get("limits", new LimitsSection(), or.limits(), "how much and how long");
    Http2Limits http2 =
        in.get(
            "http2",
            new Http2Section(),
            or.http2(),
            "HTTP/2 towards clients, and how much one connection of it may ask for");
    Reload reload =
        in.get("reload", new ReloadSection(), or.reload(), "how a change of this file is taken up");
    Configuration chosen =
        overrides.apply(
            new Configuration(
                origins,
                health,
                listen,
                hostField,
                logLevel,
                tls,
                originTls,
                limits,
                http2,
                reload,
                policy,
                or.routes()));
    List<Route> routes =
        in.get(
            "routes",
            new RouteList(new RouteSection(chosen.policy())),
            chosen.routes(),
            "paths that are treated differently; of those that fit, the most specific holds");
    return chosen.with(routes);
  }
}
