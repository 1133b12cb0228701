package dev.ifmatch.representation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** However large a body is and whatever is in it, no slice of the work takes long. */
class SlicesTest {
  private static final int LARGE = 1 << 20;
  private static final int SLICE = 16 * 1024;

  /** Beginnings, pieces and ends that make up large bodies. */
  static Stream<Arguments> bodies() {
    return Stream.of(
            List.of("[0", ",{\"id\":%d,\"name\":\"Ada\",\"tags\":[1,2,3]}", "]"),
            List.of("{\"\":0", ",\"%x\":1", "}"),
            List.of("{\"\":0", ",\"the same beginning %x\":1", "}"),
            List.of("[0", ",%d", "]"),
            List.of("[0", ",[[],{}]", "]"),
            List.of("\"", "a long text ", "\""),
            List.of("\"", "\\u0061\\n", "\""),
            List.of("\"", "é😀", "\""),
            List.of("{\"", "a long name ", "\":1}"),
            List.of("", "          ", "1"),
            List.of("[0", ",0", ""),
            List.of("[0", ",1234567890", "}"),
            List.of("1", "0", ""))
        .map(parts -> Arguments.of(parts.get(0), parts.get(1), parts.get(2)));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void aLargeBodyTakesManySlicesOfWhichNoneHashesMuch(String start, String piece, String end) {
    byte[] body = large(start, piece, end);
    Recorder hash = new Recorder();
    JsonForm form = new JsonForm(Recipes.json(8 * LARGE), () -> hash);
    form.update(ByteBuffer.wrap(body));
    int slices = 1;
    int hashed = 0;
    while (!form.finish(SLICE)) {
      assertThat(hash.size() - hashed).isLessThanOrEqualTo(5 * SLICE);
      hashed = hash.size();
      slices++;
    }

    assertThat(slices).isGreaterThanOrEqualTo(body.length / SLICE);
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void whereItIsSlicedDoesNotMatter(String start, String piece, String end) {
    byte[] body = large(start, piece, end);
    TagRecipe recipe = Recipes.json(8 * LARGE);
    Fingerprint whole = new Fingerprint(recipe, ContentCoding.IDENTITY);
    whole.update(ByteBuffer.wrap(body));
    while (!whole.finish(Integer.MAX_VALUE)) {
      assertThat(whole.fallback()).isEmpty();
    }
    Fingerprint sliced = new Fingerprint(recipe, ContentCoding.IDENTITY);
    for (int at = 0; at < body.length; at += 100_000) {
      sliced.update(ByteBuffer.wrap(body, at, Math.min(100_000, body.length - at)));
      sliced.advance(70_000);
    }
    while (!sliced.finish(977)) {
      assertThat(whole.fallback()).isEqualTo(sliced.fallback().or(whole::fallback));
    }

    assertThat(sliced.tag()).isPresent().isEqualTo(whole.tag());
    assertThat(sliced.fallback()).isEqualTo(whole.fallback());
  }

  /** The piece that shows that a body is too large must not find all of it unhashed. */
  @Test
  void whatIsTooLargeIsHashedWhileItComesIn() {
    Recorder hash = new Recorder();
    JsonForm form = new JsonForm(Recipes.json(LARGE), () -> hash);
    byte[] piece = "0".repeat(SLICE).getBytes(UTF_8);
    int hashed = 0;
    for (int sent = 0; sent < 2 * LARGE; sent += piece.length) {
      form.update(ByteBuffer.wrap(piece));
      assertThat(hash.size() - hashed).isLessThanOrEqualTo(4 * SLICE);
      hashed = hash.size();
    }

    assertThat(hash.size()).isEqualTo(2 * LARGE);
    assertThat(form.fallback()).contains(FormFallback.TOO_LARGE);
  }

  @ParameterizedTest
  @MethodSource("dev.ifmatch.representation.SlicesTest#coders")
  void whatIsDecodedIsSlicedToo(Coder coder) {
    byte[] body = large("[0", ",{\"id\":%d}", "]");
    Fingerprint fingerprint = new Fingerprint(Recipes.json(8 * LARGE), coder.coding);
    fingerprint.update(ByteBuffer.wrap(coder.encode(body)));
    int slices = 1;
    while (!fingerprint.finish()) {
      slices++;
    }

    assertThat(slices).isGreaterThan(body.length / SLICE);
    assertThat(fingerprint.fallback()).isEmpty();
    assertThat(fingerprint.tag().map(tag -> tag.withoutCoding()))
        .isEqualTo(Optional.of(Recipes.Tagged.of(Recipes.json(8 * LARGE), body).tag()));
  }

  static Stream<Coder> coders() {
    return Stream.of(Coder.values()).filter(coder -> coder != Coder.PLAIN);
  }

  @ParameterizedTest
  @MethodSource("duplicates")
  void aDuplicateIsFoundHoweverManyNamesThereAre(int first, int second) {
    StringBuilder object = new StringBuilder("{\"\":0");
    for (int i = 0; i < 3000; i++) {
      object.append(",\"member %d\":1".formatted(i == second ? first : i));
    }
    Fingerprint fingerprint = new Fingerprint(Recipes.JSON, ContentCoding.IDENTITY);
    fingerprint.update(ByteBuffer.wrap(object.append('}').toString().getBytes(UTF_8)));
    boolean finished = false;
    while (!finished) {
      finished = fingerprint.finish(100);
    }

    assertThat(fingerprint.fallback())
        .isEqualTo(first == second ? Optional.empty() : Optional.of(FormFallback.DUPLICATE_NAME));
  }

  static Stream<Arguments> duplicates() {
    return Stream.of(
        Arguments.of(5, 5), // none
        Arguments.of(0, 1),
        Arguments.of(7, 8),
        Arguments.of(0, 2999),
        Arguments.of(1024, 2047),
        Arguments.of(2998, 2999));
  }

  private static byte[] large(String start, String piece, String end) {
    StringBuilder body = new StringBuilder(start);
    for (int i = 0; body.length() < LARGE; i++) {
      body.append(piece.formatted(i));
    }
    return body.append(end).toString().getBytes(UTF_8);
  }
}
