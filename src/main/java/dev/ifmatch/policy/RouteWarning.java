package dev.ifmatch.policy;

import java.util.List;

/**
 * Something in a table of routes that cannot work, or does not do what it seems to say.
 *
 * @param routes the routes that it is about, in the order in which they hold
 * @param text what does not work and what to change: one sentence
 */
public record RouteWarning(List<Route> routes, String text) {

  /** Copies the list. */
  public RouteWarning {
    routes = List.copyOf(routes);
  }
}
