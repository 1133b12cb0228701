package dev.ifmatch.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StatusCodesTest {

  @ParameterizedTest
  @CsvSource({
    "399, 428, 204, stale is 399; write 400 to 499",
    "500, 428, 204, stale is 500; write 400 to 499",
    "412, 304, 204, missing is 304; write 400 to 499",
    "412, 428, 199, 'unchanged is 199; write 200 to 299, or 304'",
    "412, 428, 300, 'unchanged is 300; write 200 to 299, or 304'",
  })
  void aCodeOutOfItsRangeIsNamed(int stale, int missing, int unchanged, String complaint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StatusCodes(stale, missing, unchanged))
        .withMessage(complaint);
  }

  @Test
  void bordersAreInTheRange() {
    assertThat(new StatusCodes(400, 499, 304)).isNotEqualTo(new StatusCodes(499, 400, 200));
  }

  /** Only what a write's precondition has come to is told in the codes of the route. */
  @ParameterizedTest
  @EnumSource
  void onlyPreconditionsOfWritesHaveTheRoutesCodes(Refusal refusal) {
    int expected =
        switch (refusal) {
          case STALE, ALREADY_APPLIED, WEAK_TAG, ABSENT, EXISTS, MODIFIED, UNDATED, UNVERIFIABLE ->
              409;
          case MISSING -> 400;
          default -> refusal.status();
        };
    assertThat(refusal.status(StatusCodes.CONFLICT)).isEqualTo(expected);
    assertThat(refusal.status(StatusCodes.RFC)).isEqualTo(refusal.status());
  }
}
