package dev.ifmatch.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A configuration file that cannot be used; holds everything that is wrong with it. */
public final class InvalidConfiguration extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Path file;
  private final transient List<ConfigurationProblem> problems;

  InvalidConfiguration(Path file, List<ConfigurationProblem> problems) {
    super("%s has %d problems".formatted(file, problems.size()));
    this.file = file;
    this.problems = List.copyOf(problems);
  }

  /** A file that cannot be read is one that cannot be used. */
  public static InvalidConfiguration unreadable(Path file, IOException cause) {
    ConfigurationProblem problem = new ConfigurationProblem("", 0, 0, cause.getMessage(), "");
    return new InvalidConfiguration(file, List.of(problem));
  }

  /** The file, as it was named. */
  public Path file() {
    return file;
  }

  /** What is wrong, in the order of the file. */
  public List<ConfigurationProblem> problems() {
    return problems;
  }
}
