package dev.ifmatch.representation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ifmatch.http.EntityTag;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Recipes and tags, briefly. */
final class Recipes {
  static final int MAX_JSON_BYTES = 1 << 16;
  static final TagRecipe JSON = json(List.of(), List.of());

  private Recipes() {}

  static TagRecipe json(List<PointerPattern> include, List<PointerPattern> ignore) {
    return json(include, ignore, MAX_JSON_BYTES);
  }

  static TagRecipe json(int maxJsonBytes) {
    return json(List.of(), List.of(), maxJsonBytes);
  }

  static TagRecipe including(String... pointers) {
    return json(Arrays.stream(pointers).map(PointerPattern::parse).toList(), List.of());
  }

  static TagRecipe ignoring(String... pointers) {
    return json(List.of(), Arrays.stream(pointers).map(PointerPattern::parse).toList());
  }

  /** The tag that the bytes have, whatever they are. */
  static EntityTag bytesTag(byte[] content) {
    return Tagged.of(TagRecipe.DEFAULT, content).tag();
  }

  static Tagged tagged(TagRecipe recipe, String content) {
    return Tagged.of(recipe, content.getBytes(UTF_8));
  }

  private static TagRecipe json(
      List<PointerPattern> include, List<PointerPattern> ignore, int maxJsonBytes) {
    return new TagRecipe(
        TagForm.JSON,
        HashAlgorithm.SHA_256,
        Optional.empty(),
        include,
        ignore,
        TagStrength.STRONG,
        maxJsonBytes);
  }

  /** A tag, and how it came about. */
  record Tagged(EntityTag tag, Optional<FormFallback> fallback) {
    static Tagged of(TagRecipe recipe, byte[]... pieces) {
      Fingerprint fingerprint = new Fingerprint(recipe, ContentCoding.IDENTITY);
      for (byte[] piece : pieces) {
        byte[] buffer = piece.clone();
        fingerprint.update(ByteBuffer.wrap(buffer));
        Arrays.fill(buffer, (byte) 0x7f); // as one that is used again
      }
      return new Tagged(fingerprint.tag().orElseThrow(), fingerprint.fallback());
    }
  }
}
