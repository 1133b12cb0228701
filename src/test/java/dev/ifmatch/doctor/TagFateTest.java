package dev.ifmatch.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.http.EntityTag;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tag at one end of a way and at the other. */
class TagFateTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
                   |              | NONE
          "x"      | "x"          | SAME
          W/"x"    | W/"x"        | SAME
          "x"      | "x-gzip"     | SUFFIXED
          "x"      | "x;gzip"     | SUFFIXED
          "x"      | "x--gzip"    | SUFFIXED
          "x-gzip" | "x"          | SUFFIXED
          "x"      | W/"x"        | WEAKENED
          "x"      | W/"x-gzip"   | WEAKENED
          "x-gzip" | W/"x"        | WEAKENED
          "x"      |              | STRIPPED
                   | "x"          | ADDED
          "x"      | "y"          | REPLACED
          "x"      | W/"y"        | REPLACED
          W/"x"    | "x"          | REPLACED
          """)
  void itsFate(String before, String after, TagFate fate) {
    assertThat(TagFate.of(tag(before), tag(after))).isEqualTo(fate);
  }

  private static Optional<EntityTag> tag(String text) {
    return Optional.ofNullable(text).map(EntityTag::parse);
  }
}
