package dev.ifmatch.transport;

import dev.ifmatch.exchange.ExchangeListener;
import dev.ifmatch.exchange.RecentBodies;
import dev.ifmatch.lock.ResourceLock;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * What all exchanges of one event loop share.
 *
 * @param live the proxy's settings, shared with the other loops
 * @param lock the locks, shared with the other loops
 * @param listener who is told what exchanges come to, shared with the other loops
 * @param bases what clients have read of late, shared with the other loops
 * @param pool this loop's connections to the origin
 * @param undecided how many writes the origin has, or may have, and did not answer yet; shared with
 *     the other loops
 * @param draining whether the proxy is about to stop, so that each answer is its connection's last
 */
record Proxy(
    LiveSettings live,
    ResourceLock lock,
    ExchangeListener listener,
    RecentBodies bases,
    OriginPool pool,
    AtomicInteger undecided,
    BooleanSupplier draining) {

  /** The settings that hold now; to be asked once for all that must go together. */
  ProxySettings settings() {
    return live.current();
  }
}
