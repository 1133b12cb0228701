package dev.ifmatch.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ifmatch.balance.KnownName.Change;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long what is known of a name holds. */
class KnownNameTest {
  private static final Duration LEAST = Duration.ofNanos(10);
  private static final Duration MOST = Duration.ofNanos(100);
  private static final Duration STALE = Duration.ofNanos(1_000);

  private final KnownName<String> name =
      new KnownName<>(() -> new KnownName.Terms(LEAST, MOST, STALE), 0);

  @Test
  void theShortestTimeIsNotLongerThanTheLongest() {
    assertThatThrownBy(() -> new KnownName.Terms(MOST, LEAST, STALE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isLookedUpAtOnce() {
    assertThat(name.addresses()).isEmpty();
    assertThat(name.untilLookUp(0)).isZero();
    assertThat(name.holdsFor(0)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 10", "9, 10", "10, 10", "11, 11", "100, 100", "101, 100", "1000000, 100"})
  void anAnswerHoldsForItsOwnTimeWithinBounds(long told, long held) {
    assertThat(name.onFound(List.of("a"), Duration.ofNanos(told), 5)).isEqualTo(Change.MOVED);
    assertThat(name.untilLookUp(5)).isEqualTo(Duration.ofNanos(held));
    assertThat(name.untilLookUp(5 + held)).isZero();
    assertThat(name.untilLookUp(6 + held)).isZero();
  }

  @Test
  void theSameInAnotherOrderIsNoMove() {
    name.onFound(List.of("a", "b"), MOST, 0);
    assertThat(name.onFound(List.of("b", "a"), MOST, 100)).isEqualTo(Change.NONE);
    assertThat(name.addresses()).containsExactly("a", "b");
    assertThat(name.onFound(List.of("b"), MOST, 200)).isEqualTo(Change.MOVED);
    assertThat(name.onFound(List.of("b", "c"), MOST, 300)).isEqualTo(Change.MOVED);
    assertThat(name.addresses()).containsExactly("b", "c");
  }

  @Test
  void whatWasKnownCountsForAWhileWhenLookUpsFail() {
    name.onFound(List.of("a"), MOST, 0);
    assertThat(name.onFailed(100)).isEqualTo(Change.FAILS);
    assertThat(name.untilLookUp(100)).isEqualTo(LEAST);
    assertThat(name.holdsFor(100)).contains(STALE);
    assertThat(name.onFailed(110)).isEqualTo(Change.NONE);
    assertThat(name.onFailed(1_099)).isEqualTo(Change.NONE);
    assertThat(name.addresses()).containsExactly("a");
    assertThat(name.onFailed(1_100)).isEqualTo(Change.LOST);
    assertThat(name.addresses()).isEmpty();
    assertThat(name.onFailed(1_200)).isEqualTo(Change.NONE);
    assertThat(name.onFound(List.of("a"), MOST, 1_300)).isEqualTo(Change.MOVED);
  }

  @Test
  void recoveryIsTold() {
    name.onFound(List.of("a"), MOST, 0);
    name.onFailed(100);
    assertThat(name.onFound(List.of("a"), MOST, 110)).isEqualTo(Change.RECOVERED);
    assertThat(name.onFound(List.of("a"), MOST, 210)).isEqualTo(Change.NONE);
    assertThat(name.onFailed(310)).isEqualTo(Change.FAILS);
  }
}
