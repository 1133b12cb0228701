package dev.ifmatch.representation;

import dev.ifmatch.Claim;
import dev.ifmatch.representation.Documents.Document;
import dev.ifmatch.representation.Recipes.Tagged;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/**
 * Any bytes have one tag in JSON form, in whatever pieces they come and the work is done; and they
 * are JSON, and say what they say, just if another parser agrees.
 */
public final class JsonFormFuzz {
  private static final List<String> TOKENS = List.of("*", "a", "b", "0", "1", "id", "name", "");

  private static final List<Edits> EDITS = List.of(Edits.values());
  private static final int MOST_BYTES = Recipes.MAX_JSON_BYTES / 4;

  /** No piece of work is so small that a byte would take more of them. */
  private static final int MOST_SLICES_PER_BYTE = 64;

  private JsonFormFuzz() {}

  /** Reads the input as a document. What is chosen beside it depends on nothing but the input. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length > MOST_BYTES) {
      return;
    }
    Random random = new Random(Arrays.hashCode(input));
    Optional<Document> said = OtherParser.read(input);
    Tagged tagged = Tagged.of(Recipes.JSON, input);
    Claim.that(tagged.fallback().isEmpty() == said.isPresent(), "is JSON", input);
    if (said.isPresent()) {
      spellings(said.get(), tagged, random);
      recipes(said.get(), input, random);
    } else {
      Claim.that(tagged.tag().equals(Recipes.bytesTag(input)), "else the bytes count", input);
    }
    sliced(Recipes.JSON, input, tagged, random);
    TagRecipe small = Recipes.json(random.nextInt(2 * input.length + 1));
    sliced(small, input, Tagged.of(small, input), random);
  }

  private static void spellings(Document said, Tagged tagged, Random random) {
    byte[] plain = said.plain();
    byte[] other = said.spelled(random);
    Claim.that(Tagged.of(Recipes.JSON, plain).equals(tagged), "the same, written plainly", plain);
    Claim.that(Tagged.of(Recipes.JSON, other).equals(tagged), "the same in other words", other);
    Claim.that(
        JsonChanges.between(plain, other, Recipes.JSON).equals(Optional.of(List.of())),
        "nothing has changed",
        other);
  }

  /** What does not count may change, and what counts may not. */
  private static void recipes(Document said, byte[] input, Random random) {
    TagRecipe recipe = Recipes.json(pointers(random), pointers(random));
    Tagged tagged = Tagged.of(recipe, input);
    Optional<Object> counts = Projection.of(said.value(), recipe);
    Claim.that(tagged.fallback().isEmpty() == counts.isPresent(), "something counts", input);
    sliced(recipe, input, tagged, random);
    if (counts.isPresent()) {
      Edits edit = EDITS.get(random.nextInt(EDITS.size()));
      Document edited = new Document(edit.edited(said.value(), random));
      if (OtherParser.read(edited.plain()).isPresent()) { // else it has become too deep
        edited(said, edited, recipe, tagged.equals(Tagged.of(recipe, edited.spelled(random))));
      }
    }
  }

  private static void edited(Document said, Document now, TagRecipe recipe, boolean sameTag) {
    Optional<Object> before = Projection.of(said.value(), recipe);
    Optional<Object> after = Projection.of(now.value(), recipe);
    boolean right = after.isEmpty() || sameTag == before.equals(after);
    Claim.that(right, "what counts counts", said, now, recipe);
    boolean changed = !Objects.equals(said.value(), now.value());
    List<String> told = JsonChanges.between(said.plain(), now.plain(), Recipes.JSON).orElseThrow();
    Claim.that(changed != told.isEmpty(), "what has changed is told", said, now);
  }

  private static List<PointerPattern> pointers(Random random) {
    List<PointerPattern> pointers = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      List<String> tokens = new ArrayList<>();
      for (int depth = random.nextInt(3); depth >= 0; depth--) {
        tokens.add(TOKENS.get(random.nextInt(TOKENS.size())));
      }
      pointers.add(new PointerPattern(tokens));
    }
    return pointers;
  }

  private static void sliced(TagRecipe recipe, byte[] input, Tagged whole, Random random) {
    Fingerprint fingerprint = new Fingerprint(recipe, ContentCoding.IDENTITY);
    int piece = 1 + random.nextInt(1 + input.length);
    int budget = 1 << random.nextInt(16);
    for (int at = 0; at < input.length; at += piece) {
      fingerprint.update(ByteBuffer.wrap(input.clone(), at, Math.min(piece, input.length - at)));
      for (int i = random.nextInt(3); i > 0; i--) {
        fingerprint.advance(budget);
      }
    }
    int slices = 0;
    while (!fingerprint.finish(budget)) {
      slices++;
      boolean ends = slices < MOST_SLICES_PER_BYTE * (input.length + 16);
      Claim.that(ends, "the work has an end", input, recipe, budget);
    }
    Tagged tagged = new Tagged(fingerprint.tag().orElseThrow(), fingerprint.fallback());
    Claim.that(tagged.equals(whole), "slices change nothing", input, recipe, piece, budget);
  }
}
