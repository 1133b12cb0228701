package dev.ifmatch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {
  private static final String EXAMPLE = "Sun, 06 Nov 1994 08:49:37 GMT";

  /** The examples of RFC 9110 §5.6.7, and dates at the edges. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      textBlock =
          """
          Sun, 06 Nov 1994 08:49:37 GMT   | 1994-11-06T08:49:37Z
          Sunday, 06-Nov-94 08:49:37 GMT  | 1994-11-06T08:49:37Z
          Sun Nov  6 08:49:37 1994        | 1994-11-06T08:49:37Z
          Wed Nov 16 08:49:37 1994        | 1994-11-16T08:49:37Z
          ' Thu, 01 Jan 1970 00:00:00 GMT'| 1970-01-01T00:00:00Z
          Tue, 29 Feb 2000 23:59:59 GMT   | 2000-02-29T23:59:59Z
          Thu, 30 Sep 2038 12:00:00 GMT   | 2038-09-30T12:00:00Z
          Thursday, 01-Jan-70 00:00:00 GMT| 1970-01-01T00:00:00Z
          Friday, 31-Dec-99 23:59:59 GMT  | 1999-12-31T23:59:59Z
          Saturday, 01-Jan-00 00:00:00 GMT| 2000-01-01T00:00:00Z
          Tuesday, 31-Dec-69 23:59:59 GMT | 2069-12-31T23:59:59Z
          """)
  void readsAllThreeForms(String text, Instant instant) {
    assertThat(HttpDate.parse(text).instant()).isEqualTo(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "784111777",
        "1994-11-06T08:49:37Z",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 08:49:37 +0000",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 94 08:49:37 GMT",
        "Sun, 06 November 1994 08:49:37 GMT",
        "sun, 06 nov 1994 08:49:37 gmt",
        "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:60:37 GMT",
        "Mon, 06 Nov 1994 08:49:37 GMT", // it was a Sunday
        "Mon, 28 Feb 1994 08:49:37 GMT, Mon, 28 Feb 1994 08:49:37 GMT",
        "Mon, 31 Feb 1994 08:49:37 GMT", // not the last of February either, which was a Monday
        "Tue, 29 Feb 1994 08:49:37 GMT",
        "Sun, 06-Nov-94 08:49:37 GMT",
        "Sunday, 06-Nov-1994 08:49:37 GMT",
        "Sun Nov 6 08:49:37 1994",
        "Sun Nov 06 08:49:37 1994 GMT",
      })
  void refusesWhatIsNoneOfThem(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HttpDate.parse(text))
        .withMessageContaining(EXAMPLE);
  }

  @Test
  void printsThePreferredForm() {
    assertThat(HttpDate.parse("Sun Nov  6 08:49:37 1994")).hasToString(EXAMPLE);
    assertThat(new HttpDate(Instant.EPOCH)).hasToString("Thu, 01 Jan 1970 00:00:00 GMT");
  }

  @Property
  void whatIsPrintedIsReadBack(@ForAll @LongRange(min = 0, max = 253_402_300_799L) long second) {
    HttpDate date = new HttpDate(Instant.ofEpochSecond(second));

    assertThat(HttpDate.parse(date.toString())).isEqualTo(date);
  }

  @Test
  void fractionsOfASecondAreCut() {
    HttpDate whole = new HttpDate(Instant.parse("1994-11-06T08:49:37Z"));
    HttpDate fraction = new HttpDate(Instant.parse("1994-11-06T08:49:37.999Z"));

    assertThat(fraction).isEqualTo(whole);
    assertThat(fraction.isAfter(whole)).isFalse();
  }

  @Test
  void datesAreOrderedByTime() {
    HttpDate first = HttpDate.parse("Sun, 06 Nov 1994 08:49:37 GMT");
    HttpDate next = HttpDate.parse("Sun, 06 Nov 1994 08:49:38 GMT");

    assertThat(first).isLessThan(next).isEqualByComparingTo(HttpDate.parse(EXAMPLE));
    assertThat(next.isAfter(first)).isTrue();
    assertThat(first.isAfter(next)).isFalse();
    assertThat(first.isAfter(first)).isFalse();
  }
}
