package dev.ifmatch.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Who is asked next. */
class RotationTest {
  private long now;
  private final Rotation rotation = new Rotation(0, () -> now);

  private record Backend(Health health) implements Rotation.Candidate {}

  private static List<Backend> backends(int count) {
    return Stream.generate(
            () -> new Health(() -> Duration.ofNanos(100), () -> Duration.ofNanos(50)))
        .limit(count)
        .map(Backend::new)
        .toList();
  }

  private List<Integer> turns(List<Backend> all, int count) {
    return IntStream.range(0, count).mapToObj(i -> rotation.next(all, Set.of())).toList();
  }

  @Test
  void allTakeTurns() {
    assertThat(turns(backends(3), 7)).containsExactly(0, 1, 2, 0, 1, 2, 0);
  }

  @Test
  void nobodyIsChosenFromNobody() {
    assertThat(rotation.next(List.of(), Set.of())).isEqualTo(-1);
    assertThat(rotation.nextUsable(List.of(), Set.of())).isEqualTo(-1);
  }

  @Test
  void theOthersTakeTurnsWhileOneRests() {
    List<Backend> all = backends(3);
    all.get(1).health().onUnreachable(now);
    assertThat(turns(all, 4)).containsExactly(0, 2, 0, 2);
    now = 100;
    assertThat(turns(all, 6)).as("one turn to try it out").containsExactly(0, 1, 2, 0, 2, 0);
    all.get(1).health().onAnswered();
    assertThat(turns(all, 3)).containsExactly(1, 2, 0);
  }

  @Test
  void whereAllRestTheOneThatFailedTheLongestAgoIsTried() {
    List<Backend> all = backends(3);
    for (int failing : new int[] {2, 0, 1}) {
      now++;
      all.get(failing).health().onUnreachable(now);
    }
    assertThat(turns(all, 2)).containsExactly(2, 2);
    assertThat(rotation.next(all, Set.of(all.get(2)))).isZero();
    assertThat(rotation.next(all, Set.of(all.get(2), all.get(0)))).isEqualTo(1);
    assertThat(rotation.next(all, all)).isEqualTo(-1);
    assertThat(rotation.nextUsable(all, Set.of())).isEqualTo(-1);
  }

  @Test
  void whatComesAndGoesDoesNotMatter() {
    turns(backends(5), 4);
    assertThat(turns(backends(2), 2)).containsExactlyInAnyOrder(0, 1);
  }

  /** Of those that are well, any so many in a row are all of them; who was tried is left out. */
  @Property
  void isFair(
      @ForAll @IntRange(min = 1, max = 8) int count,
      @ForAll @Size(max = 8) Set<@IntRange(max = 7) Integer> resting,
      @ForAll @Size(max = 8) Set<@IntRange(max = 7) Integer> triedPlaces,
      @ForAll @IntRange(max = 1_000_000) int first) {
    List<Backend> all = backends(count);
    Rotation any = new Rotation(first, () -> 1);
    List<Backend> tried = new ArrayList<>();
    Set<Integer> well = new HashSet<>();
    for (int i = 0; i < count; i++) {
      if (resting.contains(i)) {
        all.get(i).health().onUnreachable(0);
      }
      if (triedPlaces.contains(i)) {
        tried.add(all.get(i));
      } else if (!resting.contains(i)) {
        well.add(i);
      }
    }
    List<Integer> chosen = new ArrayList<>();
    for (int i = 0; i < Math.max(1, well.size()); i++) {
      chosen.add(any.next(all, tried));
    }
    if (tried.size() == count) {
      assertThat(chosen).containsOnly(-1);
    } else if (well.isEmpty()) {
      assertThat(chosen).allMatch(at -> resting.contains(at) && !triedPlaces.contains(at));
    } else {
      assertThat(chosen).containsExactlyInAnyOrderElementsOf(well);
    }
  }
}
