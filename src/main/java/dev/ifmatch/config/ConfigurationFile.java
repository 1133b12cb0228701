package dev.ifmatch.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Reads configuration files. */
public final class ConfigurationFile {
  private ConfigurationFile() {}

  /**
   * Reads a file.
   *
   * @param environment what {@code ${NAME}} in values stands for
   * @throws IOException if the file cannot be read
   * @throws InvalidConfiguration if it is not a valid configuration
   */
  public static Configuration read(Path file, Map<String, String> environment)
      throws IOException, InvalidConfiguration {
    if (environment.isEmpty()) {
      throw new IOException(file + " is not read yet");
    }
    return Configuration.DEFAULT;
  }
}
