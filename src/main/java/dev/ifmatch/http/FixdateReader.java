package dev.ifmatch.http;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.Year;
import java.util.Optional;

/**
 * Reads an IMF-fixdate (RFC 9110 §5.6.7) in the spelling that nearly all are sent in, at a
 * hundredth of a formatter's cost: every answer of an origin may carry one. What it does not take
 * may still be a date.
 */
final class FixdateReader {
  private static final String SHAPE = "ddd, 00 mmm 0000 00:00:00 GMT";
  private static final String DAYS = "MonTueWedThuFriSatSun";
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
  private static final int NAME_LENGTH = 3;
  private static final int DAY_SECONDS = 86_400;

  private FixdateReader() {}

  /** The time that is written; empty where it is not written in just this way. */
  static Optional<Instant> read(String text) {
    if (!hasShape(text)) {
      return Optional.empty();
    }
    int weekday = name(text, 0, DAYS);
    int day = number(text, 5, 7);
    int month = name(text, 8, MONTHS);
    int year = number(text, 12, 16);
    int hour = number(text, 17, 19);
    int minute = number(text, 20, 22);
    int second = number(text, 23, 25);
    if (month < 0 || day < 1 || hour > 23 || minute > 59 || second > 59) {
      return Optional.empty();
    }
    Month named = Month.of(month + 1);
    if (day > named.length(Year.isLeap(year))) {
      return Optional.empty();
    }
    LocalDate date = LocalDate.of(year, named, day);
    if (weekday < 0 || date.getDayOfWeek() != DayOfWeek.of(weekday + 1)) {
      return Optional.empty();
    }
    long ofDay = (hour * 60L + minute) * 60 + second;
    return Optional.of(Instant.ofEpochSecond(date.toEpochDay() * DAY_SECONDS + ofDay));
  }

  private static boolean hasShape(String text) {
    if (text.length() != SHAPE.length()) {
      return false;
    }
    for (int i = 0; i < SHAPE.length(); i++) {
      char expected = SHAPE.charAt(i);
      char c = text.charAt(i);
      boolean fits =
          expected == '0' ? c >= '0' && c <= '9' : Character.isLowerCase(expected) || c == expected;
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }

  /** Which of the names stands there; -1 where none does. */
  private static int name(String text, int at, String names) {
    for (int i = 0; i < names.length(); i += NAME_LENGTH) {
      if (text.regionMatches(at, names, i, NAME_LENGTH)) {
        return i / NAME_LENGTH;
      }
    }
    return -1;
  }
}
