package dev.ifmatch.representation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.ifmatch.Claim;
import dev.ifmatch.http.EntityTag;
import dev.ifmatch.http.FieldList;

/** Whatever an answer says of its variant, its tag brings back as the same or not at all. */
public final class VariantFuzz {
  private VariantFuzz() {}

  /** Reads the lines as {@code Vary}, {@code Content-Type}, {@code Content-Language} and a tag. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, ISO_8859_1);
    String[] lines = (text + "\n\n\n").split("\n", 4);
    FieldList fields =
        FieldList.of("Vary", lines[0], "Content-Type", lines[1], "Content-Language", lines[2]);
    Variant variant = Variant.of(fields);
    EntityTag plain = Recipes.bytesTag(input);
    Claim.that(Variant.of(variant.mark(plain)).equals(variant), "is read back", text);
    try {
      Variant named = Variant.of(EntityTag.parse(lines[3].strip()));
      Claim.that(Variant.of(named.mark(plain)).equals(named), "what is named can be", text);
    } catch (IllegalArgumentException noTag) {
      Claim.that(Variant.of(plain).isNone(), "a tag without variant names none", text);
    }
  }
}
