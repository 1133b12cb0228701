package dev.ifmatch.transport;

import dev.ifmatch.exchange.RecentBodies;
import dev.ifmatch.http.EntityTag;
import dev.ifmatch.policy.ResourceKey;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps the bodies that were used last, up to a size in all. Thread-safe. */
final class BoundedBodies implements RecentBodies {
  /** What an entry costs beside its body, roughly. */
  private static final int ENTRY_BYTES = 256;

  private record Read(ResourceKey key, String tag) {}

  private int maxBytes;
  private final Map<Read, byte[]> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  BoundedBodies(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public synchronized void keep(ResourceKey key, EntityTag tag, byte[] body) {
    if (cost(body) > maxBytes) {
      return;
    }
    byte[] former = kept.put(new Read(key, tag.opaque()), body);
    bytes += cost(body) - (former == null ? 0 : cost(former));
    forgetTheOldest();
  }

  /** Keeps as much as this from now on. */
  synchronized void resize(int most) {
    maxBytes = most;
    forgetTheOldest();
  }

  private void forgetTheOldest() {
    Iterator<byte[]> oldest = kept.values().iterator();
    while (bytes > maxBytes) {
      bytes -= cost(oldest.next());
      oldest.remove();
    }
  }

  @Override
  public synchronized Optional<byte[]> find(ResourceKey key, EntityTag tag) {
    return Optional.ofNullable(kept.get(new Read(key, tag.opaque())));
  }

  private static long cost(byte[] body) {
    return (long) body.length + ENTRY_BYTES;
  }
}
