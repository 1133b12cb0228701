package dev.ifmatch.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** However a file is spoilt: it is read, or found wrong, and nothing else. */
class MutatedFilePropertiesTest {
  private static final Path REFERENCE = Path.of("config/ifmatch.yaml");
  private static Path file;
  private static String reference;

  @BeforeContainer
  static void readReference() throws IOException {
    String text = Files.readString(REFERENCE).replaceAll("(?m)^( *)#: ?", "$1");
    reference = text.replaceAll("(?m)^ *#.*\n", "");
    file = Files.createTempFile("mutated", ".yaml");
  }

  @AfterContainer
  static void delete() throws IOException {
    Files.delete(file);
  }

  /**
   * A change to a text.
   *
   * @param at where, as a part of the whole
   * @param length how many characters are taken out
   * @param put what is put in their place
   */
  record Change(double at, int length, String put) {
    String applyTo(String text) {
      int start = (int) (at * text.length());
      int end = Math.min(text.length(), start + length);
      return text.substring(0, start) + put + text.substring(end);
    }
  }

  @Provide
  Arbitrary<Change> changes() {
    Arbitrary<String> pieces =
        Arbitraries.oneOf(
            Arbitraries.of(
                "",
                "\n",
                " ",
                "  ",
                ": ",
                "- ",
                "{",
                "}",
                "[",
                "]",
                "&a ",
                "*a",
                "!x ",
                "|\n",
                "'",
                "\"",
                "#",
                "?",
                "${",
                "${A}",
                "$$",
                "null",
                "-1",
                "\t",
                "\u0000",
                "\r",
                "<<: *a\n",
                "---\n",
                "%YAML 1.2\n",
                "9999999999999999999",
                "/{a}/**",
                "\ud83d\ude00"),
            Arbitraries.strings().ofMaxLength(5));
    return Combinators.combine(
            Arbitraries.doubles().between(0, 1), Arbitraries.integers().between(0, 40), pieces)
        .as(Change::new);
  }

  @Provide
  Arbitrary<List<Change>> someChanges() {
    return changes().list().ofMinSize(1).ofMaxSize(3);
  }

  @Property(tries = 2000)
  void isReadOrFoundWrong(@ForAll("someChanges") List<Change> changes) throws IOException {
    String text = reference;
    for (Change change : changes) {
      text = change.applyTo(text);
    }
    Files.writeString(file, text.replaceAll("\\p{Cs}", "?"));
    try {
      ConfigurationFile.read(file, Map.of("A", "b", "IFMATCH_SALT", "pepper"));
    } catch (InvalidConfiguration e) {
      assert !e.problems().isEmpty();
    }
  }
}
