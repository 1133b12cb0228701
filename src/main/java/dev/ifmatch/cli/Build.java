package dev.ifmatch.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What the build wrote down of itself. */
final class Build {
  private Build() {}

  /** The version number: {@code 0.1.0}. */
  static String version() {
    return property("version");
  }

  /** The commit that it was made from, abbreviated. */
  static String commit() {
    return property("git.commit.id.abbrev");
  }

  private static String property(String name) {
    Properties properties = new Properties();
    try (InputStream in = Build.class.getResourceAsStream("/ifmatch.properties")) {
      properties.load(in);
      return properties.getProperty(name);
    } catch (IOException e) {
      throw new UncheckedIOException("the program's own properties cannot be read", e);
    }
  }
}
