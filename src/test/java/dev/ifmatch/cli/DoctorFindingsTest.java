package dev.ifmatch.cli;

import static dev.ifmatch.cli.NaiveServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor says of backends with and without peculiarities. */
@Timeout(60)
class DoctorFindingsTest {
  @RegisterExtension private final DoctorFixture doctor = new DoctorFixture();

  @Test
  void aSteadyResourceCanBeProtectedAsItIs() {
    doctor.backend().on("/orders/7", (exchange, count) -> send(exchange, 200, "{\"id\":7}"));

    assertThat(doctor.looksAt("/orders/7")).isEqualTo(ExitCode.OK);
    assertThat(doctor.out())
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
    doctor
        .backend()
        .on(
            "/orders/7",
            (exchange, count) ->
                send(
                    exchange,
                    200,
                    """
                {"id":7,"total":1.50,"items":[{"sku":"a","seen":%d},{"sku":"b","seen":%d}],\
                "meta":{"generatedAt":"00:%d"}}"""
                        .formatted(count, count, count)));

    assertThat(doctor.looksAt("/orders/7", "--reads", "4")).isEqualTo(ExitCode.FAILURE);
    assertThat(doctor.out())
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
    doctor
        .backend()
        .on(
            "/odd/7",
            (exchange, count) ->
                send(
                    exchange,
                    200,
                    """
                {"a b":%1$d,"c, d":%1$d,"e: f":%1$d,"g #h":%1$d,"{i}":%1$d,"it's \\"":%1$d,"~/":%1$d,\
                "1":1,"2":2,"3":3,"pad":"%2$s"}"""
                        .formatted(count, padding)));

    assertThat(doctor.looksAt("/odd/7", "--reads", "2")).isEqualTo(ExitCode.FAILURE);
    String printed = doctor.out();
    assertThat(printed).contains("without them its tag is the same");
    String settings = printed.substring(printed.indexOf("limits:"));
    Path file = Files.writeString(folder.resolve("ifmatch.yaml"), settings);
    assertThat(doctor.run("check", file.toString())).as(doctor.err()).isEqualTo(ExitCode.OK);
  }

  @Test
  void anOrderOfMembersThatChangesNeedsTheJsonForm() {
    doctor
        .backend()
        .on(
            "/a",
            (exchange, count) ->
                send(exchange, 200, count % 2 == 0 ? "{\"x\":1,\"y\":2}" : "{ \"y\":2, \"x\":1 }"));

    assertThat(doctor.looksAt("/a")).isEqualTo(ExitCode.FAILURE);
    assertThat(doctor.out())
        .contains("but not what they say as JSON: the order of members or")
        .contains("  ok  with form: json its tag is the same in all 3 reads")
        .endsWith("routes:\n  - path: /a        # guessed\n    tag:\n      form: json\n");
  }

  @Test
  void anOrderOfElementsThatChangesIsForTheBackendToRepair() {
    doctor
        .backend()
        .on(
            "/a",
            (exchange, count) ->
                send(exchange, 200, count % 2 == 0 ? "{\"x\":[1,2,3]}" : "{\"x\":[3,1,2]}"));

    assertThat(doctor.looksAt("/a")).isEqualTo(ExitCode.FAILURE);
    assertThat(doctor.out())
        .contains("!!  the elements of /x come in another order every time")
        .contains("=>  cannot be protected until what is marked !! is changed")
        .doesNotContain("Settings");
  }

  @Test
  void whereEverythingMovesLeavingOutIsNoAnswer() {
    doctor
        .backend()
        .on(
            "/a",
            (exchange, count) ->
                send(exchange, 200, "{\"a\":%d,\"b\":%d,\"c\":%d}".formatted(count, count, count)));

    assertThat(doctor.looksAt("/a")).isEqualTo(ExitCode.FAILURE);
    assertThat(doctor.out()).contains("!!  so much of it changes").doesNotContain("Settings");
  }

  @Test
  void anEmptyPartOfATextIsShownWhereItMoves() {
    doctor
        .backend()
        .on(
            "/page",
            (exchange, count) ->
                send(
                    exchange,
                    200,
                    "<form><input name='csrf' value='%d'></form>".formatted(count),
                    "Content-Type",
                    "text/html"));

    assertThat(doctor.looksAt("/page")).isEqualTo(ExitCode.FAILURE);
    assertThat(doctor.out())
        .contains("is no JSON, of which a part could be left out")
        .contains("name='csrf' value='0'></form>…")
        .contains("name='csrf' value='1'></form>…");
  }

  @Test
  void aWeakTagAndASuffixedOneAreToldApart() {
    doctor.backend().on("/weak", (exchange, count) -> send(exchange, 200, "1", "ETag", "W/\"x\""));
    doctor
        .backend()
        .on(
            "/suffixed",
            (exchange, count) -> {
              boolean gzip =
                  exchange.getRequestHeaders().getFirst("Accept-Encoding").contains("gzip");
              boolean same = "\"x\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
              send(
                  exchange,
                  same ? 304 : 200,
                  same ? "" : "1",
                  "ETag",
                  gzip ? "\"x-gzip\"" : "\"x\"");
            });

    assertThat(doctor.looksAt("/weak", "/suffixed")).isEqualTo(ExitCode.OK);
    assertThat(doctor.out())
        .contains("ok  its own ETag is weak, and never matches in If-Match")
        .contains("ok  its own strong ETag is kept")
        .contains("ok  compressed, its ETag is \"x-gzip\": ifmatch knows the suffix")
        .contains("ok  If-None-Match with its ETag gets 304");
  }
}
