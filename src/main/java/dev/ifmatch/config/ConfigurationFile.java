package dev.ifmatch.config;

import dev.ifmatch.config.Value.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Reads configuration files. */
public final class ConfigurationFile {
  private static final int MOST_BYTES = 1 << 20;

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
    return read(file, environment, UnaryOperator.identity(), unused -> {});
  }

  /**
   * Reads a file over whose values others win.
   *
   * @param environment what {@code ${NAME}} in values stands for
   * @param overrides puts them in place of the file's, before routes take them on
   * @param onFile is told of each file that is read, this one too, before that is done
   * @throws IOException if the file cannot be read; the message says why
   * @throws InvalidConfiguration if it is not a valid configuration
   */
  public static Configuration read(
      Path file,
      Map<String, String> environment,
      UnaryOperator<Configuration> overrides,
      Consumer<Path> onFile)
      throws IOException, InvalidConfiguration {
    onFile.accept(file);
    String text = TextFile.read(file, MOST_BYTES);
    Problems problems = new Problems(text.lines().toList());
    Reading reading = new Reading(file, new Interpolation(environment), problems, onFile);
    Configuration read =
        YamlDocument.compose(text, problems)
            .map(node -> new Value(node, "", reading))
            .map(value -> new ConfigurationSection(overrides).read(value, Configuration.DEFAULT))
            .orElse(Configuration.DEFAULT);
    if (problems.count() > 0) {
      throw new InvalidConfiguration(file, problems.inOrder());
    }
    return read;
  }
}
