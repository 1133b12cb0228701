package dev.ifmatch.soak;

import java.util.BitSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** A set of writes, at a bit for each. Thread-safe. */
final class Writes {
  private final ConcurrentMap<Integer, BitSet> attempts = new ConcurrentHashMap<>();

  /** Adds one; answers whether it was not there before. */
  boolean add(State.Write write) {
    BitSet ofClient = attempts.computeIfAbsent(write.client(), client -> new BitSet());
    synchronized (ofClient) {
      boolean there = ofClient.get(write.attempt());
      ofClient.set(write.attempt());
      return !there;
    }
  }

  /** How many of these are among the others. */
  long in(Writes others) {
    long count = 0;
    for (Integer client : attempts.keySet()) {
      BitSet both = copy(client);
      both.and(others.copy(client));
      count += both.cardinality();
    }
    return count;
  }

  long size() {
    return in(this);
  }

  private BitSet copy(int client) {
    BitSet ofClient = attempts.computeIfAbsent(client, c -> new BitSet());
    synchronized (ofClient) {
      return (BitSet) ofClient.clone();
    }
  }
}
