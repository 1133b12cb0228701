package dev.ifmatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The container's health check, against ports that listen and ports that do not. */
class HealthCheckTest {
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "0.0.0.0", "[::]", "[::ffff:127.0.0.1]", ""})
  void aListeningPortIsHealthy(String host) throws IOException {
    try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(check(host + ":" + listener.getLocalPort())).isZero();
    }
    assertThat(errors.toString(UTF_8)).isEmpty();
  }

  @Test
  void aClosedPortIsNot() throws IOException {
    int port;
    try (var listener = new ServerSocket(0)) {
      port = listener.getLocalPort();
    }
    assertThat(check("127.0.0.1:" + port)).isOne();
    assertThat(errors.toString(UTF_8)).contains("127.0.0.1:" + port).hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8080", "127.0.0.1:", "127.0.0.1:http", "127.0.0.1:65536"})
  void norIsWhatIsNoAddress(String listen) {
    assertThat(check(listen)).isOne();
    assertThat(errors.toString(UTF_8)).hasLineCount(1);
  }

  private int check(String listen) {
    return HealthCheck.check(listen, new PrintStream(errors, true, UTF_8));
  }
}
