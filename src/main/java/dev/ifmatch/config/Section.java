package dev.ifmatch.config;

import java.util.Map;

/**
 * A mapping with a fixed set of keys. Immutable.
 *
 * @param <T> what it is read to
 */
public interface Section<T> extends Kind<T> {

  /**
   * Asks for all of its keys, whatever their values are.
   *
   * @param otherwise what holds for keys of which nothing is said
   * @throws IllegalArgumentException if their values do not go together; the message says why
   */
  T bind(Keys keys, T otherwise);

  @Override
  default T read(Value value, T otherwise) {
    return Mapping.read(value, this, otherwise);
  }

  @Override
  default Map<String, Object> schema(T otherwise, boolean defaults) {
    return SchemaKeys.describe(this, otherwise, defaults);
  }
}
