package dev.ifmatch.http;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An HTTP-date (RFC 9110 §5.6.7): one second of time.
 *
 * @param instant the time, cut to whole seconds
 */
public record HttpDate(Instant instant) implements Comparable<HttpDate> {
  private static final DateTimeFormatter IMF_FIXDATE = form("EEE, dd MMM ", " HH:mm:ss 'GMT'");
  private static final DateTimeFormatter ASCTIME = form("EEE MMM ppd HH:mm:ss ", "");

  /** Two-digit years stand for 1970 to 2069, so that reading a date needs no clock. */
  private static final DateTimeFormatter RFC_850 =
      new DateTimeFormatterBuilder()
          .appendPattern("EEEE, dd-MMM-")
          .appendValueReduced(ChronoField.YEAR, 2, 2, 1970)
          .appendPattern(" HH:mm:ss 'GMT'")
          .toFormatter(Locale.ENGLISH)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final List<DateTimeFormatter> FORMS = List.of(IMF_FIXDATE, RFC_850, ASCTIME);

  /** Cuts the time to whole seconds, since the field can carry no more. */
  public HttpDate {
    instant = instant.truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * Reads any of the three forms that a recipient must accept: IMF-fixdate, RFC 850, asctime.
   *
   * @throws IllegalArgumentException if the text is none of them
   */
  public static HttpDate parse(String text) {
    return FixdateReader.read(text)
        .map(HttpDate::new)
        .or(() -> parseAnyForm(text.trim()))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "an HTTP-date is written like Sun, 06 Nov 1994 08:49:37 GMT"));
  }

  private static Optional<HttpDate> parseAnyForm(String text) {
    return FORMS.stream().flatMap(form -> parse(text, form).stream()).findFirst();
  }

  private static Optional<HttpDate> parse(String text, DateTimeFormatter form) {
    try {
      return Optional.of(new HttpDate(LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC)));
    } catch (DateTimeParseException notThisForm) {
      return Optional.empty();
    }
  }

  /** Whether this is a later second than the other. */
  public boolean isAfter(HttpDate other) {
    return instant.isAfter(other.instant);
  }

  @Override
  public int compareTo(HttpDate other) {
    return instant.compareTo(other.instant);
  }

  /** The preferred form, IMF-fixdate: {@code Sun, 06 Nov 1994 08:49:37 GMT}. */
  @Override
  public String toString() {
    return IMF_FIXDATE.format(instant.atOffset(ZoneOffset.UTC));
  }

  /** With a year of four digits between: none that has more of them, or a sign. */
  private static DateTimeFormatter form(String beforeYear, String behindYear) {
    return new DateTimeFormatterBuilder()
        .appendPattern(beforeYear)
        .appendValue(ChronoField.YEAR, 4)
        .appendPattern(behindYear)
        .toFormatter(Locale.ENGLISH)
        .withResolverStyle(ResolverStyle.STRICT);
  }
}
