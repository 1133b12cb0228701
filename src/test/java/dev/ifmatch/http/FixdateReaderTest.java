package dev.ifmatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** The quick reading of a date agrees with the platform's strict one, also about what is none. */
class FixdateReaderTest {
  private static final long FIRST_SECOND = -62_135_596_800L; // year 1
  private static final long LAST_SECOND = 253_402_300_799L; // year 9999
  private static final DateTimeFormatter STRICT =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withResolverStyle(ResolverStyle.STRICT);

  @Property
  void readsEverySecond(@ForAll @LongRange(min = FIRST_SECOND, max = LAST_SECOND) long second) {
    Instant instant = Instant.ofEpochSecond(second);
    assertThat(FixdateReader.read(written(instant))).contains(instant);
  }

  @Property(tries = 20_000)
  void agreesOnWhatIsNearlyADate(
      @ForAll @LongRange(min = FIRST_SECOND, max = LAST_SECOND) long second,
      @ForAll @IntRange(max = 28) int index,
      @ForAll @IntRange(min = 0x1f, max = 0x7f) int character) {
    StringBuilder text = new StringBuilder(written(Instant.ofEpochSecond(second)));
    text.setCharAt(index, (char) character);
    assertThat(FixdateReader.read(text.toString())).isEqualTo(strictly(text.toString()));
  }

  /** Days that the month has not, hours that the day has not, and week days that are wrong. */
  @Property(tries = 20_000)
  void agreesOnNumbersThatAreNone(
      @ForAll @IntRange(max = 99) int day,
      @ForAll @IntRange(max = 99) int hour,
      @ForAll @IntRange(max = 9999) int year) {
    for (String month : new String[] {"Jan", "Feb", "Apr", "jan", "Jun"}) {
      String text =
          "Mon, %02d %s %04d %02d:%02d:%02d GMT".formatted(day, month, year, hour, hour, day);
      assertThat(FixdateReader.read(text)).isEqualTo(strictly(text));
    }
  }

  private static String written(Instant instant) {
    return STRICT.format(instant.atOffset(ZoneOffset.UTC));
  }

  private static Optional<Instant> strictly(String text) {
    try {
      return Optional.of(LocalDateTime.parse(text, STRICT).toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException none) {
      return Optional.empty();
    }
  }
}
