package dev.ifmatch.transport;

import dev.ifmatch.balance.KnownName;
import java.time.Duration;

/**
 * How much and how long with the origins.
 *
 * @param connectTimeout how long connecting to one address may take, TLS included; beyond it 502
 * @param patience how long an answer is waited for
 * @param idle how long a connection is kept for the next exchange
 * @param rest how long an address that failed is left alone
 * @param connections how many connections there may be in the whole process, unused ones included
 * @param queue how many requests may wait for one of them; beyond it 503
 * @param longestWait how long a request may wait for one of them; beyond it 503
 * @param names how long the addresses of a host name hold
 */
public record OriginLimits(
    Duration connectTimeout,
    Patience patience,
    Duration idle,
    Duration rest,
    int connections,
    int queue,
    Duration longestWait,
    KnownName.Terms names) {

  /** What holds where nothing else is said. */
  public static final OriginLimits DEFAULT =
      new OriginLimits(
          Duration.ofSeconds(5),
          Patience.of(Duration.ofSeconds(30)),
          Duration.ofSeconds(4),
          Duration.ofSeconds(10),
          1024,
          1024,
          Duration.ofSeconds(5),
          new KnownName.Terms(Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofHours(1)));

  /**
   * Checks the amounts.
   *
   * @throws IllegalArgumentException if there is no connection to be had, or a count is negative
   */
  public OriginLimits {
    if (connections < 1) {
      throw new IllegalArgumentException("there must be a connection to the backend, at least one");
    }
    if (queue < 0) {
      throw new IllegalArgumentException("the queue for connections is %d long".formatted(queue));
    }
  }
}
