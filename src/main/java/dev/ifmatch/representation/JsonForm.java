package dev.ifmatch.representation;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The hash of what a representation says as JSON, or else of its bytes. For one use; not
 * thread-safe.
 *
 * <p>The bytes are kept until it is known which of the two it will be, and never more than the
 * recipe's limit; with what is known of them, that is at most {@value
 * JsonDocument#MOST_BYTES_PER_BYTE} bytes of memory for each byte of the limit.
 */
final class JsonForm implements Form {
  private final TagRecipe recipe;
  private final Hash hash;
  private final Form bytes;

  /** Empty from where on it is the bytes that count. */
  private Optional<JsonScanner> reading;

  private Optional<FormFallback> fallback = Optional.empty();

  JsonForm(TagRecipe recipe, Hash hash) {
    this.recipe = recipe;
    this.hash = hash;
    this.bytes = new BytesForm(hash);
    this.reading = Optional.of(new JsonScanner(new JsonDocument(recipe.maxJsonBytes())));
  }

  @Override
  public void update(ByteBuffer view) {
    reading.ifPresent(scanner -> read(scanner, view));
    if (reading.isEmpty()) {
      bytes.update(view);
    }
  }

  @Override
  public byte[] digest() {
    reading.ifPresent(this::finish);
    return hash.digest();
  }

  @Override
  public Optional<FormFallback> fallback() {
    return fallback;
  }

  private void read(JsonScanner scanner, ByteBuffer view) {
    scanner.document().append(view);
    if (!scanner.scan()) {
      fallBack(scanner, scanner.failure());
    } else if (view.hasRemaining()) {
      fallBack(scanner, Optional.of(FormFallback.TOO_LARGE));
    }
  }

  private void finish(JsonScanner scanner) {
    if (!scanner.finish()) {
      fallBack(scanner, scanner.failure());
    } else if (!Selection.mark(scanner.document(), recipe)) {
      fallBack(scanner, Optional.of(FormFallback.NOTHING_INCLUDED));
    } else {
      CanonicalJson.feed(scanner.document(), hash);
    }
  }

  private void fallBack(JsonScanner scanner, Optional<FormFallback> why) {
    fallback = why;
    reading = Optional.empty();
    bytes.update(scanner.document().bytes());
  }
}
