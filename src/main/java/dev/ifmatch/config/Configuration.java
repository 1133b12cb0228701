package dev.ifmatch.config;

import dev.ifmatch.policy.Route;
import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.RouteTable;
import dev.ifmatch.representation.Salt;
import dev.ifmatch.transport.Checkup;
import dev.ifmatch.transport.Http2Limits;
import dev.ifmatch.transport.Limits;
import dev.ifmatch.transport.Origin;
import dev.ifmatch.transport.Origins;
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
 * @param origins the backends; none where the command line must name them
 * @param health how each is asked regularly whether it is well; empty where it is not
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
    List<Origin> origins,
    Optional<Checkup> health,
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
          List.of(),
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

  /** Copies the lists. */
  public Configuration {
    origins = List.copyOf(origins);
    routes = List.copyOf(routes);
  }

  /** The routes, with what holds where none fits. */
  public RouteTable table() {
    return new RouteTable(routes, policy);
  }

  /**
   * What a proxy before these origins needs to know.
   *
   * @throws IllegalArgumentException if they do not go together; the message says why
   */
  public ProxySettings settings(List<Origin> backends) {
    Origins chosen = new Origins(backends, health);
    HostField suited = chosen.tls() ? HostField.ORIGIN : HostField.CLIENT;
    return new ProxySettings(
        chosen, listen, table(), limits, http2, hostField.orElse(suited), tls, originTls);
  }

  /** The same configuration with other routes. */
  Configuration with(List<Route> others) {
    return with(origins, policy, others);
  }

  /** The same configuration with other origins, or none. */
  public Configuration withOrigins(List<Origin> others) {
    return with(others, policy, routes);
  }

  /**
   * What a running proxy can take over from another configuration, and what it must keep of this
   * one until it is started anew: its origins with their checks, where it listens, and TLS.
   */
  public Configuration takingOver(Configuration next) {
    return new Configuration(
        origins,
        health,
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
    return with(origins, withoutFormerSalt(policy), others);
  }

  private Configuration with(List<Origin> backends, RoutePolicy otherwise, List<Route> others) {
    return new Configuration(
        backends, health, listen, hostField, logLevel, tls, originTls, limits, http2, reload,
        otherwise, others);
  }

  private static RoutePolicy withoutFormerSalt(RoutePolicy policy) {
    return policy.with(policy.tag().withFormerSalt(Optional.empty()));
  }

  /** Without policies, in which there may be secrets. */
  @Override
  public String toString() {
    return "Configuration[origins=%s, listen=%s, routes=%d]"
        .formatted(origins, ListenAddress.text(listen), routes.size());
  }
}
