package dev.ifmatch.cli;

import static dev.ifmatch.cli.NaiveServer.send;
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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the doctor is asked, and what it asks others. */
@Timeout(60)
class DoctorCommandTest {
  @RegisterExtension private final DoctorFixture doctor = new DoctorFixture();

  @Test
  void fieldsArePassedOnWithEveryRequest() {
    doctor
        .backend()
        .on(
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

    assertThat(doctor.looksAt("/me", "-H", "Authorization: Bearer x", "-H", "Host: other"))
        .isEqualTo(ExitCode.OK);
    assertThat(doctor.out())
        .contains("--  it depends on Authorization: a write is compared with what its own sender")
        .doesNotContain("Bearer x");
  }

  @Test
  void aServerThatDoesNotRunIsToldOf() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThat(doctor.run("doctor", "http://127.0.0.1:" + port, "/a")).isEqualTo(ExitCode.FAILURE);
    assertThat(doctor.out())
        .contains("!!  nothing accepts connections at http://127.0.0.1:%d".formatted(port));
  }

  @Test
  void ifmatchItselfIsRecognisedAndComparedWithTheBackend() throws IOException {
    doctor.backend().on("/orders/7", (exchange, count) -> send(exchange, 200, "{\"id\":7}"));
    ProxySettings settings =
        new ProxySettings(
            Origin.parse(doctor.backend().url()),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            RouteTable.of(RoutePolicy.DEFAULT),
            Limits.DEFAULT,
            Http2Limits.DEFAULT,
            HostField.CLIENT);
    try (ProxyServer proxy = ProxyServer.start(settings, new LoggingListener())) {
      String url = "http://127.0.0.1:" + proxy.address().getPort();

      assertThat(doctor.run("doctor", url, "/orders/7", "--pause", "1ms")).isEqualTo(ExitCode.OK);
      assertThat(doctor.out())
          .contains("ok  ifmatch answers here, and its ETag arrives strong")
          .contains("ok  If-None-Match with its ETag gets 304");
      assertThat(doctor.looksAt("/orders/7", "--through", url)).isEqualTo(ExitCode.OK);
      assertThat(doctor.out()).contains("ok  through %s: its ETag is \"".formatted(url));
    }
  }

  @Test
  void itNeverWrites() {
    doctor.backend().on("/a", (exchange, count) -> send(exchange, 200, "1", "ETag", "\"x\""));
    doctor.looksAt("/a", "/b");
    assertThat(doctor.backend().methods()).containsExactlyInAnyOrder("GET", "HEAD");
  }

  @Test
  void thePathMayStandInTheUrl() {
    doctor.backend().on("/a", (exchange, count) -> send(exchange, 200, "1"));
    assertThat(doctor.run("doctor", doctor.backend().url() + "/a?b=1", "--pause", "1ms"))
        .isEqualTo(ExitCode.OK);
    assertThat(doctor.out()).startsWith("/a?b=1\n");
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
    assertThat(doctor.run(words.toArray(String[]::new))).isEqualTo(ExitCode.USAGE);
    assertThat(doctor.err())
        .isEqualTo("ifmatch: %s (see ifmatch doctor --help)%n".formatted(complaint));
  }

  @Test
  void helpShowsExamplesAndExitCodes() {
    assertThat(doctor.run("doctor", "--help")).isEqualTo(ExitCode.OK);
    assertThat(doctor.out()).contains("Usage: ifmatch doctor URL PATH").contains("Exit codes:");
    assertThat(doctor.out().lines()).allSatisfy(l -> assertThat(l.length()).isLessThan(91));
  }
}
