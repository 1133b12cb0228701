package dev.ifmatch.representation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What differs between two states of one document, told as JSON Pointers (RFC 6901) into the newer
 * one. For one use; not thread-safe.
 */
public final class JsonChanges {
  /** How many pointers are told at most. */
  public static final int MAX_POINTERS = 100;

  private final JsonDocument base;
  private final JsonDocument now;
  private final List<String> pointers = new ArrayList<>();
  private final StringBuilder path = new StringBuilder();

  private JsonChanges(JsonDocument base, JsonDocument now) {
    this.base = base;
    this.now = now;
  }

  /**
   * The values of {@code now} that are not what they were in {@code base}, in the order in which
   * they stand; only the first {@value #MAX_POINTERS} of them.
   *
   * <p>Each pointer leads to a value in {@code now}, so that nothing is told that it does not hold:
   * for a member that is gone, to the object that had it. An array of another length counts as one
   * change. Values that do not count under the recipe are not told; numbers differ where their
   * spellings do.
   *
   * @return empty where one of the two is not taken in JSON form, for its size or its content
   */
  public static Optional<List<String>> between(byte[] base, byte[] now, TagRecipe recipe) {
    Optional<JsonDocument> before = read(base, recipe.maxJsonBytes());
    Optional<JsonDocument> after = read(now, recipe.maxJsonBytes());
    if (before.isEmpty() || after.isEmpty()) {
      return Optional.empty();
    }
    JsonChanges changes = new JsonChanges(before.get(), after.get());
    boolean counted = isCounted(before.get(), recipe);
    boolean counts = isCounted(after.get(), recipe);
    if (counted && counts) {
      changes.value(JsonDocument.ROOT, JsonDocument.ROOT);
    } else if (counted || counts) {
      changes.tell();
    }
    return Optional.of(List.copyOf(changes.pointers));
  }

  private static Optional<JsonDocument> read(byte[] bytes, int maxBytes) {
    JsonDocument document = new JsonDocument(maxBytes);
    ByteBuffer view = ByteBuffer.wrap(bytes);
    document.append(view);
    if (view.hasRemaining()) {
      return Optional.empty();
    }
    JsonScanner scanner = new JsonScanner(document);
    while (scanner.isBehind()) {
      scanner.scan(bytes.length);
    }
    scanner.finish();
    return scanner.failure().isEmpty() ? Optional.of(document) : Optional.empty();
  }

  private static boolean isCounted(JsonDocument document, TagRecipe recipe) {
    Selection selection = new Selection(document, recipe);
    while (selection.mark(document.rawLength()) <= 0) {
      // goes on with the next step
    }
    return selection.isSome();
  }

  private void value(int was, int is) {
    if (base.kind(was) != now.kind(is)) {
      tell();
      return;
    }
    switch (now.kind(is)) {
      case OBJECT -> members(was, is);
      case ARRAY -> {
        if (JsonNode.length(base.node(was)) == JsonNode.length(now.node(is))) {
          elements(was, is);
        } else {
          tell();
        }
      }
      case SPARSE_ARRAY -> {
        if (losesElements(was, is)) {
          tell();
        }
        elements(was, is);
      }
      default -> {
        if (base.compareText(base.node(was), now, now.node(is)) != 0) {
          tell();
        }
      }
    }
  }

  private void members(int was, int is) {
    Map<Integer, Integer> same = sameNames(was, is);
    if (same.size() < JsonNode.length(base.node(was))) {
      tell();
    }
    int end = now.next(is);
    for (int name = is + JsonDocument.CONTENT; name < end && !isFull(); name = now.next(name + 1)) {
      if (JsonNode.isOut(now.node(name + 1))) {
        continue;
      }
      int length = path.length();
      path.append('/').append(PointerPattern.escape(nameOf(name)));
      if (same.containsKey(name)) {
        value(same.get(name) + 1, name + 1);
      } else {
        tell();
      }
      path.setLength(length);
    }
  }

  /** The names that both objects have: their indices now, and what they were. */
  private Map<Integer, Integer> sameNames(int was, int is) {
    Map<Integer, Integer> same = new HashMap<>();
    int before = JsonNode.length(base.node(was));
    int after = JsonNode.length(now.node(is));
    for (int i = 0, j = 0; i < before && j < after; ) {
      int old = base.sortedName(was, i);
      int name = now.sortedName(is, j);
      int order = base.compareText(base.node(old), now, now.node(name));
      if (order == 0) {
        same.put(name, old);
      }
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
    return same;
  }

  private void elements(int was, int is) {
    int old = was + JsonDocument.CONTENT;
    int index = 0;
    for (int at = is + JsonDocument.CONTENT; at < now.next(is) && !isFull(); at = now.next(at)) {
      boolean counted = counts(base, old, base.next(was));
      if (counts(now, at, now.next(is))) {
        int length = path.length();
        path.append('/').append(index);
        if (counted) {
          value(old, at);
        } else {
          tell();
        }
        path.setLength(length);
      }
      old = old < base.next(was) ? base.next(old) : old;
      index++;
    }
  }

  /** Whether an element counted whose place is empty now, or holds nothing that counts. */
  private boolean losesElements(int was, int is) {
    int at = is + JsonDocument.CONTENT;
    for (int old = was + JsonDocument.CONTENT; old < base.next(was); old = base.next(old)) {
      if (counts(base, old, base.next(was)) && !counts(now, at, now.next(is))) {
        return true;
      }
      at = at < now.next(is) ? now.next(at) : at;
    }
    return false;
  }

  private static boolean counts(JsonDocument document, int at, int end) {
    return at < end && !JsonNode.isOut(document.node(at));
  }

  private String nameOf(int at) {
    long name = now.node(at);
    return new String(now.text(name), JsonNode.start(name), JsonNode.length(name), UTF_8);
  }

  private void tell() {
    if (!isFull()) {
      pointers.add(path.toString());
    }
  }

  private boolean isFull() {
    return pointers.size() == MAX_POINTERS;
  }
}
