package dev.ifmatch.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Collects what is wrong with a file. Not thread-safe. */
final class Problems {
  private static final Pattern SECRETS = Pattern.compile("salt|password");

  private final List<String> lines;
  private final List<ConfigurationProblem> found = new ArrayList<>();
  private final Set<Integer> secretLines = new HashSet<>();

  /**
   * None yet.
   *
   * @param lines the lines of the file
   */
  Problems(List<String> lines) {
    this.lines = lines;
  }

  /** Adds one that a value has. */
  void add(String path, Optional<Mark> place, String message) {
    int line = place.map(mark -> mark.getLine() + 1).orElse(0);
    int column = place.map(mark -> mark.getColumn() + 1).orElse(0);
    add(path, line, column, message);
  }

  /**
   * Adds one that keeps the file from being read at all, so that nobody knows where its secrets
   * are.
   */
  void addSyntax(Optional<Mark> place, String message) {
    place
        .map(mark -> mark.getLine() + 1)
        .filter(line -> line <= lines.size() && SECRETS.matcher(lines.get(line - 1)).find())
        .ifPresent(line -> hide(line, line));
    add("", place, message);
  }

  /** Adds one of a place, counted from 1, where 0 is none. */
  void add(String path, int line, int column, String message) {
    found.add(new ConfigurationProblem(path, line, column, message, ""));
  }

  /** Shows no line on which a secret stands. */
  void hide(int first, int last) {
    for (int line = first; line <= last; line++) {
      secretLines.add(line);
    }
  }

  /** How many there are. */
  int count() {
    return found.size();
  }

  /** All of them, in the order of the file; what an alias repeats, once. */
  List<ConfigurationProblem> inOrder() {
    Set<String> told = new HashSet<>();
    return found.stream()
        .sorted(
            Comparator.comparingInt(ConfigurationProblem::line)
                .thenComparingInt(ConfigurationProblem::column))
        .filter(p -> told.add(p.line() + ":" + p.column() + ":" + p.message()))
        .map(p -> new ConfigurationProblem(p.path(), p.line(), p.column(), p.message(), source(p)))
        .collect(Collectors.toUnmodifiableList());
  }

  private String source(ConfigurationProblem problem) {
    int line = problem.line();
    boolean shown = line > 0 && line <= lines.size() && !secretLines.contains(line);
    return shown ? lines.get(line - 1) : "";
  }
}
