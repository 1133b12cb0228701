package dev.ifmatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of guarantees names a test for each line, and each of them is there. */
class GuaranteesPageTest {
  private static final Path PAGE = Path.of("src/site/markdown/guarantees.md");
  private static final Path TESTS = Path.of("src/test/java");
  private static final Pattern NAMED = Pattern.compile("`(\\w+)#(\\w+)`");

  /** How a method of a test class begins, and how the one before it ends. */
  private static final String BEGIN = "\n  (?:default )?[\\w<>]+ %s\\(";

  private static final String END = "\n  }\n";

  @Test
  void everyLineNamesItsTest() throws IOException {
    List<String> lines =
        Files.readAllLines(PAGE).stream()
            .filter(line -> line.startsWith("| ") && !line.contains("| shown by |"))
            .toList();
    assertThat(lines).hasSizeGreaterThan(30).allMatch(line -> NAMED.matcher(line).find());
  }

  @Test
  void everyTestIsThere() throws IOException {
    Map<String, String> sources = sources();
    List<String> missing = new ArrayList<>();
    for (MatchResult named : NAMED.matcher(Files.readString(PAGE)).results().toList()) {
      if (!isTest(sources.getOrDefault(named.group(1), ""), named.group(2))) {
        missing.add(named.group());
      }
    }
    assertThat(missing).isEmpty();
  }

  private static boolean isTest(String source, String name) {
    Matcher method = Pattern.compile(BEGIN.formatted(name)).matcher(source);
    if (!method.find()) {
      return false;
    }
    int before = source.lastIndexOf(END, method.start());
    String annotations = source.substring(Math.max(0, before), method.start());
    return annotations.contains("@Test") || annotations.contains("@ParameterizedTest");
  }

  private static Map<String, String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(TESTS)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .collect(
              Collectors.toMap(
                  GuaranteesPageTest::name, GuaranteesPageTest::text, (a, b) -> a + b));
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName()).replace(".java", "");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
