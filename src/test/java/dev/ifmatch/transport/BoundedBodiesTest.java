package dev.ifmatch.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.http.EntityTag;
import dev.ifmatch.policy.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class BoundedBodiesTest {
  /** What an entry may hold beside its body; what exactly it costs is nobody's business. */
  private static final int MOST_FOR_AN_ENTRY = 1_000;

  private static final int BODY = 10_000;
  private static final ResourceKey KEY = ResourceKey.of("/a");

  private static byte[] body(int length) {
    return "x".repeat(length).getBytes(UTF_8);
  }

  private static EntityTag tag(int number) {
    return EntityTag.strong("tag" + number);
  }

  private static void keep(BoundedBodies bodies, int number) {
    bodies.keep(KEY, tag(number), body(BODY));
  }

  private static List<Integer> kept(BoundedBodies bodies, int upTo) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < upTo; i++) {
      if (bodies.find(KEY, tag(i)).isPresent()) {
        numbers.add(i);
      }
    }
    return numbers;
  }

  @Test
  void whatWasKeptIsFoundByItsResourceAndTag() {
    BoundedBodies bodies = new BoundedBodies(100_000);
    bodies.keep(KEY, tag(1), body(3));
    assertThat(bodies.find(KEY, tag(1))).contains(body(3));
    assertThat(bodies.find(KEY, new EntityTag(true, "tag1"))).as("weak").contains(body(3));
    assertThat(bodies.find(KEY, tag(2))).isEmpty();
    assertThat(bodies.find(ResourceKey.of("/b"), tag(1))).isEmpty();
  }

  @Test
  void whatWasUsedLongestAgoGoesFirst() {
    BoundedBodies bodies = new BoundedBodies(3 * BODY + MOST_FOR_AN_ENTRY);
    for (int i = 0; i < 3; i++) {
      keep(bodies, i);
    }
    assertThat(bodies.find(KEY, tag(0))).as("is used again").isPresent();
    keep(bodies, 3);
    assertThat(kept(bodies, 4)).containsExactly(0, 2, 3);
    keep(bodies, 0);
    keep(bodies, 4);
    assertThat(kept(bodies, 5)).containsExactly(0, 3, 4);
  }

  @Test
  void oneLargeBodyTakesThePlaceOfManySmallOnes() {
    BoundedBodies bodies = new BoundedBodies(10 * BODY);
    for (int i = 0; i < 8; i++) {
      keep(bodies, i);
    }
    bodies.keep(KEY, tag(8), body(7 * BODY));
    assertThat(kept(bodies, 9)).containsExactly(6, 7, 8);
  }

  @Test
  void withLessSpaceTheOldestAreForgotten() {
    BoundedBodies bodies = new BoundedBodies(10 * BODY);
    for (int i = 0; i < 8; i++) {
      keep(bodies, i);
    }
    bodies.resize(3 * BODY);
    assertThat(kept(bodies, 8)).containsExactly(6, 7);
    bodies.resize(10 * BODY);
    keep(bodies, 8);
    assertThat(kept(bodies, 9)).containsExactly(6, 7, 8);
  }

  @Test
  void whatIsTooLargeTakesNobodysPlace() {
    BoundedBodies bodies = new BoundedBodies(2 * BODY);
    keep(bodies, 0);
    bodies.keep(KEY, tag(1), body(2 * BODY + 1));
    assertThat(kept(bodies, 2)).containsExactly(0);
  }

  @Test
  void withoutSpaceNothingIsKept() {
    BoundedBodies bodies = new BoundedBodies(0);
    bodies.keep(KEY, tag(0), body(0));
    assertThat(bodies.find(KEY, tag(0))).isEmpty();
  }

  /** Else the sum would drift, until nothing is kept any more or without bounds. */
  @Test
  void whatIsKeptAgainCountsOnce() {
    BoundedBodies bodies = new BoundedBodies(3 * BODY);
    for (int round = 0; round < 100; round++) {
      bodies.keep(KEY, tag(0), body(round % 2 == 0 ? BODY : 1));
      keep(bodies, 1);
    }
    assertThat(kept(bodies, 2)).containsExactly(0, 1);
    assertThat(bodies.find(KEY, tag(0))).contains(body(1));
    for (int i = 2; i < 10; i++) {
      keep(bodies, i);
    }
    assertThat(kept(bodies, 10)).containsExactly(8, 9);
  }

  /** Thousands of tiny bodies must not take more than their bytes say. */
  @Test
  void anEntryCostsSomethingThoughItsBodyIsEmpty() {
    BoundedBodies bodies = new BoundedBodies(BODY);
    for (int i = 0; i < BODY; i++) {
      bodies.keep(KEY, tag(i), body(0));
    }
    assertThat(kept(bodies, BODY)).hasSizeBetween(BODY / MOST_FOR_AN_ENTRY, BODY / 50);
    assertThat(bodies.find(KEY, tag(BODY - 1))).isPresent();
  }

  @Test
  void manyThreadsFindWhatWasKeptOrNothing() throws Exception {
    BoundedBodies bodies = new BoundedBodies(20 * BODY);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        Random random = new Random(t);
        tasks.add(() -> findsOnlyWhatItsTagSays(bodies, random));
      }
      for (Future<Boolean> task : threads.invokeAll(tasks)) {
        assertThat(task.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
    for (int i = 0; i < 100; i++) {
      keep(bodies, 1_000 + i);
    }
    assertThat(kept(bodies, 1_100)).as("the sum has not drifted").hasSize(19);
  }

  /** The body of tag {@code n} has {@code n} hundreds of octets. */
  private static boolean findsOnlyWhatItsTagSays(BoundedBodies bodies, Random random) {
    boolean right = true;
    for (int i = 0; i < 20_000; i++) {
      int number = random.nextInt(100);
      if (random.nextBoolean()) {
        bodies.keep(KEY, tag(number), new byte[100 * number]);
      } else {
        Optional<byte[]> found = bodies.find(KEY, tag(number));
        right &= found.isEmpty() || found.get().length == 100 * number;
      }
    }
    return right;
  }
}
