package dev.ifmatch.representation;

import java.util.List;
import java.util.Optional;

/** What differs between two JSON documents. */
public final class JsonChanges {
  private JsonChanges() {}

  /** The JSON Pointers of what differs. */
  public static Optional<List<String>> between(byte[] base, byte[] now, TagRecipe recipe) {
    return Optional.empty();
  }
}
