package dev.ifmatch.representation;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The hash of what a representation says as JSON, or else of its bytes. For one use; not
 * thread-safe.
 *
 * <p>The bytes are kept until it is known which of the two it will be, and never more than the
 * recipe's limit; with what is known of them, that is at most {@value
 * JsonDocument#MOST_BYTES_PER_BYTE} bytes of memory for each byte of the limit.
 */
final class JsonForm implements Form {
  private enum Stage {
    READING,
    SELECTING,
    FEEDING,
    /** It is the bytes that count, of which some are kept that are to be hashed yet. */
    CATCHING_UP,
    DONE
  }

  /** So many bytes are hashed in the time that it takes to read one as JSON. */
  private static final int HASHED_PER_READ = 4;

  private final TagRecipe recipe;
  private final Supplier<Hash> hashes;
  private Stage stage = Stage.READING;
  private Optional<FormFallback> fallback = Optional.empty();

  /** Empty once nothing is kept. */
  private Optional<JsonScratch> scratch;

  private Optional<Selection> selection = Optional.empty();

  /** What the document says is hashed here, once it is known to be one. */
  private Optional<Hash> canonical = Optional.empty();

  /** The bytes are hashed here, and so many were, once it may be these that count. */
  private Optional<Form> bytes = Optional.empty();

  private int hashed;

  /** How many bytes were taken in. */
  private long taken;

  JsonForm(TagRecipe recipe, Supplier<Hash> hashes) {
    this.recipe = recipe;
    this.hashes = hashes;
    this.scratch = Optional.of(JsonScratch.take(recipe.maxJsonBytes()));
  }

  @Override
  public void update(ByteBuffer view) {
    taken += view.remaining();
    if (taken > recipe.maxJsonBytes()) {
      fallBack(FormFallback.TOO_LARGE);
    }
    if (scratch.isPresent()) {
      keep(scratch.get().document(), view);
    }
    if (view.hasRemaining()) {
      bytes().update(view);
    }
  }

  /** Hashes what may be too large while it comes in, so that it is not all to be hashed at once. */
  private void keep(JsonDocument document, ByteBuffer view) {
    int more = view.remaining();
    document.append(view);
    if (view.hasRemaining()) {
      hashBytes(document, Integer.MAX_VALUE);
    } else if (stage == Stage.CATCHING_UP || taken > recipe.maxJsonBytes() / 2) {
      hashBytes(document, 2L * more);
    }
    if (stage == Stage.CATCHING_UP && hashed == document.rawLength()) {
      done();
    }
  }

  @Override
  public void advance(int budget) {
    if (stage == Stage.READING) {
      read(scratch.orElseThrow().scanner(), budget);
    } else if (stage == Stage.CATCHING_UP) {
      catchUp(scratch.orElseThrow().document(), budget);
    }
  }

  @Override
  public boolean finish(int budget) {
    int left = budget;
    while (left > 0 && stage != Stage.DONE) {
      JsonScratch all = scratch.orElseThrow();
      left =
          switch (stage) {
            case READING -> finishReading(all, left);
            case SELECTING -> select(all, left);
            case FEEDING -> feed(all.canonical(), left);
            default -> catchUp(all.document(), left);
          };
    }
    return stage == Stage.DONE;
  }

  private int read(JsonScanner scanner, int budget) {
    int left = scanner.scan(budget);
    scanner.failure().ifPresent(this::fallBack);
    return left;
  }

  private int finishReading(JsonScratch all, int budget) {
    JsonScanner scanner = all.scanner();
    if (scanner.isBehind()) {
      return read(scanner, budget);
    }
    scanner.finish();
    if (scanner.failure().isPresent()) {
      fallBack(scanner.failure().get());
    } else {
      stage = Stage.SELECTING;
      selection = Optional.of(new Selection(all.document(), recipe));
    }
    return budget;
  }

  private int select(JsonScratch all, int budget) {
    Selection marking = selection.orElseThrow();
    int left = marking.mark(budget);
    if (left > 0 && marking.isSome()) {
      Hash hash = hashes.get();
      canonical = Optional.of(hash);
      all.canonical().start(hash);
      stage = Stage.FEEDING;
    } else if (left > 0) {
      fallBack(FormFallback.NOTHING_INCLUDED);
    }
    return left;
  }

  private int feed(CanonicalJson form, int budget) {
    int left = form.feed(budget);
    if (left > 0) {
      done();
    }
    return left;
  }

  private int catchUp(JsonDocument document, int budget) {
    hashBytes(document, (long) HASHED_PER_READ * budget);
    if (hashed < document.rawLength()) {
      return 0;
    }
    done();
    return budget;
  }

  private void fallBack(FormFallback why) {
    fallback = Optional.of(why);
    if (stage != Stage.DONE) {
      stage = Stage.CATCHING_UP;
    }
  }

  private void done() {
    stage = Stage.DONE;
    selection = Optional.empty();
    scratch.ifPresent(JsonScratch::giveBack);
    scratch = Optional.empty();
  }

  private void hashBytes(JsonDocument document, long most) {
    int length = (int) Math.min(most, document.rawLength() - hashed);
    bytes().update(ByteBuffer.wrap(document.raw(), hashed, length));
    hashed += length;
  }

  private Form bytes() {
    if (bytes.isEmpty()) {
      bytes = Optional.of(new BytesForm(hashes.get()));
    }
    return bytes.get();
  }

  @Override
  public byte[] digest() {
    return fallback.isPresent() ? bytes().digest() : canonical.orElseThrow().digest();
  }

  @Override
  public Optional<FormFallback> fallback() {
    return fallback;
  }
}
