package dev.ifmatch.balance;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is known of where a host name leads to, and when it must be looked up again. Confined to one
 * thread.
 *
 * @param <A> an address
 */
public final class KnownName<A> {
  private final Supplier<Terms> terms;
  private List<A> addresses = List.of();
  private boolean failing;
  private long lookUpAt;
  private long holdsUntil;

  /**
   * How long answers hold.
   *
   * @param least how long an answer holds at least, and how soon one that failed is asked for again
   * @param most how long it holds at most, before it is asked for again
   * @param stale how long it still counts behind that, while no new one is to be had
   */
  public record Terms(Duration least, Duration most, Duration stale) {
    /** Checks that the least is not above the most. */
    public Terms {
      if (least.compareTo(most) > 0) {
        throw new IllegalArgumentException("the shortest time is longer than the longest");
      }
    }
  }

  /** What a look-up changed. */
  public enum Change {
    NONE,
    /** It leads elsewhere now. */
    MOVED,
    /** It cannot be looked up any more. */
    FAILS,
    /** It can be looked up again, and leads where it did. */
    RECOVERED,
    /** What was known does not count any more. */
    LOST
  }

  /**
   * A name of which nothing is known, and that must be looked up at once.
   *
   * @param terms tells how long answers hold
   */
  public KnownName(Supplier<Terms> terms, long nowNanos) {
    this.terms = terms;
    this.lookUpAt = nowNanos;
  }

  /**
   * It was looked up.
   *
   * @param found where it leads to, in any order
   * @param holds how long that holds, by its own word
   */
  public Change onFound(List<A> found, Duration holds, long nowNanos) {
    boolean failed = failing;
    boolean same = addresses.size() == found.size() && addresses.containsAll(found);
    long nanos = clamp(holds).toNanos();
    failing = false;
    lookUpAt = nowNanos + nanos;
    holdsUntil = lookUpAt + terms.get().stale().toNanos();
    if (!same) {
      addresses = List.copyOf(found);
      return Change.MOVED;
    }
    return failed ? Change.RECOVERED : Change.NONE;
  }

  private Duration clamp(Duration holds) {
    Terms now = terms.get();
    Duration atLeast = holds.compareTo(now.least()) < 0 ? now.least() : holds;
    return atLeast.compareTo(now.most()) > 0 ? now.most() : atLeast;
  }

  /** It could not be looked up. */
  public Change onFailed(long nowNanos) {
    boolean first = !failing;
    failing = true;
    lookUpAt = nowNanos + terms.get().least().toNanos();
    if (!addresses.isEmpty() && nowNanos - holdsUntil >= 0) {
      addresses = List.of();
      return Change.LOST;
    }
    return first ? Change.FAILS : Change.NONE;
  }

  /** Where it leads to, in the order of the last answer that changed that; empty if unknown. */
  public List<A> addresses() {
    return addresses;
  }

  /** How long it need not be looked up again; zero where it must be now. */
  public Duration untilLookUp(long nowNanos) {
    return Duration.ofNanos(Math.max(0, lookUpAt - nowNanos));
  }

  /** Until when the last answer counts if no new one comes; empty if there is none. */
  public Optional<Duration> holdsFor(long nowNanos) {
    return addresses.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(Math.max(0, holdsUntil - nowNanos)));
  }
}
