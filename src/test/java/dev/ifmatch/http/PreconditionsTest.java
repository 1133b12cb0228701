package dev.ifmatch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ifmatch.http.Preconditions.ReadOutcome;
import dev.ifmatch.http.Preconditions.WriteOutcome;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 §13.2.2, step by step. An empty cell means that the field was not sent. */
class PreconditionsTest {
  private static final Optional<HttpDate> NOON =
      Optional.of(HttpDate.parse("Sun, 06 Nov 1994 12:00:00 GMT"));
  private static final Optional<EntityTag> NOW = Optional.of(EntityTag.strong("now"));
  private static final Optional<EntityTag> OWN = Optional.of(EntityTag.strong("own"));

  private static final Map<String, ResourceState> STATES =
      Map.of(
          "absent", new ResourceState.Absent(),
          "now", new ResourceState.Present(Optional.empty(), NOW, NOON),
          "now, undated", new ResourceState.Present(Optional.empty(), NOW, Optional.empty()),
          "own", new ResourceState.Present(OWN, Optional.empty(), NOON),
          "own and now", new ResourceState.Present(OWN, NOW, NOON),
          "own-gzip",
              new ResourceState.Present(
                  OWN.map(tag -> tag.withCoding("gzip")), Optional.empty(), NOON));

  /** The answer has the tag "now" and was modified at noon. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      textBlock =
          """
          # If-Match   | If-Unm.-Since | If-None-Match  | If-Mod.-Since | outcome
                       |               |                |               | PROCEED
          # step 1: If-Match, compared strongly
          "now"        |               |                |               | PROCEED
          '"old","now"'|               |                |               | PROCEED
          *            |               |                |               | PROCEED
          "old"        |               |                |               | FAILED
          W/"now"      |               |                |               | FAILED
          "now-gzip"   |               |                |               | FAILED
          # step 2: If-Unmodified-Since, only without If-Match
                       | earlier       |                |               | FAILED
                       | noon          |                |               | PROCEED
                       | later         |                |               | PROCEED
          "now"        | earlier       |                |               | PROCEED
          *            | earlier       |                |               | PROCEED
          "old"        | later         |                |               | FAILED
          # step 3: If-None-Match, compared weakly
                       |               | "now"          |               | NOT_MODIFIED
                       |               | W/"now"        |               | NOT_MODIFIED
                       |               | '"old","now"'  |               | NOT_MODIFIED
                       |               | *              |               | NOT_MODIFIED
                       |               | "old"          |               | PROCEED
                       |               | "now-gzip"     |               | PROCEED
          "now"        |               | "now"          |               | NOT_MODIFIED
          "now"        |               | "old"          |               | PROCEED
          "old"        |               | "now"          |               | FAILED
                       | earlier       | "now"          |               | FAILED
                       | later         | "now"          |               | NOT_MODIFIED
          # step 4: If-Modified-Since, only without If-None-Match
                       |               |                | earlier       | PROCEED
                       |               |                | noon          | NOT_MODIFIED
                       |               |                | later         | NOT_MODIFIED
                       |               | "old"          | later         | PROCEED
                       |               | "now"          | earlier       | NOT_MODIFIED
          "now"        |               |                | noon          | NOT_MODIFIED
          "old"        |               |                | noon          | FAILED
                       | noon          |                | noon          | NOT_MODIFIED
                       | earlier       |                | noon          | FAILED
          "now"        | earlier       | "old"          | later         | PROCEED
          "now"        | earlier       | "now"          | earlier       | NOT_MODIFIED
          # malformed: as if not sent
          now          |               |                |               | PROCEED
          now          | earlier       |                |               | FAILED
          '*, "old"'   |               |                |               | PROCEED
                       | at noon       |                |               | PROCEED
                       |               | now            |               | PROCEED
                       |               | now            | noon          | NOT_MODIFIED
                       |               |                | at noon       | PROCEED
          """)
  void evaluatesARead(
      String ifMatch, String unmodified, String ifNone, String modified, ReadOutcome outcome) {
    Preconditions conditions = Preconditions.ofRead(fields(ifMatch, unmodified, ifNone, modified));

    assertThat(conditions.evaluateRead(NOW, NOON)).isEqualTo(outcome);
  }

  /** What there is nothing to compare with cannot match; a date is then as if not sent. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      textBlock =
          """
          # If-Match | If-Unm.-Since | If-None-Match | If-Mod.-Since | outcome
          "now"      |               |               |               | FAILED
          *          |               |               |               | PROCEED
                     | earlier       |               |               | PROCEED
                     |               | "now"         |               | PROCEED
                     |               | *             |               | NOT_MODIFIED
                     |               |               | later         | PROCEED
          """)
  void evaluatesAReadOfAnAnswerWithoutValidators(
      String ifMatch, String unmodified, String ifNone, String modified, ReadOutcome outcome) {
    Preconditions conditions = Preconditions.ofRead(fields(ifMatch, unmodified, ifNone, modified));

    assertThat(conditions.evaluateRead(Optional.empty(), Optional.empty())).isEqualTo(outcome);
  }

  @Test
  void aWeaklyTaggedAnswerServesIfNoneMatchOnly() {
    Optional<EntityTag> weak = Optional.of(new EntityTag(true, "now"));
    Preconditions ifMatch = Preconditions.ofRead(FieldList.of("If-Match", "\"now\""));
    Preconditions ifNoneMatch = Preconditions.ofRead(FieldList.of("If-None-Match", "\"now\""));

    assertThat(ifMatch.evaluateRead(weak, NOON)).isEqualTo(ReadOutcome.FAILED);
    assertThat(ifNoneMatch.evaluateRead(weak, NOON)).isEqualTo(ReadOutcome.NOT_MODIFIED);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      textBlock =
          """
          # state       | If-Match         | If-Unm.-Since | If-None-Match | outcome
          now           |                  |               |               | UNSTATED
          # If-Match, compared strongly
          now           | "now"            |               |               | CONFIRMED
          now           | '"old","now"'    |               |               | CONFIRMED
          now           | *                |               |               | CONFIRMED
          now           | "old"            |               |               | STALE
          now           | "NOW"            |               |               | STALE
          now           | W/"now"          |               |               | WEAK
          now           | W/"old"          |               |               | STALE
          now           | '"old",W/"now"'  |               |               | WEAK
          now           | 'W/"now","old"'  |               |               | WEAK
          now           | 'W/"now","now"'  |               |               | CONFIRMED
          # the suffix of a compressing hop is taken off
          now           | "now-gzip"       |               |               | CONFIRMED
          now           | "now--gzip"      |               |               | CONFIRMED
          now           | "now;gzip"       |               |               | CONFIRMED
          now           | W/"now-gzip"     |               |               | WEAK
          now           | "old-gzip"       |               |               | STALE
          now           | "now-gzip-br"    |               |               | STALE
          # If-Unmodified-Since, only without If-Match
          now           |                  | earlier       |               | MODIFIED
          now           |                  | noon          |               | UNSTATED
          now           |                  | later         |               | UNSTATED
          now           | "now"            | earlier       |               | CONFIRMED
          now           | "old"            | later         |               | STALE
          now, undated  |                  | later         |               | UNDATED
          now, undated  | "now"            | later         |               | CONFIRMED
          # If-None-Match, the whole tag, compared weakly
          now           |                  |               | *             | EXISTS
          now           |                  |               | "now"         | EXISTS
          now           |                  |               | W/"now"       | EXISTS
          now           |                  |               | '"old","now"' | EXISTS
          now           |                  |               | "old"         | UNSTATED
          now           |                  |               | "now-gzip"    | UNSTATED
          now           | "now"            |               | *             | EXISTS
          now           | *                |               | "now"         | EXISTS
          now           | "now"            |               | "old"         | CONFIRMED
          now           | "old"            |               | *             | STALE
          now           | W/"now"          |               | *             | WEAK
          now           |                  | later         | *             | EXISTS
          now           |                  | later         | "old"         | UNSTATED
          now           |                  | earlier       | *             | MODIFIED
          now, undated  |                  | later         | *             | UNDATED
          # the origin's own tag, with and without ours beside it
          own           | "own"            |               |               | CONFIRMED
          own           | "own-gzip"       |               |               | CONFIRMED
          own           | "now"            |               |               | STALE
          own           | W/"own"          |               |               | WEAK
          own and now   | "own"            |               |               | CONFIRMED
          own and now   | "now"            |               |               | CONFIRMED
          own and now   | "now-deflate"    |               |               | CONFIRMED
          own and now   | W/"now"          |               |               | WEAK
          own and now   | "old"            |               |               | STALE
          own and now   |                  |               | "own"         | EXISTS
          own and now   |                  |               | "now"         | EXISTS
          own and now   |                  |               | "old"         | UNSTATED
          own-gzip      | "own-gzip"       |               |               | CONFIRMED
          own-gzip      | "own"            |               |               | STALE
          # no current representation
          absent        |                  |               |               | UNSTATED
          absent        | "now"            |               |               | ABSENT
          absent        | *                |               |               | ABSENT
          absent        |                  | later         |               | ABSENT
          absent        |                  |               | *             | CONFIRMED
          absent        |                  |               | "old"         | CONFIRMED
          absent        | "now"            |               | *             | ABSENT
          absent        |                  | later         | *             | ABSENT
          """)
  void evaluatesAWrite(
      String state, String ifMatch, String unmodified, String ifNone, WriteOutcome outcome) {
    Preconditions conditions =
        Preconditions.ofWrite(fields(ifMatch, unmodified, ifNone, null), Comparison.STRICT);

    assertThat(conditions.evaluateWrite(STATES.get(state), Comparison.STRICT)).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      textBlock =
          """
          If-Match            | abc
          If-Match            | ''
          If-Match            | '*, "abc"'
          if-match            | "abc
          If-None-Match       | abc
          If-None-Match       | ''
          If-None-Match       | '"a" "b"'
          If-Unmodified-Since | yesterday
          If-Unmodified-Since | ''
          """)
  void aMalformedPreconditionOfAWriteIsNamed(String name, String value) {
    FieldList fields = FieldList.of("If-Match", "\"abc\"");
    fields.set(name, value);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Preconditions.ofWrite(fields, Comparison.STRICT))
        .withMessageMatching("(?i)" + name + ": .+");
  }

  @Test
  void aDateThatStandsTwiceIsMalformed() {
    FieldList twice = fields(null, "later", null, null).copy();
    twice.add("If-Unmodified-Since", "Sun, 06 Nov 1994 11:00:00 GMT");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Preconditions.ofWrite(twice, Comparison.STRICT))
        .withMessageStartingWith("If-Unmodified-Since: ");
    assertThat(Preconditions.ofRead(twice).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since"})
  void isEmptyOnlyIfNothingWasAsked(String name) {
    String value = name.endsWith("Since") ? "Sun, 06 Nov 1994 11:00:00 GMT" : "*";

    assertThat(Preconditions.NONE.isEmpty()).isTrue();
    assertThat(Preconditions.ofRead(new FieldList())).isEqualTo(Preconditions.NONE);
    assertThat(Preconditions.ofRead(FieldList.of(name, value)).isEmpty()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Sun, 06 Nov 1994 11:00:00 GMT", "yesterday"})
  void ifModifiedSinceMeansNothingOnAWrite(String value) {
    FieldList fields = FieldList.of("If-Modified-Since", value, "Range", "bytes=0-1");

    assertThat(Preconditions.ofWrite(fields, Comparison.STRICT)).isEqualTo(Preconditions.NONE);
  }

  @Test
  void aStateWithoutAnyTagCannotBeMade() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ResourceState.Present(Optional.empty(), Optional.empty(), NOON));
  }

  @Test
  void theOriginsOwnTagIsAnnounced() {
    assertThat(STATES.get("own and now").announcedTag()).isEqualTo(OWN);
    assertThat(STATES.get("now").announcedTag()).isEqualTo(NOW);
    assertThat(STATES.get("absent").announcedTag()).isEmpty();
  }

  private static FieldList fields(
      String ifMatch, String unmodified, String ifNoneMatch, String modified) {
    FieldList fields = new FieldList();
    add(fields, "If-Match", ifMatch);
    add(fields, "If-Unmodified-Since", date(unmodified));
    add(fields, "If-None-Match", ifNoneMatch);
    add(fields, "If-Modified-Since", date(modified));
    return fields;
  }

  private static void add(FieldList fields, String name, String value) {
    if (value != null) {
      fields.add(name, value);
    }
  }

  private static String date(String word) {
    Map<String, String> hours = Map.of("earlier", "11", "noon", "12", "later", "13");
    return word == null || !hours.containsKey(word)
        ? word
        : "Sun, 06 Nov 1994 %s:00:00 GMT".formatted(hours.get(word));
  }
}
