package dev.ifmatch.cli;

import dev.ifmatch.config.ConfigurationProblem;
import java.io.PrintWriter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shows what is wrong with a configuration file, with the lines and a mark below each. */
final class ProblemPrinter {
  private static final int WIDTH = 100;

  /** A quoted text, a bracket, or a word; a colon in it is not followed by a space. */
  private static final Pattern WORD =
      Pattern.compile("\"[^\"]*\"?|'[^']*'?|[\\[{]|(?:[^\\s,\\]}:]|:(?=\\S))+|.");

  private ProblemPrinter() {}

  /** Prints them as they come. */
  static void print(PrintWriter err, String fileName, List<ConfigurationProblem> problems) {
    for (ConfigurationProblem problem : problems) {
      err.printf(
          "ifmatch: %s: %s%s%n",
          place(fileName, problem), where(problem), plain(problem.message()));
      if (!problem.source().isEmpty()) {
        printLine(err, problem);
      }
    }
    err.flush();
  }

  private static String place(String fileName, ConfigurationProblem problem) {
    return problem.line() == 0
        ? fileName
        : "%s:%d:%d".formatted(fileName, problem.line(), problem.column());
  }

  /** The path, where the line does not show its last key. */
  private static String where(ConfigurationProblem problem) {
    String path = problem.path();
    String key = path.substring(path.lastIndexOf('.') + 1).replaceFirst("\\[[0-9]+\\]$", "");
    Pattern shown = Pattern.compile(Pattern.quote(key) + "[\"']?\\s*:");
    return path.isEmpty() || shown.matcher(problem.source()).find() ? "" : path + ": ";
  }

  private static void printLine(PrintWriter err, ConfigurationProblem problem) {
    int[] line = plain(problem.source()).codePoints().toArray();
    int start = Math.min(problem.column() - 1, line.length);
    int from = line.length <= WIDTH ? 0 : Math.max(0, start - WIDTH / 2);
    int to = Math.min(line.length, from + WIDTH);
    err.printf("%10d | %s%n", problem.line(), new String(line, from, to - from));
    Matcher word = WORD.matcher(new String(line, start, to - start));
    int length = word.lookingAt() ? word.group().codePointCount(0, word.end()) : 1;
    err.printf("%13s%s%s%n", "", " ".repeat(start - from), "^".repeat(length));
  }

  /** Without what would move a terminal's cursor. */
  private static String plain(String text) {
    return text.replaceAll("\\t", " ").replaceAll("\\p{Cntrl}", "\ufffd");
  }
}
