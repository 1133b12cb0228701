package dev.ifmatch.representation;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What it takes to read one document after the other and hash what it says. A thread keeps a few,
 * none of which is large, since to make them anew takes a part of the time for a small document.
 * Not thread-safe.
 */
final class JsonScratch {
  private static final int MOST_KEPT = 2;
  private static final ThreadLocal<Deque<JsonScratch>> KEPT =
      ThreadLocal.withInitial(ArrayDeque::new);

  private final JsonDocument document = new JsonDocument(0);
  private final JsonScanner scanner = new JsonScanner(document);
  private final CanonicalJson canonical = new CanonicalJson(document);

  private JsonScratch() {}

  /** One that nobody else uses, for a document that may have so many bytes. */
  static JsonScratch take(int maxBytes) {
    JsonScratch kept = KEPT.get().pollFirst();
    JsonScratch scratch = kept == null ? new JsonScratch() : kept;
    scratch.document.restart(maxBytes);
    return scratch;
  }

  /** Gives it to others; not to be used any more. */
  void giveBack() {
    document.restart(0);
    scanner.restart();
    canonical.restart();
    Deque<JsonScratch> kept = KEPT.get();
    if (kept.size() < MOST_KEPT) {
      kept.addFirst(this);
    }
  }

  JsonDocument document() {
    return document;
  }

  JsonScanner scanner() {
    return scanner;
  }

  CanonicalJson canonical() {
    return canonical;
  }
}
