package dev.ifmatch.representation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.http.EntityTag;
import dev.ifmatch.representation.Recipes.Tagged;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FingerprintTest {
  private static final byte[] CONTENT =
      "{\"name\":\"Ada\",\"city\":\"Turin\"}\n".repeat(40).getBytes(UTF_8);

  @ParameterizedTest
  @CsvSource({
    "sha-256, ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0",
    "sha-512, 3a81oZNherrMQXNJriBBMRLm-k6JqX6iCp7u5ktV05ohkpkqJ0_BqDa6PCOj_uu9RU1EI2Q86A4qmslPpUyknw",
    "sha-1, qZk-NkcGgWq6PiVxeFDCbJzQ2J0",
    "md5, kAFQmDzST7DWlj99KOF_cg",
    "xxh3, BrBatnM6YYV4r1-UiS85UA",
  })
  void isTheWholeHashInBase64Url(String hash, String opaque) {
    Fingerprint fingerprint =
        new Fingerprint(TagRecipe.DEFAULT.with(HashAlgorithm.of(hash)), ContentCoding.IDENTITY);
    fingerprint.update(ByteBuffer.wrap("abc".getBytes(UTF_8)));

    assertThat(fingerprint.tag()).contains(EntityTag.strong(opaque));
  }

  /** Test case 2 of RFC 4231 and RFC 2202. */
  @ParameterizedTest
  @CsvSource({
    "sha-256, W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM",
    "sha-512, Fkt6e_z4GeLjlfvnO1bgo4e9ZCIugx_WECcM1-olBVSXWL91wFqZSm0DT2X48Ob9yuqxo01Ka0tjbgcKOLznNw",
    "sha-1, 7_zfauXrL6LSdBbV8YTfnCWafHk",
    "md5, dQx4PmqwtQPqqG4xCl23OA",
  })
  void withASaltIsTheHmac(String hash, String opaque) {
    TagRecipe recipe = salted("Jefe").with(HashAlgorithm.of(hash));
    byte[] content = "what do ya want for nothing?".getBytes(UTF_8);

    for (ByteBuffer view : List.of(ByteBuffer.wrap(content), direct(content))) {
      Fingerprint fingerprint = new Fingerprint(recipe, ContentCoding.IDENTITY);
      fingerprint.update(view);
      assertThat(fingerprint.tag()).contains(EntityTag.strong(opaque));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anotherSaltIsAnotherTag(HashAlgorithm hash) {
    assertThat(
            Stream.of(TagRecipe.DEFAULT, salted("a"), salted("b"), salted("b "))
                .map(recipe -> Tagged.of(recipe.with(hash), CONTENT).tag()))
        .doesNotHaveDuplicates();
  }

  @Test
  void isMarkedWeakWhereTheRecipeSaysSo() {
    TagRecipe plain = TagRecipe.DEFAULT;
    TagRecipe weak =
        new TagRecipe(
            plain.form(),
            plain.hash(),
            plain.salt(),
            plain.include(),
            plain.ignore(),
            TagStrength.WEAK,
            plain.maxJsonBytes());
    Fingerprint coded = new Fingerprint(weak, ContentCoding.GZIP);
    coded.update(ByteBuffer.wrap(Coder.GZIP.encode(CONTENT)));
    String opaque = Tagged.of(plain, CONTENT).tag().opaque();

    assertThat(Tagged.of(weak, CONTENT).tag()).isEqualTo(new EntityTag(true, opaque));
    assertThat(coded.tag()).contains(new EntityTag(true, opaque + "-gzip"));
  }

  @Test
  void bytesThatAreAskedForAreNoFallback() {
    assertThat(Tagged.of(TagRecipe.DEFAULT, CONTENT).fallback()).isEmpty();
    assertThat(Tagged.of(TagRecipe.DEFAULT, new byte[0]).fallback()).isEmpty();
  }

  @Test
  void contentOfNoBytesHasATagToo() {
    assertThat(
            new Fingerprint(TagRecipe.DEFAULT.with(HashAlgorithm.SHA_256), ContentCoding.IDENTITY)
                .tag())
        .contains(EntityTag.strong("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"));
  }

  @ParameterizedTest
  @EnumSource
  void oneContentHasOneTagButForTheSuffixOfItsCoding(Coder coder) {
    String plain = tag(Coder.PLAIN, CONTENT).orElseThrow().opaque();

    assertThat(tag(coder, coder.encode(CONTENT))).contains(EntityTag.strong(plain + coder.suffix));
  }

  @ParameterizedTest
  @EnumSource
  void noContentAtAllCanBeCodedToo(Coder coder) {
    String plain = tag(Coder.PLAIN, new byte[0]).orElseThrow().opaque();

    assertThat(tag(coder, coder.encode(new byte[0])))
        .contains(EntityTag.strong(plain + coder.suffix));
  }

  @Test
  void howHardAnOriginCompressesDoesNotMatter() {
    byte[] twoMembers =
        concat(Coder.GZIP.encode(head(CONTENT, 7)), Coder.GZIP.encode(tail(CONTENT, 7)));

    assertThat(tag(Coder.GZIP, twoMembers)).isEqualTo(tag(Coder.GZIP, Coder.GZIP.encode(CONTENT)));
  }

  @ParameterizedTest
  @EnumSource
  void oneChangedBitChangesTheTag(Coder coder) {
    byte[] other = CONTENT.clone();
    other[other.length / 2] ^= 1;

    assertThat(tag(coder, coder.encode(other)))
        .isPresent()
        .isNotEqualTo(tag(coder, coder.encode(CONTENT)));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
  void contentThatWasCutOffHasNoTag(Coder coder) {
    byte[] coded = coder.encode(CONTENT);

    for (int length = 0; length < coded.length; length++) {
      assertThat(tag(coder, head(coded, length))).as("%d bytes", length).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
  void contentThatIsNotCodedAtAllHasNoTag(Coder coder) {
    assertThat(tag(coder, CONTENT)).isEmpty();
  }

  /** It would inflate to nothing, and so would every other. */
  @Test
  void contentThatAsksForAPresetDictionaryHasNoTag() {
    byte[] asking = Coder.ZLIB_DEFLATE.encode(CONTENT);
    asking[1] = 0x20;
    while (((asking[0] & 0xff) << 8 | (asking[1] & 0xff)) % 31 != 0) {
      asking[1]++;
    }

    assertThat(tag(Coder.ZLIB_DEFLATE, asking)).isEmpty();
  }

  @Test
  void contentWithADamagedChecksumHasNoTag() {
    byte[] gzip = Coder.GZIP.encode(CONTENT);
    gzip[gzip.length - 8] ^= 1;
    byte[] zlib = Coder.ZLIB_DEFLATE.encode(CONTENT);
    zlib[zlib.length - 1] ^= 1;

    assertThat(tag(Coder.GZIP, gzip)).isEmpty();
    assertThat(tag(Coder.ZLIB_DEFLATE, zlib)).isEmpty();
  }

  @Test
  void fewBytesThatHoldTooManyHaveNoTag() {
    byte[] fits = Coder.GZIP.encode(new byte[CodedContent.MAX_DECODED_BYTES]);
    byte[] bomb = Coder.GZIP.encode(new byte[CodedContent.MAX_DECODED_BYTES + 1]);

    assertThat(bomb).hasSizeLessThan(100_000);
    assertThat(tag(Coder.GZIP, fits)).isPresent();
    assertThat(tag(Coder.GZIP, bomb)).isEmpty();
  }

  @Test
  void moreCodedBytesThanAreKeptHaveNoTag() {
    byte[] incompressible = new byte[CodedContent.MAX_CODED_BYTES];
    new Random(1).nextBytes(incompressible);
    byte[] fits = Coder.GZIP.encode(head(incompressible, incompressible.length - 4096));
    byte[] tooMany = Coder.GZIP.encode(incompressible);

    assertThat(fits.length).isLessThan(CodedContent.MAX_CODED_BYTES);
    assertThat(tooMany.length).isGreaterThan(CodedContent.MAX_CODED_BYTES);
    assertThat(tag(Coder.GZIP, fits)).isPresent();
    assertThat(tag(Coder.GZIP, tooMany)).isEmpty();
    assertThat(tag(Coder.PLAIN, tooMany)).isPresent();
  }

  private static Optional<EntityTag> tag(Coder coder, byte[] bytes) {
    Fingerprint fingerprint =
        new Fingerprint(TagRecipe.DEFAULT.with(HashAlgorithm.MD5), coder.coding);
    for (int at = 0; at < bytes.length; at += 65_536) {
      fingerprint.update(ByteBuffer.wrap(bytes, at, Math.min(65_536, bytes.length - at)));
    }
    return fingerprint.tag();
  }

  private static TagRecipe salted(String salt) {
    TagRecipe plain = TagRecipe.DEFAULT;
    return new TagRecipe(
        plain.form(),
        plain.hash(),
        Optional.of(new Salt(salt)),
        plain.include(),
        plain.ignore(),
        plain.strength(),
        plain.maxJsonBytes());
  }

  private static ByteBuffer direct(byte[] content) {
    return ByteBuffer.allocateDirect(content.length).put(content).flip().asReadOnlyBuffer();
  }

  private static byte[] head(byte[] bytes, int length) {
    return Arrays.copyOf(bytes, length);
  }

  private static byte[] tail(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, from, bytes.length);
  }

  private static byte[] concat(byte[] one, byte[] two) {
    byte[] both = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    return both;
  }
}
