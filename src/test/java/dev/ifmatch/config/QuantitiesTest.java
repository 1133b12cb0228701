package dev.ifmatch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Amounts with units. */
class QuantitiesTest {

  @ParameterizedTest
  @CsvSource({"250ms, PT0.25S", "5s, PT5S", "1m, PT1M", "90s, PT1M30S", "24h, PT24H"})
  void durations(String text, Duration expected) {
    assertThat(Quantities.duration(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "5 s", "-5s", "5S", "1.5s", "0s", "25h", "9999999999s"})
  void whatIsNoDuration(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Quantities.duration(text));
  }

  @ParameterizedTest
  @CsvSource({"0B, 0", "1B, 1", "64KiB, 65536", "4MiB, 4194304", "3GiB, 3221225472"})
  void sizes(String text, long expected) {
    assertThat(Quantities.bytes(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "KiB", "5KB", "5kib", "-5B", "1.5MiB", "9999999999B"})
  void whatIsNoSize(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Quantities.bytes(text));
  }

  @ParameterizedTest
  @CsvSource({"250ms", "5s", "1m", "90s", "24h"})
  void durationsAreWrittenInTheLargestUnitThatFits(String text) {
    assertThat(Quantities.text(Quantities.duration(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0B", "1B", "64KiB", "4MiB", "3GiB", "1025B", "2048GiB"})
  void sizesAreWrittenInTheLargestUnitThatFits(String text) {
    assertThat(Quantities.text(Quantities.bytes(text))).isEqualTo(text);
  }

  @Test
  void memoryIsBounded() {
    assertThat(Quantities.MEMORY.parse("1GiB")).isEqualTo(1 << 30);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Quantities.MEMORY.parse("2GiB"))
        .withMessage("'2GiB' is more than 1GiB");
  }
}
