package dev.ifmatch.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.ifmatch.Claim;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Any text is a date just if the platform's formatter takes it for one, and then for the same. */
public final class HttpDateFuzz {
  private static final long FIRST_SECOND = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
  private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  /** The shapes that a date can have at all (RFC 9110 §5.6.7). */
  private static final Pattern SHAPE =
      Pattern.compile(
          "[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT"
              + "|[A-Z][a-z]+, \\d\\d-[A-Z][a-z]{2}-\\d\\d \\d\\d:\\d\\d:\\d\\d GMT"
              + "|[A-Z][a-z]{2} [A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d \\d{4}");

  private HttpDateFuzz() {}

  /** Reads the input as a date, and as a number of seconds of which one is written. */
  public static void fuzzerTestOneInput(byte[] input) {
    text(new String(input, ISO_8859_1));
    if (input.length >= Long.BYTES) {
      long span = LAST_SECOND - FIRST_SECOND + 1;
      second(FIRST_SECOND + Math.floorMod(ByteBuffer.wrap(input).getLong(), span));
    }
  }

  private static void text(String text) {
    Optional<Instant> fast = FixdateReader.read(text);
    fast.ifPresent(
        read -> Claim.that(fast.equals(byPlatform(text)), "is the platform's date", text, read));
    try {
      HttpDate date = HttpDate.parse(text);
      Claim.that(SHAPE.matcher(text.trim()).matches(), "has one of three shapes", text);
      Claim.that(HttpDate.parse(date.toString()).equals(date), "is the same written anew", text);
    } catch (IllegalArgumentException refused) {
      Claim.that(fast.isEmpty(), "what is read fast is read", text);
    }
  }

  private static void second(long second) {
    HttpDate date = new HttpDate(Instant.ofEpochSecond(second));
    Optional<Instant> read = FixdateReader.read(date.toString());
    Claim.that(read.equals(Optional.of(date.instant())), "what is written is read fast", date);
  }

  private static Optional<Instant> byPlatform(String text) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
    } catch (DateTimeParseException notOne) {
      return Optional.empty();
    }
  }
}
