package dev.ifmatch.config;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Amounts with their units, as options take them: {@code 250ms 5s 1m 1h}, {@code 64KiB 4MiB 1GiB}.
 */
public final class Quantities {
  private static final long MOST_MEMORY = 1L << 30;
  private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(B|KiB|MiB|GiB)");

  /** A duration. */
  static final Scalar<Duration> DURATION =
      Scalar.text("TIME", "a duration such as 5s", Quantities::duration, Quantities::text)
          .matching("^" + TIME + "$");

  /** A number of bytes. */
  static final Scalar<Long> BYTES =
      Scalar.text("SIZE", "a size such as 64KiB", Quantities::bytes, Quantities::text)
          .matching("^" + SIZE + "$");

  /** A number of bytes that are kept in memory. */
  static final Scalar<Integer> MEMORY =
      Scalar.text(
              "SIZE",
              "a size such as 64KiB, up to 1GiB",
              Quantities::memory,
              (Integer bytes) -> text(bytes.longValue()))
          .matching("^" + SIZE + "$");

  private Quantities() {}

  /**
   * Reads a duration.
   *
   * @throws IllegalArgumentException if it is none; the message says what one looks like
   */
  public static Duration duration(String text) {
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

  /** Writes a duration down: in the largest unit that it is a multiple of. */
  static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1_000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1_000;
    return seconds % 60 != 0
        ? seconds + "s"
        : seconds % 3_600 != 0 ? seconds / 60 + "m" : seconds / 3_600 + "h";
  }

  /** Writes a number of bytes down: in the largest unit that it is a multiple of. */
  static String text(long bytes) {
    List<String> units = List.of("B", "KiB", "MiB", "GiB");
    int unit = 0;
    long amount = bytes;
    while (amount > 0 && amount % 1024 == 0 && unit < units.size() - 1) {
      amount /= 1024;
      unit++;
    }
    return amount + units.get(unit);
  }

  private static int memory(String text) {
    long bytes = bytes(text);
    if (bytes > MOST_MEMORY) {
      throw new IllegalArgumentException("'%s' is more than 1GiB".formatted(text));
    }
    return (int) bytes;
  }
}
