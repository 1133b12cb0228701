package dev.ifmatch.representation;

import dev.ifmatch.http.EntityTag;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes the entity-tag of one representation while its bytes pass by. For one use; not thread-safe.
 *
 * <p>The tag is the whole hash of the decoded bytes, or of what they say as JSON, in base64url (RFC
 * 4648 §5), and names the content coding it was sent in, so that two codings of one state never
 * share a strong tag.
 *
 * <p>To make a tag of JSON or of coded content takes long. It can be done in slices, each of which
 * takes some tens of microseconds at most, so that others have their turn in between.
 */
public final class Fingerprint {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  /** How many bytes are read in a slice: some 16 KiB where a tenth of them are values. */
  private static final int SLICE_BYTES = 24 * 1024;

  private final TagStrength strength;
  private final Form form;
  private final ContentCoding coding;
  private final Optional<CodedContent> coded;
  private final boolean twin;
  private Optional<EntityTag> formerTag = Optional.empty();

  /** A fingerprint of content that arrives in the given coding. */
  public Fingerprint(TagRecipe recipe, ContentCoding coding) {
    this(recipe, coding, false);
  }

  /** The same, which also makes the tag that the content had with the former salt, if any. */
  public static Fingerprint withFormer(TagRecipe recipe, ContentCoding coding) {
    return new Fingerprint(recipe, coding, recipe.formerSalt().isPresent());
  }

  private Fingerprint(TagRecipe recipe, ContentCoding coding, boolean twin) {
    Supplier<Hash> now = () -> recipe.hash().newHash(recipe.salt());
    Supplier<Hash> hashes =
        twin ? () -> new TwinHash(now.get(), recipe.hash().newHash(recipe.formerSalt())) : now;
    this.twin = twin;
    Form plain =
        recipe.form() == TagForm.JSON ? new JsonForm(recipe, hashes) : new BytesForm(hashes.get());
    this.strength = recipe.strength();
    this.coding = coding;
    this.coded =
        coding == ContentCoding.IDENTITY
            ? Optional.empty()
            : Optional.of(new CodedContent(coding, plain));
    this.form = coded.isPresent() ? coded.get() : plain;
  }

  /** Takes in the next bytes. Reads the view to its end and keeps no reference to it. */
  public void update(ByteBuffer view) {
    form.update(view);
  }

  /** Does a slice of the work that can be done while more bytes may come. */
  public void advance() {
    advance(SLICE_BYTES);
  }

  /**
   * Does a slice of the work that is left when no more bytes come. To be called until nothing is
   * left; else {@link #tag} does it all at once.
   *
   * @return whether nothing is left
   */
  public boolean finish() {
    return finish(SLICE_BYTES);
  }

  /**
   * The tag of all that was taken in. To be called once.
   *
   * @return empty where coded content is not what its coding says, or too large to be decoded
   */
  public Optional<EntityTag> tag() {
    boolean finished = finish();
    while (!finished) {
      finished = finish();
    }
    if (!coded.map(CodedContent::isDecodable).orElse(true)) {
      return Optional.empty();
    }
    byte[] digest = form.digest();
    if (!twin) {
      return Optional.of(tag(digest));
    }
    formerTag = Optional.of(tag(TwinHash.secondOf(digest)));
    return Optional.of(tag(TwinHash.firstOf(digest)));
  }

  private EntityTag tag(byte[] digest) {
    EntityTag tag = new EntityTag(strength == TagStrength.WEAK, BASE64.encodeToString(digest));
    return coded.isPresent() ? tag.withCoding(coding.toString()) : tag;
  }

  /**
   * The tag that the former salt made of the same content; known once {@link #tag} was asked, where
   * it is made at all.
   */
  public Optional<EntityTag> formerTag() {
    return formerTag;
  }

  /** Why the tag is not of the form that the recipe asks for; known once {@link #tag} was asked. */
  public Optional<FormFallback> fallback() {
    return form.fallback();
  }

  void advance(int budget) {
    form.advance(budget);
  }

  boolean finish(int budget) {
    return form.finish(budget);
  }
}
