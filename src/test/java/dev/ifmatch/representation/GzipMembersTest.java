package dev.ifmatch.representation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * The coding {@code gzip} is taken off as Java's own stream does it, where that comes to an end.
 */
class GzipMembersTest {
  private static final byte[] EMPTY = Coder.GZIP.encode(new byte[0]);

  private static byte[] gzip(String text) {
    return Coder.GZIP.encode(text.getBytes(ISO_8859_1));
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** A member whose head has all the fields of RFC 1952 §2.3.1 but the check sum. */
  private static byte[] decorated(byte[] member) {
    byte[] head = Arrays.copyOf(member, 10);
    head[3] = 4 | 8 | 16;
    byte[] fields = "\2\0abname\0a comment\0".getBytes(ISO_8859_1);
    return concat(head, fields, Arrays.copyOfRange(member, 10, member.length));
  }

  /** The content; empty where it cannot be had. */
  private static Optional<String> decoded(byte[] coded) {
    StringBuilder text = new StringBuilder();
    try (GzipMembers members = new GzipMembers(coded, coded.length)) {
      byte[] piece = new byte[3];
      for (int read = members.read(piece, 0, 3); read >= 0; read = members.read(piece, 0, 3)) {
        text.append(new String(piece, 0, read, ISO_8859_1));
      }
    } catch (IOException damaged) {
      return Optional.empty();
    }
    return Optional.of(text.toString());
  }

  private static Optional<String> decodedByJava(byte[] coded) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(coded))) {
      return Optional.of(new String(in.readAllBytes(), ISO_8859_1));
    } catch (IOException damaged) {
      return Optional.empty();
    }
  }

  @Test
  void membersCountTogether() {
    assertThat(decoded(concat(gzip("one, "), EMPTY, gzip("two, "), EMPTY, gzip("three"), EMPTY)))
        .contains("one, two, three");
    assertThat(decoded(concat(decorated(gzip("a")), decorated(EMPTY), decorated(gzip("b")))))
        .contains("ab");
  }

  /** Every way to damage an octet of the head, the content or the check sums. */
  @Test
  void damageIsSeenWhereJavaSeesIt() {
    byte[] whole = concat(decorated(gzip("the first")), gzip("the second, of more octets"));
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x55;
      assertThat(decoded(damaged)).as("damaged at %d", at).isEqualTo(decodedByJava(damaged));
    }
    byte[] behind = concat(whole, new byte[30]);
    assertThat(decoded(behind)).isPresent().isEqualTo(decodedByJava(behind));
  }

  /** Java passes over a member of which there is too little, where it can be read as one, too. */
  @Test
  void aMemberThatIsCutIsNotPassedOver() {
    byte[] first = decorated(gzip("the first"));
    byte[] whole = concat(first, gzip("the second"));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      boolean headOfSecondIsCut = length >= first.length && length < first.length + 10;
      assertThat(decoded(cut))
          .as("cut to %d", length)
          .isEqualTo(headOfSecondIsCut ? Optional.of("the first") : Optional.empty());
    }
  }

  /** Each takes a step, so that the slices stay short; nothing goes deeper with each. */
  @Test
  void manyEmptyMembersTakeManySlices() {
    byte[] many = new byte[200_000 * EMPTY.length];
    for (int at = 0; at < many.length; at += EMPTY.length) {
      System.arraycopy(EMPTY, 0, many, at, EMPTY.length);
    }
    Fingerprint made = new Fingerprint(TagRecipe.DEFAULT, ContentCoding.GZIP);
    made.update(ByteBuffer.wrap(many));
    int slices = 1;
    while (!made.finish()) {
      slices++;
    }
    assertThat(slices).isGreaterThan(1_000);

    Fingerprint empty = new Fingerprint(TagRecipe.DEFAULT, ContentCoding.GZIP);
    empty.update(ByteBuffer.wrap(EMPTY));
    assertThat(made.tag()).isPresent().isEqualTo(empty.tag());
  }
}
