package dev.ifmatch.config;

/**
 * What a section is read from, key by key. Each key is named in one place only, where its section
 * asks for it: what it is asked from reads a file, takes options, or writes a schema down.
 */
public interface Keys {

  /**
   * A key's value.
   *
   * @param kind which values it takes
   * @param otherwise its value where nothing is said
   * @param about what it is for, in a few words
   */
  <T> T get(String key, Kind<T> kind, T otherwise, String about);

  /** The value of a key that must not be left out; see {@link #get}. */
  <T> T require(String key, Kind<T> kind, T otherwise, String about);
}
