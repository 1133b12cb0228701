package dev.ifmatch.config;

import java.util.List;

/** A configuration file that cannot be used; holds everything that is wrong with it. */
public final class InvalidConfiguration extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<ConfigurationProblem> problems;

  InvalidConfiguration(List<ConfigurationProblem> problems) {
    super("%d problems".formatted(problems.size()));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, in the order of the file. */
  public List<ConfigurationProblem> problems() {
    return problems;
  }
}
