package dev.ifmatch.cli;

import static dev.ifmatch.cli.NaiveServer.send;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.RouteTable;
import dev.ifmatch.transport.Http2Limits;
import dev.ifmatch.transport.Limits;
import dev.ifmatch.transport.Origin;
import dev.ifmatch.transport.ProxyServer;
import dev.ifmatch.transport.ProxySettings;
import dev.ifmatch.transport.ProxySettings.HostField;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the doctor says of backends with and without peculiarities. */
@Timeout(60)
class DoctorCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private NaiveServer backend;

  @BeforeEach
  void start() throws IOException {
    backend = new NaiveServer();
  }

  @AfterEach
  void stop() {
    backend.close();
  }

  @Test
  void aSteadyResourceCanBeProtectedAsItIs() {
    backend.on("/orders/7", (exchange, count) -> send(exchange, 200, "{\"id\":7}"));

    assertThat(doctor("/orders/7")).isEqualTo(ExitCode.OK);
    assertThat(out)
        .hasToString(
            """
            /orders/7
              ok  200, application/json, 8 bytes, read 3 times
              ok  its content is the same in all 3 reads
              ok  it has no ETag of its own: ifmatch makes one
              ok  HEAD agrees with GET
              =>  can be protected as it is

            """);
  }

  @Test
  void timeStampsAreFoundAndTheLinesThatLeaveThemOutArePrinted() {
    backend.on(
        "/orders/7",
        (exchange, count) ->
            send(
                exchange,
                200,
                """
                {"id":7,"total":1.50,"items":[{"sku":"a","seen":%d},{"sku":"b","seen":%d}],\
                "meta":{"generatedAt":"00:%d"}}"""
                    .formatted(count, count, count)));

    assertThat(doctor("/orders/7", "--reads", "4")).isEqualTo(ExitCode.FAILURE);
    assertThat(out.toString())
        .contains("  !!  these values change from read to read:\n")
        .contains("        /items/*/seen       0, then 1\n")
        .contains("        /meta/generatedAt   \"00:0\", then \"00:1\"\n")
        .contains("  ok  without them its tag is the same in all 4 reads\n")
        .contains("  =>  can be protected with the settings below\n")
        .endsWith(
            """
            Settings that help, for ifmatch.yaml:

            routes:
              - path: /orders/{id}        # guessed
                tag:
                  form: json
                  ignore: [/items/*/seen, /meta/generatedAt]
            """);
  }

  @Test
  void whatIsPrintedIsAConfiguration(@TempDir Path folder) throws IOException {
    String padding = "x".repeat(2 << 20);
    backend.on(
        "/odd/7",
        (exchange, count) ->
            send(
                exchange,
                200,
                """
                {"a b":%1$d,"c, d":%1$d,"e: f":%1$d,"g #h":%1$d,"{i}":%1$d,"it's \\"":%1$d,"~/":%1$d,\
                "1":1,"2":2,"3":3,"pad":"%2$s"}"""
                    .formatted(count, padding)));

    assertThat(doctor("/odd/7", "--reads", "2")).isEqualTo(ExitCode.FAILURE);
    String printed = out.toString();
    assertThat(printed).contains("without them its tag is the same");
    String settings = printed.substring(printed.indexOf("limits:"));
    Path file = Files.writeString(folder.resolve("ifmatch.yaml"), settings);
    assertThat(run("check", file.toString())).as(err.toString()).isEqualTo(ExitCode.OK);
  }

  @Test
  void anOrderOfMembersThatChangesNeedsTheJsonForm() {
    backend.on(
        "/a",
        (exchange, count) ->
            send(exchange, 200, count % 2 == 0 ? "{\"x\":1,\"y\":2}" : "{ \"y\":2, \"x\":1 }"));

    assertThat(doctor("/a")).isEqualTo(ExitCode.FAILURE);
    assertThat(out.toString())
        .contains("but not what they say as JSON: the order of members or")
        .contains("  ok  with form: json its tag is the same in all 3 reads")
        .endsWith("routes:\n  - path: /a        # guessed\n    tag:\n      form: json\n");
  }

  @Test
  void anOrderOfElementsThatChangesIsForTheBackendToRepair() {
    backend.on(
        "/a",
        (exchange, count) ->
            send(exchange, 200, count % 2 == 0 ? "{\"x\":[1,2,3]}" : "{\"x\":[3,1,2]}"));

    assertThat(doctor("/a")).isEqualTo(ExitCode.FAILURE);
    assertThat(out.toString())
        .contains("!!  the elements of /x come in another order every time")
        .contains("=>  cannot be protected until what is marked !! is changed")
        .doesNotContain("Settings");
  }

  @Test
  void whereEverythingMovesLeavingOutIsNoAnswer() {
    backend.on(
        "/a",
        (exchange, count) ->
            send(exchange, 200, "{\"a\":%d,\"b\":%d,\"c\":%d}".formatted(count, count, count)));

    assertThat(doctor("/a")).isEqualTo(ExitCode.FAILURE);
    assertThat(out.toString()).contains("!!  so much of it changes").doesNotContain("Settings");
  }

  @Test
  void anEmptyPartOfATextIsShownWhereItMoves() {
    backend.on(
        "/page",
        (exchange, count) ->
            send(
                exchange,
                200,
                "<form><input name='csrf' value='%d'></form>".formatted(count),
                "Content-Type",
                "text/html"));

    assertThat(doctor("/page")).isEqualTo(ExitCode.FAILURE);
    assertThat(out.toString())
        .contains("is no JSON, of which a part could be left out")
        .contains("name='csrf' value='0'></form>…")
        .contains("name='csrf' value='1'></form>…");
  }

  @Test
  void aWeakTagAndASuffixedOneAreToldApart() {
    backend.on("/weak", (exchange, count) -> send(exchange, 200, "1", "ETag", "W/\"x\""));
    backend.on(
        "/suffixed",
        (exchange, count) -> {
          boolean gzip = exchange.getRequestHeaders().getFirst("Accept-Encoding").contains("gzip");
          boolean same = "\"x\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
          send(exchange, same ? 304 : 200, same ? "" : "1", "ETag", gzip ? "\"x-gzip\"" : "\"x\"");
        });

    assertThat(doctor("/weak", "/suffixed")).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .contains("ok  its own ETag is weak, and never matches in If-Match")
        .contains("ok  its own strong ETag is kept")
        .contains("ok  compressed, its ETag is \"x-gzip\": ifmatch knows the suffix")
        .contains("ok  If-None-Match with its ETag gets 304");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          404 | !!  404: there is nothing; name a resource that exists
          401 | !!  401: it wants to know who you are: -H 'Authorization: Bearer …'
          301 | !!  301: it leads to /elsewhere; name that path, or pass credentials with -H
          500 | !!  500: the backend fails; writes would get 502
          """)
  void whatCannotBeReadIsToldInPlainWords(int status, String line) {
    backend.on("/a", (exchange, count) -> send(exchange, status, "", "Location", "/elsewhere"));

    assertThat(doctor("/a")).isEqualTo(ExitCode.FAILURE);
    assertThat(out.toString()).contains(line).contains("=>  cannot be read");
  }

  @Test
  void fieldsArePassedOnWithEveryRequest() {
    backend.on(
        "/me",
        (exchange, count) ->
            send(
                exchange,
                "Bearer x".equals(exchange.getRequestHeaders().getFirst("Authorization"))
                    ? 200
                    : 401,
                "1",
                "Vary",
                "Authorization"));

    assertThat(doctor("/me", "-H", "Authorization: Bearer x", "-H", "Host: other"))
        .isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .contains("--  it depends on Authorization: a write is compared with what its own sender")
        .doesNotContain("Bearer x");
  }

  @Test
  void aHugeAnswerIsNotReadToItsEnd() {
    String piece = "x".repeat(1 << 20);
    backend.on(
        "/huge",
        (exchange, count) -> {
          exchange.sendResponseHeaders(200, 0);
          while (true) {
            exchange.getResponseBody().write(piece.getBytes(US_ASCII)); // until it is cut off
          }
        });

    assertThat(doctor("/huge", "--reads", "2")).isEqualTo(ExitCode.FAILURE);
    assertThat(out.toString()).contains("!!  200, no Content-Type, more than 16.0 MiB: too large");
  }

  @Test
  void aStreamIsNotReadAtAll() {
    CountDownLatch never = new CountDownLatch(1);
    backend.on(
        "/events",
        (exchange, count) -> {
          exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().flush();
          await(never);
        });

    assertThat(doctor("/events", "--reads", "2")).isEqualTo(ExitCode.FAILURE);
    assertThat(out.toString()).contains("!!  200, text/event-stream: a stream without end");
  }

  @Test
  void aSlowAnswerIsNotWaitedFor() {
    CountDownLatch never = new CountDownLatch(1);
    backend.on("/slow", (exchange, count) -> await(never));

    assertThat(doctor("/slow", "--timeout", "200ms")).isEqualTo(ExitCode.FAILURE);
    assertThat(out.toString()).contains("!!  no whole answer within 200 ms");
  }

  @Test
  void aServerThatDoesNotRunIsToldOf() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThat(run("doctor", "http://127.0.0.1:" + port, "/a")).isEqualTo(ExitCode.FAILURE);
    assertThat(out.toString())
        .contains("!!  nothing accepts connections at http://127.0.0.1:%d".formatted(port));
  }

  @Test
  void ifmatchItselfIsRecognisedAndComparedWithTheBackend() throws IOException {
    backend.on("/orders/7", (exchange, count) -> send(exchange, 200, "{\"id\":7}"));
    ProxySettings settings =
        new ProxySettings(
            Origin.parse(backend.url()),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            RouteTable.of(RoutePolicy.DEFAULT),
            Limits.DEFAULT,
            Http2Limits.DEFAULT,
            HostField.CLIENT);
    try (ProxyServer proxy = ProxyServer.start(settings, new LoggingListener())) {
      String url = "http://127.0.0.1:" + proxy.address().getPort();

      assertThat(run("doctor", url, "/orders/7", "--pause", "1ms")).isEqualTo(ExitCode.OK);
      assertThat(out.toString())
          .contains("ok  ifmatch answers here, and its ETag arrives strong")
          .contains("ok  If-None-Match with its ETag gets 304");
      assertThat(doctor("/orders/7", "--through", url)).isEqualTo(ExitCode.OK);
      assertThat(out.toString()).contains("ok  through %s: its ETag is \"".formatted(url));
    }
  }

  @Test
  void itNeverWrites() {
    backend.on("/a", (exchange, count) -> send(exchange, 200, "1", "ETag", "\"x\""));
    doctor("/a", "/b");
    assertThat(backend.methods()).containsExactlyInAnyOrder("GET", "HEAD");
  }

  @Test
  void thePathMayStandInTheUrl() {
    backend.on("/a", (exchange, count) -> send(exchange, 200, "1"));
    assertThat(run("doctor", backend.url() + "/a?b=1", "--pause", "1ms")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).startsWith("/a?b=1\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          http://h             | which resources? e.g.  ifmatch doctor http://h /orders/7
          http://h a           | PATH: 'a' does not start with a slash
          ftp://h /a           | 'ftp://h' is not an http:// or https:// URL with a host
          localhost:3000 /a    | 'localhost:3000' is not an http:// or https:// URL with a host
          http://h /a --reads 1 | --reads: one read tells nothing about change; take 2 or more
          http://h /a -H x     | -H: 'x' is no field; write its name, a colon and its value, e.g. 'Accept: text/csv'
          http://h /a --timeout 5 | --timeout: '5' is not a duration; write a number and ms, s, m or h, e.g. 5s
          """)
  void badUsageIsTold(String arguments, String complaint) {
    List<String> words = new ArrayList<>(List.of("doctor"));
    words.addAll(List.of(arguments.split(" ")));
    assertThat(run(words.toArray(String[]::new))).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .isEqualTo("ifmatch: %s (see ifmatch doctor --help)%n".formatted(complaint));
  }

  @Test
  void helpShowsExamplesAndExitCodes() {
    assertThat(run("doctor", "--help")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("Usage: ifmatch doctor URL PATH").contains("Exit codes:");
    assertThat(out.toString().lines()).allSatisfy(l -> assertThat(l.length()).isLessThan(91));
  }

  private int doctor(String... arguments) {
    return run(
        Stream.concat(Stream.of("doctor", backend.url(), "--pause", "1ms"), Stream.of(arguments))
            .toArray(String[]::new));
  }

  private int run(String... arguments) {
    return Main.run(arguments, Map.of(), new PrintWriter(out, true), new PrintWriter(err, true));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
