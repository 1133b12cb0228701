package dev.ifmatch.cli;

import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Lets picocli report what a parser says, in place of the name of its exception.
 *
 * @param <T> what a value is read to
 * @param parser reads it, or throws an {@link IllegalArgumentException} that says what is wrong
 */
record OptionParser<T>(Function<String, T> parser) implements ITypeConverter<T> {
  @Override
  public T convert(String text) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
