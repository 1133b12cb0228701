package dev.ifmatch.transport;

import dev.ifmatch.exchange.ExchangeListener;
import dev.ifmatch.exchange.RecentBodies;
import dev.ifmatch.lock.ResourceLock;
import java.util.function.BooleanSupplier;

/**
 * What all exchanges of one event loop share.
 *
 * @param settings the proxy's settings
 * @param lock the locks, shared with the other loops
 * @param listener who is told what exchanges come to, shared with the other loops
 * @param bases what clients have read of late, shared with the other loops
 * @param pool this loop's connections to the origin
 * @param draining whether the proxy is about to stop, so that each answer is its connection's last
 */
record Proxy(
    ProxySettings settings,
    ResourceLock lock,
    ExchangeListener listener,
    RecentBodies bases,
    OriginPool pool,
    BooleanSupplier draining) {}
