/**
 * The right to write one resource, first come first served. Knows nothing of exchanges; what joins
 * them hops from the lock's threads onto the exchange's own.
 */
package dev.ifmatch.lock;
