package dev.ifmatch.transport;

import dev.ifmatch.balance.Health;
import dev.ifmatch.balance.Health.Change;
import dev.ifmatch.balance.Rotation;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One address of one origin, and how it does: a line in the log tells when it goes bad and when it
 * comes back. Shared by all event loops; thread-safe.
 */
final class Endpoint implements Rotation.Candidate {
  private static final Logger LOG = LoggerFactory.getLogger(Endpoint.class);

  private final Origin origin;
  private final InetSocketAddress address;
  private final Health health;
  private final Optional<Endpoint> itself = Optional.of(this);

  Endpoint(Origin origin, InetAddress address, LiveSettings live) {
    this.origin = origin;
    this.address = new InetSocketAddress(address, origin.port());
    this.health = new Health(() -> live.origin().rest(), () -> live.origin().connectTimeout());
  }

  Origin origin() {
    return origin;
  }

  InetSocketAddress address() {
    return address;
  }

  @Override
  public Health health() {
    return health;
  }

  /** Always the same object, so that who needs an optional one need not make it. */
  Optional<Endpoint> itself() {
    return itself;
  }

  boolean is(Origin other, InetAddress where) {
    return origin.equals(other) && address.getAddress().equals(where);
  }

  /** No connection could be made. */
  void onUnreachable(String why) {
    tell(health.onUnreachable(System.nanoTime()), why);
  }

  /** It took a request and gave no answer. */
  void onUnanswered(String why) {
    tell(health.onUnanswered(System.nanoTime()), why);
  }

  void onAnswered() {
    tell(health.onAnswered(), "");
  }

  /** It was asked whether it is well. */
  void onChecked(Checkup checkup, boolean passed, String why) {
    tell(health.onChecked(passed, checkup.up(), checkup.down(), System.nanoTime()), why);
  }

  private void tell(Change change, String why) {
    switch (change) {
      case WENT_BAD -> LOG.warn("backend {} fails: {}", this, why);
      case CAME_BACK -> LOG.info("backend {} is well again", this);
      case NONE -> {}
    }
  }

  @Override
  public String toString() {
    String at = address.getAddress().getHostAddress();
    return at.equals(origin.host()) ? origin.toString() : "%s (%s)".formatted(origin, at);
  }
}
