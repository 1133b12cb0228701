package dev.ifmatch.representation;

import java.util.List;
import java.util.Optional;

/**
 * How the tags of a resource are made. The same for its reads and for the writes that are checked
 * against it.
 *
 * @param form what of the representation counts
 * @param hash what it is hashed with
 * @param salt what keeps others from working tags out
 * @param formerSalt the salt of tags that are out there still: they are taken back for what they
 *     were made of, and never made any more
 * @param include where not empty, the only values of a JSON document that count
 * @param ignore the values of a JSON document that do not count
 * @param strength how the tags are marked
 * @param maxJsonBytes the largest document that is taken in JSON form; a larger one counts as bytes
 */
public record TagRecipe(
    TagForm form,
    HashAlgorithm hash,
    Optional<Salt> salt,
    Optional<Salt> formerSalt,
    List<PointerPattern> include,
    List<PointerPattern> ignore,
    TagStrength strength,
    int maxJsonBytes) {

  /** What holds where nothing else is said. */
  public static final TagRecipe DEFAULT =
      new TagRecipe(
          TagForm.BYTES,
          HashAlgorithm.SHA_256,
          Optional.empty(),
          List.of(),
          List.of(),
          TagStrength.STRONG,
          1 << 20);

  /** Copies the lists. */
  public TagRecipe {
    include = List.copyOf(include);
    ignore = List.copyOf(ignore);
  }

  /** A recipe that never had another salt. */
  public TagRecipe(
      TagForm form,
      HashAlgorithm hash,
      Optional<Salt> salt,
      List<PointerPattern> include,
      List<PointerPattern> ignore,
      TagStrength strength,
      int maxJsonBytes) {
    this(form, hash, salt, Optional.empty(), include, ignore, strength, maxJsonBytes);
  }

  /** The same recipe with another hash. */
  public TagRecipe with(HashAlgorithm other) {
    return new TagRecipe(form, other, salt, formerSalt, include, ignore, strength, maxJsonBytes);
  }

  /** The same recipe with another former salt, or none. */
  public TagRecipe withFormerSalt(Optional<Salt> other) {
    return new TagRecipe(form, hash, salt, other, include, ignore, strength, maxJsonBytes);
  }
}
