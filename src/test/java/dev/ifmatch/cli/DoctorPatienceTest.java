package dev.ifmatch.cli;

import static dev.ifmatch.cli.NaiveServer.send;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the doctor says of what cannot be read as a whole, and when it stops reading. */
@Timeout(60)
class DoctorPatienceTest {
  @RegisterExtension private final DoctorFixture doctor = new DoctorFixture();

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
    doctor
        .backend()
        .on("/a", (exchange, count) -> send(exchange, status, "", "Location", "/elsewhere"));

    assertThat(doctor.looksAt("/a")).isEqualTo(ExitCode.FAILURE);
    assertThat(doctor.out()).contains(line).contains("=>  cannot be read");
  }

  @Test
  void aHugeAnswerIsNotReadToItsEnd() {
    String piece = "x".repeat(1 << 20);
    doctor
        .backend()
        .on(
            "/huge",
            (exchange, count) -> {
              exchange.sendResponseHeaders(200, 0);
              while (true) {
                exchange.getResponseBody().write(piece.getBytes(US_ASCII)); // until it is cut off
              }
            });

    assertThat(doctor.looksAt("/huge", "--reads", "2")).isEqualTo(ExitCode.FAILURE);
    assertThat(doctor.out()).contains("!!  200, no Content-Type, more than 16.0 MiB: too large");
  }

  @Test
  void aStreamIsNotReadAtAll() {
    CountDownLatch never = new CountDownLatch(1);
    doctor
        .backend()
        .on(
            "/events",
            (exchange, count) -> {
              exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
              exchange.sendResponseHeaders(200, 0);
              exchange.getResponseBody().flush();
              await(never);
            });

    assertThat(doctor.looksAt("/events", "--reads", "2")).isEqualTo(ExitCode.FAILURE);
    assertThat(doctor.out()).contains("!!  200, text/event-stream: a stream without end");
  }

  @Test
  void aSlowAnswerIsNotWaitedFor() {
    CountDownLatch never = new CountDownLatch(1);
    doctor.backend().on("/slow", (exchange, count) -> await(never));

    assertThat(doctor.looksAt("/slow", "--timeout", "200ms")).isEqualTo(ExitCode.FAILURE);
    assertThat(doctor.out()).contains("!!  no whole answer within 200 ms");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
