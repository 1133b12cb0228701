package dev.ifmatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a configuration comes to, in a table, and what is said against it. */
class CheckCommandTest {
  private static final String ORDERS =
      """
      origin: http://localhost:3000
      policy:
        tag: {form: json}
      routes:
        - path: /orders/{id}
          comparison: tolerant
          tag: {ignore: [/updatedAt], salt: "${SALT}"}
          probe: {timeout: 1500ms, fields: {X-Key: "${KEY}"}}
        - path: /orders/{id}/lines/{n}
          methods: [DELETE, PUT]
          guard: /orders/{id}
          status: conflict
          write-tag: off
        - path: /health
          mode: off
      """;

  private static final String LISTING =
      """
        path                    methods     mode     guard         tag
        /orders/{id}/lines/{n}  PUT DELETE  require  /orders/{id}  (the guard's)
            write-tag off, status 409/400/304
        /orders/{id}            all         require  -             json sha-256 salted ignore /updatedAt
            comparison tolerant, probe fields X-Key, probe timeout 1.5s
        /health                 all         off      -             -
        /**                     all         require  -             json sha-256
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path folder;

  @Test
  void aRouteThatHoldsForItsGuardTooSaysHowThatIsTagged() throws IOException {
    Path file =
        file(
            """
            routes:
              - path: /orders/{id}/**
                guard: /orders/{id}
                tag: {form: json}
            """);

    assertThat(check(file)).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .contains("/orders/{id}/**  all      require  /orders/{id}  json sha-256");
  }

  @Test
  void aValidFileIsListedInTheOrderInWhichItsRoutesHold() throws IOException {
    Path file = file(ORDERS);

    assertThat(check(file)).isEqualTo(ExitCode.OK);
    assertThat(out)
        .hasToString(file + " is valid: 3 routes, backend http://localhost:3000\n\n" + LISTING);
  }

  @Test
  void noSecretIsPrinted() throws IOException {
    check(file(ORDERS));
    assertThat(out.toString()).doesNotContain("pepper").doesNotContain("open-sesame");
  }

  @Test
  void itSaysWhereRequestsGo() throws IOException {
    check(file(ORDERS), "/orders/7/lines/2", "https://api.test/health?x");

    assertThat(out.toString())
        .endsWith(
            """

            /orders/7/lines/2
              GET         /** (policy)                        tagged
              PUT DELETE  /orders/{id}/lines/{n} (routes[1])  checked by the tag of /orders/7
              PATCH       /** (policy)                        checked
              POST        /** (policy)                        passed on

            /health?x
              GET PUT PATCH DELETE POST  /health (routes[2])  passed on
            """);
  }

  @Test
  void aMethodCanBeNamed() throws IOException {
    check(file(ORDERS), "PUT", "/orders/7", "/a/../b");

    assertThat(out.toString())
        .endsWith(
            """

            /orders/7
              PUT  /orders/{id} (routes[0])  checked

            /a/../b
              PUT  /** (policy)  refused: 400 ambiguous-target
            """);
  }

  @Test
  void whatCannotWorkIsWarnedOf() throws IOException {
    Path file =
        file(
            """
            policy:
              mode: observe
            routes:
              - path: /orders/{id}
                tag: {ignore: [/updatedAt]}
            """);

    assertThat(check(file, "PUT", "/x")).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .contains("1 route, no backend\n")
        .contains("  PUT  /** (policy)  observed\n")
        .endsWith(
            """

            1 warning:
              /orders/{id} (routes[0]): include and ignore have no effect where tags are made of bytes; set
              form: json
            """);
    assertThat(check(file, "--strict")).isEqualTo(ExitCode.INVALID_CONFIGURATION);
    assertThat(check(file(ORDERS), "--strict")).isEqualTo(ExitCode.OK);
  }

  @Test
  void anInvalidFileIsToldOfOnTheOtherStream() throws IOException {
    Path file = file("policy:\n  mod: off\n  star: no\n");

    assertThat(check(file)).isEqualTo(ExitCode.INVALID_CONFIGURATION);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains(file + ":2:3: ").contains(file + ":3:9: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders.yaml", "django.yaml", "dotnet.yaml"})
  void theExamplesEarnNoWarnings(String name) {
    assertThat(check(Path.of("config/examples", name), "--strict")).isEqualTo(ExitCode.OK);
  }

  @Test
  void badUsageIsTold() throws IOException {
    Path file = file(ORDERS);
    assertThat(check(file, "PUT")).isEqualTo(ExitCode.USAGE);
    assertThat(check(file, "/a", "b/c")).isEqualTo(ExitCode.USAGE);
    assertThat(check()).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString().lines())
        .containsExactly(
            "ifmatch: PUT of which path? e.g.  ifmatch check %s PUT /orders/7 (see ifmatch check --help)"
                .formatted(file),
            "ifmatch: 'b/c' is neither a path nor a URL (see ifmatch check --help)",
            "ifmatch: Missing required parameter: 'CONFIG' (see ifmatch check --help)");
  }

  @Test
  void helpShowsExamplesAndExitCodes() {
    assertThat(run("check", "--help")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("Usage: ifmatch check CONFIG").contains("Exit codes:");
    assertThat(out.toString().lines()).allSatisfy(l -> assertThat(l.length()).isLessThan(91));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("ifmatch.yaml"), text);
  }

  private int check(Path file, String... more) {
    String[] arguments = new String[more.length + 2];
    arguments[0] = "check";
    arguments[1] = file.toString();
    System.arraycopy(more, 0, arguments, 2, more.length);
    return run(arguments);
  }

  private int check() {
    return run("check");
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    return Main.run(
        arguments,
        Map.of("SALT", "pepper", "KEY", "open-sesame"),
        new PrintWriter(out, true),
        new PrintWriter(err, true));
  }
}
