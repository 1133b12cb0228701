package dev.ifmatch.transport;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The backends that requests are spread over. Immutable.
 *
 * @param all one at least, of one scheme, none of them twice
 * @param checkup how each is asked regularly whether it is well; empty where it is not
 */
public record Origins(List<Origin> all, Optional<Checkup> checkup) {

  /**
   * Checks that they go together.
   *
   * @throws IllegalArgumentException if they do not; the message says why
   */
  public Origins {
    all = List.copyOf(all);
    if (all.isEmpty()) {
      throw new IllegalArgumentException("there is no backend");
    }
    Set<Origin> seen = new HashSet<>();
    for (Origin origin : all) {
      if (origin.tls() != all.get(0).tls()) {
        throw new IllegalArgumentException(
            "some backends are http:// and some are https://; they must be all of one kind");
      }
      if (!seen.add(origin)) {
        throw new IllegalArgumentException("the backend %s is named twice".formatted(origin));
      }
    }
  }

  /** Backends that nobody asks whether they are well. */
  public static Origins of(List<Origin> all) {
    return new Origins(all, Optional.empty());
  }

  /** Whether they are spoken to over TLS. */
  public boolean tls() {
    return all.get(0).tls();
  }

  /** Whether there are several. */
  boolean areSeveral() {
    return all.size() > 1;
  }

  /** The one that was named first. */
  Origin first() {
    return all.get(0);
  }

  @Override
  public String toString() {
    return all.stream().map(Origin::toString).collect(Collectors.joining(", "));
  }
}
