package dev.ifmatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of requests that nobody sends. */
class ExplainCommandTest {
  private static final String ORDERS =
      """
      policy:
        tag: {form: json}
      routes:
        - path: /orders/{id}
          tag: {ignore: [/updatedAt], salt: "${SALT}"}
        - path: /orders/{id}/**
          guard: /orders/{id}
        - path: /carts/{id}
          methods: [POST, PUT]
          status: conflict
          star: deny
          no-op: unchanged
          already-applied: accept
          write-tag: verbatim
        - path: /seen/**
          mode: observe
        - path: /free/**
          mode: optional
          write-tag: off
        - path: /health
          mode: off
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path folder;

  @Test
  void aWriteThatIsGuardedElsewhere() throws IOException {
    assertThat(
            explain(
                "PUT",
                "http://api.test/orders/7/lines/2?x=1",
                "-H",
                "If-Match: \"abc\"",
                "-H",
                "Authorization: Bearer x",
                "-H",
                "Content-Type: application/json"))
        .isEqualTo(
            """
            PUT /orders/7/lines/2?x=1
              route      /orders/{id}/**  (routes[1]; also fits: /**)
              plan       write: guarded by /orders/7; locked, checked, and forwarded or refused
              resource   /orders/7/lines/2
              lock       /orders/7
              asked      If-Match: "abc"
              tag        json sha-256 salted ignore /updatedAt  (as a GET of /orders/7 gets it from
                         /orders/{id})
              probe      GET /orders/7
                         Authorization: Bearer x
                         Cache-Control: no-cache
                         Accept-Encoding: identity
                         Accept: application/json, */*;q=0.1
                         (and Host, Via, X-Forwarded-For and -Proto, as every request has)
              then       its ETag is "abc"                   forwarded
                         its ETag is another                 412 stale
                         it is not there                     412 absent
                         the probe gets 401, 403, 407, 429   answered as the probe was, and nothing is sent
                         the probe gets 3xx, or another 4xx  412 unverifiable
                         the probe gets 5xx, or nothing      502 probe-failed
              answer     the backend's, with Guard-ETag: the new one of /orders/7
            """);
  }

  @Test
  void withoutAFileTheDefaultsHold() {
    assertThat(run("explain", "DELETE", "/orders/7")).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .contains("  route      /**  (policy)\n")
        .contains("  plan       write: locked, checked, and forwarded or refused\n")
        .doesNotContain("  lock ")
        .contains("  asked      no precondition\n")
        .contains("it is there                         428 missing\n")
        .contains("it is not there                     forwarded\n")
        .contains("with If-Match: its ETag             forwarded\n")
        .contains("with If-Match: another              412 stale\n")
        .contains("  answer     the backend's, without the new ETag\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          POST /carts/1                    | a POST is checked like this because its route names it
          POST /orders/1/approve           | a POST is checked like this because its route has a guard
          POST /x -H If-Match:*            | a POST is checked like this because it carries a precondition
          POST /x                          | a POST without a precondition is not checked, unless its route names POST in methods
          POST /x -H X-HTTP-Method:put     | taken for  PUT, by X-HTTP-Method
          PUT /x -H X-HTTP-Method:POST     | taken for  POST, by X-HTTP-Method
          POST /health -H X-HTTP-Method:PUT | route      /health  (routes[5]; also fits: /**)
          PUT /health                      | why        mode off
          OPTIONS /x                       | OPTIONS neither reads nor writes a representation
          OPTIONS *                        | OPTIONS neither reads nor writes a representation
          GET /orders/1/lines              | its route has a guard, and reads of such a route get no tag
          GET /x -H Content-Length:5       | a read with a body, or with a field that overrides its method, gets no tag
          GET /x                           | read: the answer gets a tag; conditions and ranges are evaluated by ifmatch
          GET /x                           | it is there                200 with its ETag
          GET /x -H If-None-Match:"a"      | its ETag is "a"            304
          GET /x -H If-None-Match:"a"      | its ETag is another        200 with its ETag
          GET /x -H If-Match:"a"           | its ETag is another        412 read-precondition
          PUT /a/../b                      | refuse: 400 ambiguous-target
          PUT /x -H If-Match:a             | refuse: 400 malformed-precondition
          PUT /a%20b -H Host:a/b           | refuse: 400 malformed-request
          CONNECT /x                       | refuse: 405 connect-not-supported
          PUT /seen/1 -H If-Match:a        | mode observe: in mode require it would be refused with 400 malformed-precondition
          PUT /seen/1                      | it is there                         forwarded; logged as 428 missing
          PUT /free/1                      | in any state  forwarded
          PUT /free/1                      | probe      none
          PUT /free/1                      | the backend's, without the new ETag (write-tag: off)
          PUT /free/1 -H If-Match:"a"      | its ETag is another                 412 stale
          PUT /x -H If-Match:W/"a"         | its ETag is "a"                     412 weak-tag
          PUT /x -H If-None-Match:*        | it is there                         412 exists
          PUT /x -H If-None-Match:*        | it is not there                     forwarded
          PATCH /x -H If-Match:"a"         | it is not there                     answered as the probe was, and nothing is sent
          PUT /carts/1 -H If-Match:*       | it is there                         400 missing
          PUT /carts/1 -H If-Match:"a"     | its ETag is another                 409 stale
          PUT /carts/1 -H If-Match:"a"     | its ETag, and its state as body     answered 304, and nothing is sent
          PUT /carts/1 -H If-Match:"a"     | another, and its state as body      answered 204, and nothing is sent
          PUT /carts/1                     | the backend's, with the new ETag if what was sent is what is there
          POST /carts/1                    | the backend's, without the new ETag (write-tag: verbatim)
          PUT /x -H If-Match:"text/csv~a"  | Accept: text/csv
          """)
  void everyPlanIsExplained(String request, String line) throws IOException {
    assertThat(explain(request.split(" "))).contains(line);
  }

  @Test
  void datesAreExplainedByWhatTheyCanTell() throws IOException {
    assertThat(explain("PUT", "/x", "-H", "If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT"))
        .contains("  then       not modified since                  428 missing\n")
        .contains("             modified since                      412 modified\n")
        .contains("             without Last-Modified               412 undated\n");
    assertThat(explain("GET", "/x", "-H", "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT"))
        .contains("  then       not modified since         304\n")
        .contains("             modified since             200 with its ETag\n");
  }

  @Test
  void anUpgradeIsOfferedOrNot() throws IOException {
    String[] fields = {"-H", "Connection:Upgrade", "-H", "Sec-WebSocket-Key:x", "-H"};
    assertThat(explain(request("GET", fields, "Upgrade:websocket")))
        .contains("plan       read: ")
        .contains(
            "  upgrade    websocket: offered to the backend; what then passes is not checked");
    assertThat(explain(request("GET", fields, "Upgrade:h2c")))
        .contains(
            "  upgrade    not offered to the backend: see ifmatch.yaml, key upgrade: [websocket]");
    assertThat(explain(request("PUT", fields, "Upgrade:websocket"))).doesNotContain("  upgrade ");
    assertThat(explain("GET", "/x")).doesNotContain("  upgrade ");
  }

  private static String[] request(String method, String[] fields, String last) {
    return Stream.of(Stream.of(method, "/x"), Arrays.stream(fields), Stream.of(last))
        .flatMap(words -> words)
        .toArray(String[]::new);
  }

  @Test
  void secretsOfTheFileStayThere() throws IOException {
    assertThat(explain("PUT", "/orders/7")).contains("salted").doesNotContain("pepper");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          explain PUT orders/7     | 'orders/7' is neither a path nor a URL; write e.g.  ifmatch explain PUT /orders/7
          explain PUT /x -H If-Match | -H: 'If-Match' is no field; write its name, a colon and its value, e.g. 'Accept: text/csv'
          explain PUT              | Missing required parameter: 'TARGET'
          """)
  void badUsageIsTold(String arguments, String complaint) {
    assertThat(run(arguments.split(" "))).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .isEqualTo("ifmatch: %s (see ifmatch explain --help)%n".formatted(complaint));
  }

  @Test
  void aFileThatCannotBeUsedIsTold() throws IOException {
    Path file = Files.writeString(folder.resolve("bad.yaml"), "mod: off\n");
    assertThat(run("explain", "PUT", "/x", "--config", file.toString()))
        .isEqualTo(ExitCode.INVALID_CONFIGURATION);
    assertThat(run("explain", "PUT", "/x", "--config", folder.resolve("none").toString()))
        .isEqualTo(ExitCode.INVALID_CONFIGURATION);
    assertThat(err.toString()).contains("bad.yaml:1:1: ");
  }

  @Test
  void helpShowsExamplesAndExitCodes() {
    assertThat(run("explain", "--help")).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .contains("Usage: ifmatch explain METHOD TARGET")
        .contains("Exit codes:");
    assertThat(out.toString().lines()).allSatisfy(l -> assertThat(l.length()).isLessThan(91));
  }

  /** The explanation by the file above; in a field, a colon without a space is enough. */
  private String explain(String... request) throws IOException {
    out.getBuffer().setLength(0);
    Path file = Files.writeString(folder.resolve("ifmatch.yaml"), ORDERS);
    String[] arguments =
        Stream.of(
                Stream.of("explain"),
                Arrays.stream(request),
                Stream.of("--config", file.toString()))
            .flatMap(words -> words)
            .toArray(String[]::new);
    assertThat(run(arguments)).as(err.toString()).isEqualTo(ExitCode.OK);
    return out.toString();
  }

  private int run(String... arguments) {
    return Main.run(
        arguments,
        Map.of("SALT", "pepper"),
        new PrintWriter(out, true),
        new PrintWriter(err, true));
  }
}
