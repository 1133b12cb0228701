package dev.ifmatch.exchange;

import dev.ifmatch.http.EntityTag;
import dev.ifmatch.policy.ResourceKey;
import java.util.Optional;

/**
 * What clients have read of late, by the tag that they got with it. Implementations are
 * thread-safe, bounded, and may forget anything at any time.
 */
public interface RecentBodies {
  /** Keeps nothing. */
  RecentBodies NONE =
      new RecentBodies() {
        @Override
        public void keep(ResourceKey key, EntityTag tag, byte[] body) {
          // nobody asks for it
        }

        @Override
        public Optional<byte[]> find(ResourceKey key, EntityTag tag) {
          return Optional.empty();
        }
      };

  /** Keeps a body for a while. Takes the array over, which must not be changed any more. */
  void keep(ResourceKey key, EntityTag tag, byte[] body);

  /** The body that this tag stands for, if it is still kept. Must not be changed. */
  Optional<byte[]> find(ResourceKey key, EntityTag tag);
}
