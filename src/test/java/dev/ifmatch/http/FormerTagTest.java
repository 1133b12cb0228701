package dev.ifmatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.http.Preconditions.ReadOutcome;
import dev.ifmatch.http.Preconditions.WriteOutcome;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A state that clients know by the tag "former", and that is now called "now". */
class FormerTagTest {
  private static final Optional<EntityTag> NOW = Optional.of(EntityTag.strong("now"));
  private static final Optional<EntityTag> FORMER = Optional.of(EntityTag.strong("former"));

  private static FieldList fields(String ifMatch, String ifNoneMatch) {
    FieldList fields = new FieldList();
    Optional.ofNullable(ifMatch).ifPresent(value -> fields.add("If-Match", value));
    Optional.ofNullable(ifNoneMatch).ifPresent(value -> fields.add("If-None-Match", value));
    return fields;
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      textBlock =
          """
          # If-Match         | If-None-Match | strict    | tolerant
          "former"           |               | CONFIRMED | CONFIRMED
          "now"              |               | CONFIRMED | CONFIRMED
          '"old", "former"'  |               | CONFIRMED | CONFIRMED
          "former-gzip"      |               | CONFIRMED | CONFIRMED
          "former--gzip"     |               | CONFIRMED | CONFIRMED
          W/"former"         |               | WEAK      | CONFIRMED
          '"old"'            |               | STALE     | STALE
          "FORMER"           |               | STALE     | STALE
                             | "former"      | EXISTS    | EXISTS
                             | W/"former"    | EXISTS    | EXISTS
                             | "old"         | UNSTATED  | UNSTATED
          "former"           | "former"      | EXISTS    | EXISTS
          "former"           | "old"         | CONFIRMED | CONFIRMED
          """)
  void aWrite(String ifMatch, String ifNoneMatch, WriteOutcome strict, WriteOutcome tolerant) {
    ResourceState state =
        new ResourceState.Present(Optional.empty(), NOW, FORMER, Optional.empty());
    for (Comparison comparison : Comparison.values()) {
      Preconditions asked = Preconditions.ofWrite(fields(ifMatch, ifNoneMatch), comparison);
      assertThat(asked.evaluateWrite(state, comparison))
          .isEqualTo(comparison == Comparison.STRICT ? strict : tolerant);
    }
    assertThat(state.announcedTag()).isEqualTo(NOW);
  }

  /** A cache that holds the content by its former tag gets it anew, with the tag of now. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      textBlock =
          """
          # If-Match         | If-None-Match      | outcome
          "former"           |                    | PROCEED
          '"old", "former"'  |                    | PROCEED
          W/"former"         |                    | FAILED
          "old"              |                    | FAILED
                             | "former"           | PROCEED
                             | '"former", "now"'  | NOT_MODIFIED
          "former"           | "now"              | NOT_MODIFIED
          "former"           | "former"           | PROCEED
          """)
  void aRead(String ifMatch, String ifNoneMatch, ReadOutcome outcome) {
    Preconditions asked = Preconditions.ofRead(fields(ifMatch, ifNoneMatch));
    assertThat(asked.evaluateRead(NOW, FORMER, Optional.empty())).isEqualTo(outcome);
  }
}
