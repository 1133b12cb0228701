package dev.ifmatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.representation.HashAlgorithm;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command line says to somebody who got it wrong. */
class CommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void withoutAnOriginItSaysWhatToType() {
    assertThat(run(Map.of())).isEqualTo(ExitCode.USAGE);
    assertThat(err)
        .hasToString(
            line(
                "ifmatch: an origin URL is needed, e.g.  ifmatch http://localhost:3000"
                    + "      (or see it work: ifmatch demo) (see ifmatch --help)"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          ftp://x                      | ORIGIN: 'ftp://x' is not an http:// or https:// URL with a host
          localhost:3000               | ORIGIN: 'localhost:3000' is not an http:// or https:// URL with a host
          http://h/api                 | ORIGIN: 'http://h/api' has a path: requests keep their own, so give scheme, host and port only
          http://u:p@h                 | ORIGIN: the URL holds credentials; clients send their own
          http://h:70000               | ORIGIN: 'http://h:70000' has no port from 1 to 65535
          http://no.such.invalid       | the host 'no.such.invalid' of http://no.such.invalid is unknown. Check its spelling, or the name service
          http://127.0.0.1 https://127.0.0.2 | some backends are http:// and some are https://; they must be all of one kind
          http://127.0.0.1 http://127.0.0.1 | the backend http://127.0.0.1 is named twice
          http://127.0.0.1 localhost   | ORIGIN: 'localhost' is not an http:// or https:// URL with a host
          http://h --lock-wait 5       | --lock-wait: '5' is not a duration; write a number and ms, s, m or h, e.g. 5s
          http://h --max-body 1MB      | --max-body: '1MB' is not a size; write a number and B, KiB, MiB or GiB, e.g. 64KiB
          http://h --mode strict       | --mode: 'strict' is not one of off, observe, optional, require
          http://h --hash crc          | --hash: no hash 'crc'; there are HASHES
          http://h --listen 8080       | --listen: '8080' is not host:port, e.g. 127.0.0.1:8080, 0.0.0.0:8080 or [::1]:8080
          http://h --listen 127.0.0.1:http | --listen: 'http' is not a port from 0 to 65535
          http://h --lok-wait 5s       | '--lok-wait' is no option, did you mean --lock-wait?
          http://127.0.0.1 --lock-queue -1 | --lock-queue: '-1' is not a whole number from 0
          http://127.0.0.1 --tag-buffer 2GiB | --tag-buffer: '2GiB' is more than 1GiB
          http://127.0.0.1 --max-head 1B | the largest request head is 1, below 256
          """)
  void badUsageIsOneLineThatSaysWhatIsWrong(String arguments, String complaint) {
    assertThat(run(Map.of(), arguments.split(" "))).isEqualTo(ExitCode.USAGE);
    String hashes =
        Arrays.stream(HashAlgorithm.values())
            .map(HashAlgorithm::toString)
            .collect(Collectors.joining(", "));
    String expected = complaint.replace("HASHES", hashes);
    assertThat(err).hasToString(line("ifmatch: " + expected + " (see ifmatch --help)"));
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aPortThatIsTakenIsNamedWithTheNextOne() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      int code = run(Map.of(), "http://127.0.0.1:9", "--listen", "127.0.0.1:" + port);
      assertThat(code).isEqualTo(ExitCode.CANNOT_LISTEN);
      assertThat(err)
          .hasToString(
              line(
                  "ifmatch: cannot listen on 127.0.0.1:%d: address already in use. Use --listen 127.0.0.1:%d"
                      .formatted(port, Math.min(port + 1, 65_535))));
    }
  }

  @Test
  void theEnvironmentStandsInForOptions() {
    run(Map.of("IFMATCH_ORIGIN", "http://127.0.0.1:9", "IFMATCH_LOCK_WAIT", "soon"));
    assertThat(err.toString()).startsWith("ifmatch: --lock-wait: 'soon' is not a duration");
  }

  @Test
  void theCommandLineWinsOverTheEnvironment() {
    run(Map.of("IFMATCH_MODE", "nonsense"), "http://127.0.0.1:9", "--mode", "also-nonsense");
    assertThat(err.toString()).contains("'also-nonsense'").doesNotContain("'nonsense'");
  }

  @Test
  void argumentsCanStandInAFile(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(folder.resolve("arguments"), "http://127.0.0.1:9 --mode nonsense");
    run(Map.of(), "@" + file);
    assertThat(err.toString()).startsWith("ifmatch: --mode: 'nonsense' is not one of");
  }

  @Test
  void helpShowsExamplesAndExitCodes() {
    assertThat(run(Map.of(), "--help")).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .contains("Usage: ifmatch [run] ORIGIN... [OPTIONS]")
        .contains("ifmatch http://localhost:3000")
        .contains("Exit codes:");
    assertThat(out.toString().lines()).allSatisfy(l -> assertThat(l.length()).isLessThan(91));
  }

  @Test
  void whatIsWrongWithAFileIsShownWithItsLine(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("ifmatch.yaml"),
            """
            routes:
              - path: /orders/{id}
                tag:
                  ignroe: [/updatedAt]
                  include:
                    - updatedAt
                mode: "sometimes"
            policy: {tag: {salt: hunter2}}
            """);
    assertThat(run(Map.of(), "--config", file.toString()))
        .isEqualTo(ExitCode.INVALID_CONFIGURATION);
    assertThat(err)
        .hasToString(
            """
            ifmatch: FILE:4:7: unknown key 'ignroe' (did you mean 'ignore'?)
                     4 |       ignroe: [/updatedAt]
                               ^^^^^^
            ifmatch: FILE:6:11: routes[0].tag.include[0]: 'updatedAt' is not a JSON Pointer; write a slash before each name, e.g. /items/*/updatedAt
                     6 |         - updatedAt
                                   ^^^^^^^^^
            ifmatch: FILE:7:11: 'sometimes' is not one of off, observe, optional, require
                     7 |     mode: "sometimes"
                                   ^^^^^^^^^^^
            ifmatch: FILE:8:22: policy.tag.salt: a salt is a secret and does not stand in this file; write the name of a variable, e.g. ${IFMATCH_SALT}, or use salt-file
            """
                .replace("FILE", file.toString()));
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aFileThatIsNotThereIsInvalidConfiguration() {
    assertThat(run(Map.of("IFMATCH_CONFIG", "no/such.yaml"), "http://127.0.0.1:9"))
        .isEqualTo(ExitCode.INVALID_CONFIGURATION);
    assertThat(err).hasToString(line("ifmatch: no/such.yaml: there is no such file"));
  }

  @Test
  void theOriginCanStandInTheFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), "origin: http://no.such.invalid");
    assertThat(run(Map.of(), "--config", file.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).startsWith("ifmatch: the host 'no.such.invalid' of");
  }

  @Test
  void theCommandLinesOriginWinsOverTheFiles(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), "origin: http://one.invalid");
    run(Map.of(), "http://other.invalid", "--config", file.toString());
    assertThat(err.toString()).startsWith("ifmatch: the host 'other.invalid' of");
  }

  @Test
  void runIsTheSameAsNoWord() {
    assertThat(run(Map.of(), "run", "ftp://x")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).startsWith("ifmatch: ORIGIN: 'ftp://x' is not");
  }

  @Test
  void versionSaysWhatItRunsOn() {
    assertThat(run(Map.of(), "--version")).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .matches("ifmatch [0-9.]+ \\(git \\w+\\) · Java .+ · Netty 4\\.2\\.\\S+ · (epoll|nio)\\s+");
  }

  private int run(Map<String, String> environment, String... arguments) {
    return Main.run(arguments, environment, new PrintWriter(out, true), new PrintWriter(err, true));
  }

  private static String line(String text) {
    return text + System.lineSeparator();
  }
}
