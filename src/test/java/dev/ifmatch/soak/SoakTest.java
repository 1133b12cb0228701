package dev.ifmatch.soak;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A second of the soak: it can pass, and it can fail. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class SoakTest {
  private static final String LOST = "lost updates: writes that erased another";
  private static final Options SECOND = new Options(Duration.ofSeconds(1), 12, 2, 0, true, 1);

  @Test
  void nothingIsLostThroughTheProxy() throws Exception {
    Verdict verdict = run(SECOND);

    assertThat(verdict.found(LOST)).isZero();
    assertThat(verdict.found("writes told done that were not applied")).isZero();
    assertThat(verdict.found("wrong answers")).isZero();
    assertThat(verdict.found("runs without a write")).isZero();
  }

  @Test
  void updatesAreLostStraightToTheBackendAndItSaysSo() throws Exception {
    Verdict verdict = run(SECOND.unguarded());

    assertThat(verdict.found(LOST)).isPositive();
    assertThat(verdict.isFine()).isFalse();
  }

  private static Verdict run(Options options) throws Exception {
    return new Soak(options, new PrintStream(OutputStream.nullOutputStream(), true, UTF_8))
        .run(Duration.ZERO);
  }
}
