package dev.ifmatch.config;

import dev.ifmatch.policy.Route;
import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.RouteTable;
import dev.ifmatch.transport.Limits;
import dev.ifmatch.transport.Origin;
import dev.ifmatch.transport.ProxySettings;
import dev.ifmatch.transport.ProxySettings.HostField;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * All that can be configured. Immutable.
 *
 * @param origin the backend; empty where the command line must name it
 * @param listen where clients connect
 * @param hostField which {@code Host} the origin sees; empty for what fits the origin's scheme
 * @param logLevel how much the application log says
 * @param limits how much and how long
 * @param policy how requests are treated that fit no route
 * @param routes how the others are treated
 */
public record Configuration(
    Optional<Origin> origin,
    InetSocketAddress listen,
    Optional<HostField> hostField,
    LogLevel logLevel,
    Limits limits,
    RoutePolicy policy,
    List<Route> routes) {

  /** What holds where nothing else is said. */
  public static final Configuration DEFAULT =
      new Configuration(
          Optional.empty(),
          ListenAddress.parse("127.0.0.1:8080"),
          Optional.empty(),
          LogLevel.INFO,
          Limits.DEFAULT,
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
    return new ProxySettings(backend, listen, table(), limits, hostField.orElse(suited));
  }

  /** The same configuration with other routes. */
  Configuration with(List<Route> others) {
    return new Configuration(origin, listen, hostField, logLevel, limits, policy, others);
  }

  /** Without policies, in which there may be secrets. */
  @Override
  public String toString() {
    return "Configuration[origin=%s, listen=%s, routes=%d]"
        .formatted(
            origin.map(Origin::toString).orElse("none"), ListenAddress.text(listen), routes.size());
  }
}
