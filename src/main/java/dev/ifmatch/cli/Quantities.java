package dev.ifmatch.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Amounts with their units, as options take them: {@code 250ms 5s 1m 1h}, {@code 64KiB 4MiB 1GiB}.
 */
final class Quantities {
  private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(B|KiB|MiB|GiB)");

  private Quantities() {}

  /**
   * Reads a duration.
   *
   * @throws IllegalArgumentException if it is none; the message says what one looks like
   */
  static Duration duration(String text) {
    Matcher matcher = TIME.matcher(text.trim());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'%s' is not a duration; write a number and ms, s, m or h, e.g. 5s".formatted(text));
    }
    long amount = Long.parseLong(matcher.group(1));
    Duration duration =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          default -> Duration.ofHours(amount);
        };
    if (duration.isZero() || duration.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("'%s' is not between 1ms and 24h".formatted(text));
    }
    return duration;
  }

  /**
   * Reads a number of bytes.
   *
   * @throws IllegalArgumentException if it is none; the message says what one looks like
   */
  static long bytes(String text) {
    Matcher matcher = SIZE.matcher(text.trim());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'%s' is not a size; write a number and B, KiB, MiB or GiB, e.g. 64KiB".formatted(text));
    }
    int shift =
        switch (matcher.group(2)) {
          case "B" -> 0;
          case "KiB" -> 10;
          case "MiB" -> 20;
          default -> 30;
        };
    return Long.parseLong(matcher.group(1)) << shift;
  }
}
