package dev.ifmatch.transport;

import dev.ifmatch.balance.Permits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * How many connections to the origins there may be, over all event loops, and the queue of those
 * who need one more. A connection that nobody uses counts, too: it is closed when somebody waits.
 * So nobody waits for one who waits: an exchange holds one connection at most, and none while it
 * waits for a lock. Thread-safe.
 */
final class ConnectionLimit {
  private final Permits permits;
  private final LiveSettings live;
  private final List<OriginPool> pools = new CopyOnWriteArrayList<>();

  ConnectionLimit(LiveSettings live) {
    this.live = live;
    this.permits = new Permits(live.origin().connections(), live.origin().queue());
  }

  /** Has other numbers hold from now on. */
  void resize(OriginLimits next) {
    permits.resize(next.connections(), next.queue());
  }

  /** From now on, this pool is asked for unused connections when somebody waits. */
  void add(OriginPool pool) {
    pools.add(pool);
  }

  /** Takes the right to one connection, or a place in the queue. */
  Permits.Entry enter(Permits.Waiter waiter) {
    Permits.Entry entry = permits.acquire(waiter);
    if (entry == Permits.Entry.WAITING) {
      pools.forEach(OriginPool::giveUpUnused);
    }
    return entry;
  }

  /** Leaves the queue; false if it is too late. */
  boolean leave(Permits.Waiter waiter) {
    return permits.leave(waiter);
  }

  /** A connection is closed. */
  void release() {
    permits.release();
  }

  boolean hasWaiters() {
    return permits.waiting() > 0;
  }

  /** Hands an open connection on to the longest waiter, if that can use it. */
  Optional<Permits.Waiter> handOn(Predicate<Permits.Waiter> acceptable) {
    return permits.handOn(acceptable);
  }

  /** How many connections there are, or are being made. */
  int open() {
    return permits.taken();
  }

  /** How many requests wait for one. */
  int waiting() {
    return permits.waiting();
  }

  Duration longestWait() {
    return live.origin().longestWait();
  }

  int longestQueue() {
    return live.origin().queue();
  }
}
