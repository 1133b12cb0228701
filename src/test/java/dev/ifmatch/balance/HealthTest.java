package dev.ifmatch.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.balance.Health.Change;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** When an address rests, for how long, and what brings it back, in nanoseconds. */
class HealthTest {
  private static final Duration REST = Duration.ofNanos(100);
  private static final Duration TRIAL = Duration.ofNanos(50);

  private final Health health = new Health(() -> REST, () -> TRIAL);

  @Test
  void isWellAtFirst() {
    assertThat(health.isWell()).isTrue();
    assertThat(health.isUsable(0)).isTrue();
    assertThat(health.onAnswered()).isEqualTo(Change.NONE);
  }

  @Test
  void restsAtOnceWhereNoConnectionCanBeMade() {
    assertThat(health.onUnreachable(1_000)).isEqualTo(Change.WENT_BAD);
    assertThat(health.isWell()).isFalse();
    assertThat(health.isUsable(1_099)).isFalse();
    assertThat(health.isUsable(1_100)).isTrue();
    assertThat(health.failedAt()).isEqualTo(1_000);
    assertThat(health.onAnswered()).isEqualTo(Change.CAME_BACK);
    assertThat(health.isWell()).isTrue();
  }

  @Test
  void restsWhenThreeRequestsInARowGetNoAnswer() {
    assertThat(health.onUnanswered(1)).isEqualTo(Change.NONE);
    assertThat(health.onUnanswered(2)).isEqualTo(Change.NONE);
    assertThat(health.onAnswered()).isEqualTo(Change.NONE);
    assertThat(health.onUnanswered(3)).isEqualTo(Change.NONE);
    assertThat(health.onUnanswered(4)).isEqualTo(Change.NONE);
    assertThat(health.isWell()).isTrue();
    assertThat(health.onUnanswered(5)).isEqualTo(Change.WENT_BAD);
    assertThat(health.isUsable(104)).isFalse();
  }

  @Test
  void oneRequestTriesItOut() {
    health.onUnreachable(0);
    health.onChosen(100);
    assertThat(health.isUsable(149)).as("while it is tried out").isFalse();
    assertThat(health.isUsable(150)).as("where nothing came of that").isTrue();
  }

  @Test
  void beingChosenWhileItRestsIsNoTrial() {
    health.onUnreachable(0);
    health.onChosen(60);
    assertThat(health.isUsable(100)).isTrue();
  }

  @Test
  void restsTwiceAsLongEachTimeUpToEightTimes() {
    long now = 0;
    for (int times : new int[] {1, 2, 4, 8, 8, 8}) {
      health.onChosen(now);
      assertThat(health.onUnreachable(now)).isEqualTo(times == 1 ? Change.WENT_BAD : Change.NONE);
      long rested = now + 100L * times;
      assertThat(health.isUsable(rested - 1)).isFalse();
      assertThat(health.isUsable(rested)).isTrue();
      now = rested;
    }
    health.onAnswered();
    health.onUnreachable(now);
    assertThat(health.isUsable(now + 100)).as("from the start again").isTrue();
  }

  /** A hundred requests that were under way when it failed are one failure. */
  @Test
  void whatFailsTogetherCountsOnce() {
    for (int i = 0; i < 100; i++) {
      health.onUnreachable(i / 10);
    }
    assertThat(health.isUsable(109)).isTrue();
  }

  @Test
  void checksTakeItOutAndBringItBack() {
    assertThat(health.onChecked(false, 2, 3, 1)).isEqualTo(Change.NONE);
    assertThat(health.onChecked(false, 2, 3, 2)).isEqualTo(Change.NONE);
    assertThat(health.onChecked(true, 2, 3, 3)).isEqualTo(Change.NONE);
    assertThat(health.onChecked(false, 2, 3, 4)).isEqualTo(Change.NONE);
    assertThat(health.onChecked(false, 2, 3, 5)).isEqualTo(Change.NONE);
    assertThat(health.onChecked(false, 2, 3, 6)).isEqualTo(Change.WENT_BAD);
    assertThat(health.isUsable(Long.MAX_VALUE / 2)).isFalse();
    assertThat(health.onAnswered())
        .as("a request does not overrule the checks")
        .isEqualTo(Change.NONE);
    assertThat(health.onChecked(true, 2, 3, 7)).isEqualTo(Change.NONE);
    assertThat(health.onChecked(true, 2, 3, 8)).isEqualTo(Change.CAME_BACK);
    assertThat(health.isWell()).isTrue();
  }

  @Test
  void checksEndARest() {
    health.onUnreachable(0);
    assertThat(health.onChecked(true, 1, 1, 1)).isEqualTo(Change.CAME_BACK);
    assertThat(health.isWell()).isTrue();
  }

  /** Bad and good news take turns, however it goes, so that each makes one line in a log. */
  @Property
  void changesTakeTurns(@ForAll @Size(max = 60) List<@IntRange(max = 4) Integer> events) {
    Health any = new Health(() -> REST, () -> TRIAL);
    boolean well = true;
    long now = 0;
    for (int event : events) {
      now += 30;
      Change change =
          switch (event) {
            case 0 -> any.onUnreachable(now);
            case 1 -> any.onUnanswered(now);
            case 2 -> any.onAnswered();
            case 3 -> any.onChecked(true, 2, 2, now);
            default -> any.onChecked(false, 2, 2, now);
          };
      assertThat(change == Change.NONE).isEqualTo(any.isWell() == well);
      assertThat(change).isNotEqualTo(well ? Change.CAME_BACK : Change.WENT_BAD);
      well = any.isWell();
      assertThat(any.isUsable(now) || !well).isTrue();
    }
  }
}
