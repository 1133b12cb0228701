package dev.ifmatch.config;

import java.util.Map;

/**
 * Which values a key takes, and how they are written. Immutable.
 *
 * @param <T> what a value is read to
 */
public interface Kind<T> {

  /**
   * Reads a value from a file; what is wrong with it is told to the value.
   *
   * @param otherwise what holds for what is not said, or wrong
   */
  T read(Value value, T otherwise);

  /**
   * The JSON Schema of its values.
   *
   * @param otherwise what holds where nothing is said
   * @param defaults whether to write down what holds where nothing is said
   */
  Map<String, Object> schema(T otherwise, boolean defaults);
}
