package dev.ifmatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.config.Configuration;
import dev.ifmatch.transport.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What is read without picocli is read as picocli reads it; the rest is left to it. */
class PlainCommandLineTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("IFMATCH_GRACE", "7s", "IFMATCH_HOST_FIELD", "origin", "IFMATCH_HELP", "true");

  @TempDir Path folder;

  @BeforeEach
  void writeFile() throws IOException {
    String file =
        """
        origin: http://127.0.0.2:3000
        policy: {mode: observe}
        limits: {drain: 3s, lock-wait: 1s}
        routes: [{path: /health, mode: off}]
        """;
    Files.writeString(folder.resolve("good.yaml"), file);
    Files.writeString(folder.resolve("bad.yaml"), "routes: {path: /a}");
    Files.writeString(folder.resolve("arguments"), "http://127.0.0.1:9");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:9",
        "run http://127.0.0.1:9",
        "http://127.0.0.1:9 http://127.0.0.2:9",
        "run http://127.0.0.1:9 --mode off http://127.0.0.2:9 http://127.0.0.3:9",
        "http://127.0.0.1:9 --listen 0.0.0.0:80 --lock-wait=2s --max-body 5MiB",
        "--mode off --hash md5 --log-level debug http://[::1]:9",
        "--host-field client http://127.0.0.1 --grace 1s",
        "--config FOLDER/good.yaml",
        "run --config=FOLDER/good.yaml --lock-wait 2s",
        "https://127.0.0.1 --config FOLDER/good.yaml --mode optional",
      })
  void theOrdinaryIsReadAsPicocliReadsIt(String words) throws Exception {
    CommandLine picocli = Commands.line(ENVIRONMENT);
    CommandLine.ParseResult parsed = picocli.parseArgs(arguments(words));
    CommandLine last = parsed.asCommandLineList().get(parsed.asCommandLineList().size() - 1);
    RunCommand run = last.getCommand();
    Configuration configuration = run.options.configuration();
    List<Origin> backends = run.origins.isEmpty() ? configuration.origins() : run.origins();

    ProxyRun plain = PlainCommandLine.read(arguments(words), ENVIRONMENT).orElseThrow();
    assertThat(plain.configuration()).isEqualTo(configuration);
    assertThat(plain.backends()).isEqualTo(backends);
    assertThat(plain.source()).map(ConfigurationSource::file).isEqualTo(fileOf(run));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "run",
        "--help",
        "--version",
        "-h",
        "demo",
        "check FOLDER/good.yaml",
        "explain PUT /a",
        "doctor http://127.0.0.1:9 /a",
        "archive",
        "ftp://127.0.0.1",
        "http://no.such.invalid",
        "http://127.0.0.1:9 http://127.0.0.1:9",
        "http://127.0.0.1:9 https://127.0.0.2:9",
        "http://127.0.0.1:9 http://no.such.invalid",
        "http://127.0.0.1:9 run",
        "http://127.0.0.1:9 --help",
        "http://127.0.0.1:9 --listen",
        "http://127.0.0.1:9 --listen=",
        "http://127.0.0.1:9 --listen --mode off",
        "http://127.0.0.1:9 --mode off --mode off",
        "http://127.0.0.1:9 --mode strict",
        "http://127.0.0.1:9 --no-such option",
        "http://127.0.0.1:9 --origin http://127.0.0.1:9",
        "http://127.0.0.1:9 --max-head 1B",
        "http://127.0.0.1:9 -- --mode",
        "@FOLDER/arguments",
        "--config FOLDER/bad.yaml",
        "--config FOLDER/none.yaml",
      })
  void allElseIsLeftToPicocli(String words) {
    assertThat(PlainCommandLine.read(arguments(words), ENVIRONMENT)).isEmpty();
  }

  @Test
  void variablesAloneAreEnough() {
    Map<String, String> environment =
        Map.of("IFMATCH_ORIGIN", "http://127.0.0.1:9", "IFMATCH_LISTEN", "0.0.0.0:8080");
    Optional<ProxyRun> run = PlainCommandLine.read(new String[0], environment);
    assertThat(run).map(ProxyRun::backends).hasToString("Optional[[http://127.0.0.1:9]]");
    assertThat(run.orElseThrow().configuration().listen().getPort()).isEqualTo(8080);
  }

  @Test
  void aVariableNamesSeveralOriginsToo() {
    Map<String, String> environment =
        Map.of("IFMATCH_ORIGIN", "http://127.0.0.1:9  http://127.0.0.2:9");
    CommandLine picocli = Commands.line(environment);
    picocli.parseArgs();
    RunCommand run = picocli.getCommand();
    assertThat(run.origins()).hasToString("[http://127.0.0.1:9, http://127.0.0.2:9]");
    assertThat(PlainCommandLine.read(new String[0], environment))
        .map(ProxyRun::backends)
        .contains(run.origins());
  }

  @Test
  void aWrongVariableIsLeftToPicocli() {
    assertThat(
            PlainCommandLine.read(
                new String[] {"http://127.0.0.1:9"}, Map.of("IFMATCH_GRACE", "soon")))
        .isEmpty();
  }

  private static Optional<Path> fileOf(RunCommand run) {
    return run.options.source().map(ConfigurationSource::file);
  }

  private String[] arguments(String words) {
    return words.isEmpty() ? new String[0] : words.replace("FOLDER", folder.toString()).split(" ");
  }
}
