package dev.ifmatch.config;

import dev.ifmatch.policy.Route;
import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.RouteTable;
import dev.ifmatch.representation.Salt;
import dev.ifmatch.transport.Http2Limits;
import dev.ifmatch.transport.Limits;
import dev.ifmatch.transport.Origin;
import dev.ifmatch.transport.ProxySettings;
import dev.ifmatch.transport.ProxySettings.HostField;
import dev.ifmatch.transport.tls.OriginTlsSettings;
import dev.ifmatch.transport.tls.TlsSettings;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that can be configured. Immutable.
 *
 * @param origin the backend; empty where the command line must name it
 * @param listen where clients connect
 * @param hostField which {@code Host} the origin sees; empty for what fits the origin's scheme
 * @param logLevel how much the application log says
 * @param tls how clients are spoken to
 * @param originTls how a backend is spoken to that wants TLS
 * @param limits how much and how long
 * @param http2 whether and how clients may speak HTTP/2
 * @param reload how a change of the file is taken up
 * @param policy how requests are treated that fit no route
 * @param routes how the others are treated
 */
public record Configuration(
    Optional<Origin> origin,
    InetSocketAddress listen,
    Optional<HostField> hostField,
    LogLevel logLevel,
    TlsSettings tls,
    OriginTlsSettings originTls,
    Limits limits,
    Http2Limits http2,
    Reload reload,
    RoutePolicy policy,
    List<Route> routes) {

  /** What holds where nothing else is said. */
  public static final Configuration DEFAULT =
      new Configuration(
          Optional.empty(),
          ListenAddress.parse("127.0.0.1:8080"),
          Optional.empty(),
          LogLevel.INFO,
          TlsSettings.DEFAULT,
          OriginTlsSettings.DEFAULT,
          Limits.DEFAULT,
          Http2Limits.DEFAULT,
          Reload.DEFAULT,
          RoutePolicy.DEFAULT,
          List.of());

  /** Copies the list. */
  public Configuration {
    routes = List.copyOf(routes);
  }

  /** The routes, with what holds where none fits. */
  public RouteTable table() {
    return new RouteTable(routes, policy);
  }

  /** What a proxy before this origin needs to know. */
  public ProxySettings settings(Origin backend) {
    HostField suited = backend.tls() ? HostField.ORIGIN : HostField.CLIENT;
    return new ProxySettings(
        backend, listen, table(), limits, http2, hostField.orElse(suited), tls, originTls);
  }

  /** The same configuration with other routes. */
  Configuration with(List<Route> others) {
    return with(origin, policy, others);
  }

  /** The same configuration with another origin, or none. */
  public Configuration withOrigin(Optional<Origin> other) {
    return with(other, policy, routes);
  }

  /**
   * What a running proxy can take over from another configuration, and what it must keep of this
   * one until it is started anew: its origin, where it listens, and TLS.
   */
  public Configuration takingOver(Configuration next) {
    return new Configuration(
        origin,
        listen,
        next.hostField,
        next.logLevel,
        tls,
        originTls,
        next.limits,
        next.http2,
        next.reload,
        next.policy,
        next.routes);
  }

  /**
   * One salt in the place of another.
   *
   * @param former the one whose tags are accepted still
   * @param now the one that tags are made with
   */
  public record SaltChange(Salt former, Optional<Salt> now) {}

  /** All former salts, with what came in their place. */
  public Set<SaltChange> saltChanges() {
    return Stream.concat(Stream.of(policy), routes.stream().map(Route::policy))
        .map(RoutePolicy::tag)
        .flatMap(tag -> tag.formerSalt().map(s -> new SaltChange(s, tag.salt())).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The same configuration, in which the tags of former salts are accepted no more. */
  public Configuration withoutFormerSalts() {
    List<Route> others =
        routes.stream()
            .map(r -> new Route(r.path(), r.methods(), r.guard(), withoutFormerSalt(r.policy())))
            .toList();
    return with(origin, withoutFormerSalt(policy), others);
  }

  private Configuration with(Optional<Origin> backend, RoutePolicy otherwise, List<Route> others) {
    return new Configuration(
        backend, listen, hostField, logLevel, tls, originTls, limits, http2, reload, otherwise,
        others);
  }

  private static RoutePolicy withoutFormerSalt(RoutePolicy policy) {
    return policy.with(policy.tag().withFormerSalt(Optional.empty()));
  }

  /** Without policies, in which there may be secrets. */
  @Override
  public String toString() {
    return "Configuration[origin=%s, listen=%s, routes=%d]"
        .formatted(
            origin.map(Origin::toString).orElse("none"), ListenAddress.text(listen), routes.size());
  }
}
