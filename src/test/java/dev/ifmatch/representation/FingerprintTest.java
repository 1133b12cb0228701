package dev.ifmatch.representation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.http.EntityTag;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
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
  })
  void isTheWholeHashInBase64Url(String hash, String opaque) {
    Fingerprint fingerprint =
        new Fingerprint(TagRecipe.DEFAULT.with(HashAlgorithm.of(hash)), ContentCoding.IDENTITY);
    fingerprint.update(ByteBuffer.wrap("abc".getBytes(UTF_8)));

    assertThat(fingerprint.tag()).contains(EntityTag.strong(opaque));
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
