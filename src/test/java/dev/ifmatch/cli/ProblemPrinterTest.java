package dev.ifmatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.config.ConfigurationProblem;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a problem is shown. */
class ProblemPrinterTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          a: b c, d|4|   ^
          {a: word, b: c}|5|    ^^^^
          {"a b": c}|2| ^^^^^
          {'a b': c}|2| ^^^^^
          a: http://h:1/x # why|4|   ^^^^^^^^^^^^
          a: [b, c]|4|   ^
          a: {b: c}|4|   ^
          key: value|1|^^^
          a: "\ud83d\ude00" b|7|      ^
          a:|3|  ^
          """)
  void theMarkStandsBelowTheWord(String source, int column, String mark) {
    List<String> lines = lines(new ConfigurationProblem("a", 3, column, "wrong", source));
    assertThat(lines.subList(1, 3))
        .containsExactly("         3 | " + source, " ".repeat(13) + mark);
  }

  @Test
  void aLongLineIsCutAroundTheWord() {
    String source = "[" + "\"a\",".repeat(1000) + "bad" + ",\"a\"".repeat(1000) + "]";
    List<String> lines = lines(new ConfigurationProblem("", 1, 4002, "wrong", source));
    assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThan(120));
    int mark = lines.get(2).indexOf('^');
    assertThat(lines.get(1).substring(mark)).startsWith("bad");
  }

  @Test
  void nothingMovesTheCursor() {
    String escape = "\u001b[2J";
    assertThat(lines(new ConfigurationProblem("a", 1, 4, "'" + escape + "'", "a: \t" + escape)))
        .noneMatch(line -> line.contains("\u001b") || line.contains("\t"));
  }

  @Test
  void aFileAsAWholeHasNoLine() {
    assertThat(lines(new ConfigurationProblem("", 0, 0, "there is no such file", "")))
        .containsExactly("ifmatch: a.yaml: there is no such file");
  }

  private static List<String> lines(ConfigurationProblem problem) {
    StringWriter err = new StringWriter();
    ProblemPrinter.print(new PrintWriter(err), "a.yaml", List.of(problem));
    return err.toString().lines().toList();
  }
}
