package dev.ifmatch.config;

import dev.ifmatch.representation.HashAlgorithm;
import dev.ifmatch.representation.PointerPattern;
import dev.ifmatch.representation.Salt;
import dev.ifmatch.representation.TagForm;
import dev.ifmatch.representation.TagRecipe;
import dev.ifmatch.representation.TagStrength;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code policy.tag}: how tags are made. */
final class TagSection implements Section<TagRecipe> {
  private static final Scalar<TagForm> FORM = Scalar.oneOf("FORM", TagForm.values());
  private static final Scalar<TagStrength> STRENGTH =
      Scalar.oneOf("STRENGTH", TagStrength.values());
  private static final Scalar<HashAlgorithm> HASH =
      Scalar.oneOf("NAME", HashAlgorithm.values()).parsedBy(HashAlgorithm::of);
  private static final ScalarList<PointerPattern> POINTERS =
      new ScalarList<>(
          Scalar.text(
                  "POINTER",
                  "a JSON Pointer such as /updatedAt",
                  PointerPattern::parse,
                  PointerPattern::toString)
              .matching("^/"),
          0);
  private static final SecretVariable<Salt> SALT =
      new SecretVariable<>(
          Scalar.text("SALT", "a secret of one character or more", Salt::new, Salt::toString),
          "a salt is a secret and does not stand in this file; write the name of a variable, e.g."
              + " ${IFMATCH_SALT}, or use salt-file");
  private static final String HASHES =
      Arrays.stream(HashAlgorithm.values())
          .map(HashAlgorithm::toString)
          .collect(Collectors.joining(", "));

  @Override
  public TagRecipe bind(Keys in, TagRecipe or) {
    TagForm form =
        in.get(
            "form",
            FORM,
            or.form(),
            "what counts: bytes, exactly; json, where white space and the order of keys do not");
    HashAlgorithm hash = in.get("hash", HASH, or.hash(), "what tags are made with: " + HASHES);
    Source salt =
        Source.of(
            in,
            "salt",
            "a secret that keeps others from working tags out; a variable: ${IFMATCH_SALT}");
    Source former =
        Source.of(
            in,
            "former-salt",
            "the salt before; its tags are still accepted in If-Match, for reload.salt-grace");
    List<PointerPattern> include =
        in.get(
            "include",
            POINTERS,
            or.include(),
            "the only values of a JSON document that count; JSON Pointers, * is any one part");
    List<PointerPattern> ignore =
        in.get(
            "ignore",
            POINTERS,
            or.ignore(),
            "values of a JSON document that do not count; JSON Pointers, * is any one part");
    TagStrength strength =
        in.get("strength", STRENGTH, or.strength(), "how tags are marked: strong, or weak (W/)");
    int jsonLimit =
        in.get(
            "json-limit",
            Quantities.MEMORY,
            or.maxJsonBytes(),
            "largest document that is taken as JSON; a larger one counts by its bytes");
    return new TagRecipe(
        form,
        hash,
        salt.or(or.salt()),
        former.or(or.formerSalt()),
        include,
        ignore,
        strength,
        jsonLimit);
  }

  /** Where a salt comes from: a variable or a file. */
  private record Source(String key, Optional<Salt> variable, Optional<Salt> file) {
    static Source of(Keys in, String key, String about) {
      return new Source(
          key,
          in.get(key, SALT, Optional.empty(), about),
          in.get(key + "-file", new SaltFile(), Optional.empty(), "the same, from a file"));
    }

    Optional<Salt> or(Optional<Salt> otherwise) {
      if (variable.isPresent() && file.isPresent()) {
        throw new IllegalArgumentException(
            "there is a %s and a %s-file; one of them is enough".formatted(key, key));
      }
      return variable.or(() -> file).or(() -> otherwise);
    }
  }
}
