package dev.ifmatch.config;

import dev.ifmatch.policy.Route;
import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.RouteTable;
import dev.ifmatch.transport.Limits;
import dev.ifmatch.transport.Origin;
import dev.ifmatch.transport.ProxySettings.HostField;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * All that can be configured. Immutable.
 *
 * @param origin the backend; empty where the command line must name it
 * @param listen where clients connect
 * @param hostField which {@code Host} the origin sees; empty for what fits the origin's scheme
 * @param limits how much and how long
 * @param policy how requests are treated that fit no route
 * @param routes how the others are treated
 */
public record Configuration(
    Optional<Origin> origin,
    InetSocketAddress listen,
    Optional<HostField> hostField,
    Limits limits,
    RoutePolicy policy,
    List<Route> routes) {

  /** What holds where nothing else is said. */
  public static final Configuration DEFAULT =
      new Configuration(
          Optional.empty(),
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080),
          Optional.empty(),
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
}
