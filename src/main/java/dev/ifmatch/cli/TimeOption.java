package dev.ifmatch.cli;

import dev.ifmatch.config.Quantities;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;

/** Reads a duration as all options take it: {@code 250ms}, {@code 5s}. */
final class TimeOption implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    return new OptionParser<>(Quantities::duration).convert(text);
  }
}
