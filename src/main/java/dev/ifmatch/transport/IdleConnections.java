package dev.ifmatch.transport;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The connections of one event loop that wait for their next call, by where they lead to. Confined
 * to that loop.
 */
final class IdleConnections {
  /** How many addresses without a connection are kept in mind, most likely to be used again. */
  private static final int MANY = 16;

  private final Map<Endpoint, Deque<OriginConnection>> byEndpoint = new HashMap<>();

  void add(OriginConnection connection) {
    if (byEndpoint.size() > MANY) {
      byEndpoint.values().removeIf(Collection::isEmpty);
    }
    byEndpoint.computeIfAbsent(connection.endpoint(), to -> new ArrayDeque<>()).addLast(connection);
  }

  /**
   * Takes the one that was used last, which is the one most surely alive.
   *
   * @param maxIdleNanos how long ago that may have been
   */
  Optional<OriginConnection> take(Endpoint endpoint, long maxIdleNanos) {
    Deque<OriginConnection> idle = byEndpoint.get(endpoint);
    OriginConnection last = idle == null ? null : idle.peekLast();
    if (last == null || last.idleNanos() > maxIdleNanos) {
      return Optional.empty();
    }
    idle.removeLast();
    return Optional.of(last);
  }

  /** Forgets one; answers whether it was here. */
  boolean remove(OriginConnection connection) {
    Deque<OriginConnection> idle = byEndpoint.get(connection.endpoint());
    return idle != null && idle.remove(connection);
  }

  /** The one that was used the longest ago. */
  Optional<OriginConnection> oldest() {
    return byEndpoint.values().stream()
        .filter(idle -> !idle.isEmpty())
        .map(Deque::peekFirst)
        .max(Comparator.comparingLong(OriginConnection::idleNanos));
  }
}
