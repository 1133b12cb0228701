package dev.ifmatch.representation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.http.EntityTag;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class FingerprintPropertiesTest {

  private static final Salt SALT = new Salt("pepper");

  /** The kinds of buffers that a body can come in. */
  private static final List<UnaryOperator<ByteBuffer>> KINDS =
      List.of(
          heap -> heap,
          ByteBuffer::asReadOnlyBuffer,
          heap -> direct(heap),
          heap -> direct(heap).asReadOnlyBuffer());

  @Property
  void theTagDoesNotDependOnHowTheBytesArrive(
      @ForAll @Size(max = 300) byte[] content,
      @ForAll Coder coder,
      @ForAll HashAlgorithm hash,
      @ForAll boolean salted,
      @ForAll Random random) {
    byte[] bytes = coder.encode(content);
    TagRecipe recipe = recipe(hash, salted);
    Fingerprint whole = new Fingerprint(recipe, coder.coding);
    whole.update(ByteBuffer.wrap(bytes));
    Fingerprint split = new Fingerprint(recipe, coder.coding);
    for (int at = 0; at < bytes.length; ) {
      int length = random.nextInt(bytes.length - at + 1);
      ByteBuffer view = ByteBuffer.wrap(bytes, at, length);
      split.update(KINDS.get(random.nextInt(KINDS.size())).apply(view));
      at += length;
    }

    assertThat(split.tag()).isPresent().isEqualTo(whole.tag());
  }

  @Property
  void differentContentsHaveDifferentTags(
      @ForAll @Size(max = 20) byte[] one, @ForAll @Size(max = 20) byte[] two, @ForAll Coder coder) {
    assertThat(tag(one, coder).equals(tag(two, coder))).isEqualTo(Arrays.equals(one, two));
  }

  /** The two tags of one pass are those that two passes would make, in whatever form. */
  @Property
  void theFormerTagIsThatOfTheFormerSalt(
      @ForAll @Size(max = 300) byte[] content,
      @ForAll Coder coder,
      @ForAll HashAlgorithm hash,
      @ForAll TagForm form,
      @ForAll boolean document,
      @ForAll boolean salted) {
    byte[] said =
        document ? "{\"b\": [%d], \"a\": 1}".formatted(content.length).getBytes(UTF_8) : content;
    byte[] bytes = coder.encode(said);
    Optional<Salt> now = salted ? Optional.of(new Salt("salt")) : Optional.empty();
    TagRecipe recipe = recipe(form, hash, now).withFormerSalt(Optional.of(SALT));
    Fingerprint both = Fingerprint.withFormer(recipe, coder.coding);
    both.update(ByteBuffer.wrap(bytes));

    Optional<EntityTag> tag = both.tag();
    assertThat(tag).isPresent().isEqualTo(tag(recipe(form, hash, now), coder, bytes));
    assertThat(both.formerTag())
        .isPresent()
        .isEqualTo(tag(recipe(form, hash, Optional.of(SALT)), coder, bytes));
    assertThat(tag(recipe, coder, bytes)).as("where it is not asked for").isEqualTo(tag);
  }

  private static TagRecipe recipe(TagForm form, HashAlgorithm hash, Optional<Salt> salt) {
    return new TagRecipe(
        form, hash, salt, List.of(), List.of(), TagStrength.STRONG, Recipes.MAX_JSON_BYTES);
  }

  private static Optional<EntityTag> tag(TagRecipe recipe, Coder coder, byte[] coded) {
    Fingerprint fingerprint = new Fingerprint(recipe, coder.coding);
    fingerprint.update(ByteBuffer.wrap(coded));
    assertThat(fingerprint.formerTag()).isEmpty();
    return fingerprint.tag();
  }

  /** Else a suffix that belongs to the hash would be taken off with those of compressing hops. */
  @Property
  void noHashEndsLikeTheSuffixOfACoding(@ForAll byte[] content, @ForAll HashAlgorithm hash) {
    Fingerprint fingerprint = new Fingerprint(TagRecipe.DEFAULT.with(hash), ContentCoding.IDENTITY);
    fingerprint.update(ByteBuffer.wrap(content));
    EntityTag tag = fingerprint.tag().orElseThrow();

    // the last character holds two or four bits of the hash, padded with zeros
    assertThat(tag.opaque()).matches(".+[AEIMQUYcgkosw048]");
    assertThat(tag.withoutCoding()).isEqualTo(tag);
  }

  private static TagRecipe recipe(HashAlgorithm hash, boolean salted) {
    TagRecipe plain = TagRecipe.DEFAULT;
    return new TagRecipe(
        plain.form(),
        hash,
        salted ? Optional.of(SALT) : Optional.empty(),
        plain.include(),
        plain.ignore(),
        plain.strength(),
        plain.maxJsonBytes());
  }

  private static EntityTag tag(byte[] content, Coder coder) {
    Fingerprint fingerprint =
        new Fingerprint(TagRecipe.DEFAULT.with(HashAlgorithm.SHA_256), coder.coding);
    fingerprint.update(ByteBuffer.wrap(coder.encode(content)));
    return fingerprint.tag().orElseThrow();
  }

  private static ByteBuffer direct(ByteBuffer heap) {
    return ByteBuffer.allocateDirect(heap.remaining()).put(heap).flip();
  }
}
