package dev.ifmatch.config;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A configuration file of a test.
 *
 * @param path where it is
 * @param environment what its variables stand for
 */
record GivenFile(Path path, Map<String, String> environment) {

  /** A file with this text. */
  static GivenFile of(String text, Map<String, String> environment) {
    try {
      Path path = Files.createTempFile("ifmatch", ".yaml");
      path.toFile().deleteOnExit();
      return new GivenFile(Files.writeString(path, text), environment);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file with this text that has no variables. */
  static GivenFile of(String text) {
    return of(text, Map.of());
  }

  /** What it says. */
  Configuration read() {
    try {
      return ConfigurationFile.read(path, environment);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InvalidConfiguration e) {
      throw new AssertionError(String.join("\n", lines(e)), e);
    }
  }

  /** What is wrong with it. */
  InvalidConfiguration invalid() {
    return assertThatExceptionOfType(InvalidConfiguration.class)
        .isThrownBy(() -> ConfigurationFile.read(path, environment))
        .actual();
  }

  /** What is wrong with it: {@code 2:8 policy.mode: why}. */
  List<String> problems() {
    return lines(invalid());
  }

  private static List<String> lines(InvalidConfiguration e) {
    return e.problems().stream()
        .map(p -> "%d:%d %s: %s".formatted(p.line(), p.column(), p.path(), p.message()))
        .toList();
  }
}
