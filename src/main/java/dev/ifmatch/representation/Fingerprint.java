package dev.ifmatch.representation;

import dev.ifmatch.http.EntityTag;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;

/**
 * Makes the entity-tag of one representation while its bytes pass by. For one use; not thread-safe.
 *
 * <p>The tag is the whole hash of the decoded bytes, or of what they say as JSON, in base64url (RFC
 * 4648 §5), and names the content coding it was sent in, so that two codings of one state never
 * share a strong tag.
 */
public final class Fingerprint {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final TagStrength strength;
  private final Form form;
  private final ContentCoding coding;
  private final Optional<CodedContent> coded;

  /** A fingerprint of content that arrives in the given coding. */
  public Fingerprint(TagRecipe recipe, ContentCoding coding) {
    Hash hash = recipe.hash().newHash(recipe.salt());
    this.strength = recipe.strength();
    this.form = recipe.form() == TagForm.JSON ? new JsonForm(recipe, hash) : new BytesForm(hash);
    this.coding = coding;
    this.coded =
        coding == ContentCoding.IDENTITY ? Optional.empty() : Optional.of(new CodedContent(coding));
  }

  /** Takes in the next bytes. Reads the view to its end and keeps no reference to it. */
  public void update(ByteBuffer view) {
    if (coded.isPresent()) {
      coded.get().add(view);
    } else {
      form.update(view);
    }
  }

  /**
   * The tag of all that was taken in. To be called once.
   *
   * @return empty where coded content is not what its coding says, or too large to be decoded
   */
  public Optional<EntityTag> tag() {
    if (coded.isPresent() && !coded.get().decodeInto(form)) {
      return Optional.empty();
    }
    EntityTag tag =
        new EntityTag(strength == TagStrength.WEAK, BASE64.encodeToString(form.digest()));
    return Optional.of(coded.isPresent() ? tag.withCoding(coding.toString()) : tag);
  }

  /** Why the tag is not of the form that the recipe asks for; known once {@link #tag} was asked. */
  public Optional<FormFallback> fallback() {
    return form.fallback();
  }
}
