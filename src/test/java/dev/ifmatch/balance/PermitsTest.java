package dev.ifmatch.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ifmatch.balance.Permits.Entry;
import dev.ifmatch.balance.Permits.Waiter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** As many permits as there are, given in the order of coming. */
class PermitsTest {
  private final List<String> granted = new ArrayList<>();

  private Waiter waiter(String name) {
    return new Waiter() {
      @Override
      public void onGranted() {
        granted.add(name);
      }
    };
  }

  @Test
  void thereMustBeOne() {
    assertThatThrownBy(() -> new Permits(0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Permits(1, -1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theyAreGrantedInOrder() {
    Permits permits = new Permits(2, 2);
    assertThat(permits.acquire(waiter("a"))).isEqualTo(Entry.GRANTED);
    assertThat(permits.acquire(waiter("b"))).isEqualTo(Entry.GRANTED);
    assertThat(permits.acquire(waiter("c"))).isEqualTo(Entry.WAITING);
    assertThat(permits.acquire(waiter("d"))).isEqualTo(Entry.WAITING);
    assertThat(permits.acquire(waiter("e"))).isEqualTo(Entry.REFUSED);
    permits.release();
    assertThat(granted).containsExactly("c");
    permits.release();
    assertThat(granted).containsExactly("c", "d");
    assertThat(permits.taken()).isEqualTo(2);
    permits.release();
    permits.release();
    assertThat(permits.taken()).isZero();
    assertThatThrownBy(permits::release).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void withoutAQueueNobodyWaits() {
    Permits permits = new Permits(1, 0);
    assertThat(permits.acquire(waiter("a"))).isEqualTo(Entry.GRANTED);
    assertThat(permits.acquire(waiter("b"))).isEqualTo(Entry.REFUSED);
    permits.release();
    assertThat(permits.acquire(waiter("c"))).isEqualTo(Entry.GRANTED);
  }

  @Test
  void whoLeavesIsNotGrantedAny() {
    Permits permits = new Permits(1, 2);
    permits.acquire(waiter("a"));
    Waiter leaving = waiter("b");
    permits.acquire(leaving);
    permits.acquire(waiter("c"));
    assertThat(permits.leave(leaving)).isTrue();
    assertThat(permits.leave(leaving)).isFalse();
    permits.release();
    assertThat(granted).containsExactly("c");
  }

  @Test
  void isHandedOnToTheFirstOnlyAndOnlyIfThatFits() {
    Permits permits = new Permits(1, 2);
    Waiter first = waiter("b");
    permits.acquire(waiter("a"));
    assertThat(permits.handOn(w -> true)).isEmpty();
    permits.acquire(first);
    permits.acquire(waiter("c"));
    assertThat(permits.handOn(w -> w != first)).isEmpty();
    assertThat(permits.handOn(w -> true)).containsSame(first);
    assertThat(granted).as("told by who handed it on").isEmpty();
    assertThat(permits.waiting()).isOne();
    assertThat(permits.taken()).isOne();
    permits.release();
    assertThat(granted).containsExactly("c");
  }

  @Test
  void theirNumberCanChange() {
    Permits permits = new Permits(1, 1);
    permits.acquire(waiter("a"));
    permits.acquire(waiter("b"));
    permits.resize(2, 0);
    assertThat(granted).containsExactly("b");
    assertThat(permits.acquire(waiter("c"))).isEqualTo(Entry.REFUSED);
    permits.resize(1, 5);
    assertThat(permits.acquire(waiter("d"))).isEqualTo(Entry.WAITING);
    permits.release();
    assertThat(granted).as("there are fewer now").containsExactly("b");
    permits.release();
    assertThat(granted).containsExactly("b", "d");
  }

  /** Against a model: a number and a list. */
  @Property
  void doesWhatANumberAndAListDo(
      @ForAll @IntRange(min = 1, max = 3) int most,
      @ForAll @IntRange(max = 3) int mostWaiting,
      @ForAll @Size(max = 40) List<@IntRange(max = 5) Integer> events) {
    Permits permits = new Permits(most, mostWaiting);
    Deque<Waiter> model = new ArrayDeque<>();
    List<Waiter> told = new ArrayList<>();
    int taken = 0;
    for (int event : events) {
      if (event <= 2) {
        Waiter[] self = new Waiter[1];
        self[0] = () -> told.add(self[0]);
        Entry expected =
            taken < most
                ? Entry.GRANTED
                : model.size() < mostWaiting ? Entry.WAITING : Entry.REFUSED;
        assertThat(permits.acquire(self[0])).isEqualTo(expected);
        taken += expected == Entry.GRANTED ? 1 : 0;
        if (expected == Entry.WAITING) {
          model.addLast(self[0]);
        }
      } else if (event == 3 && !model.isEmpty()) {
        assertThat(permits.leave(model.removeLast())).isTrue();
      } else if (taken > 0) {
        int before = told.size();
        permits.release();
        if (model.isEmpty()) {
          taken--;
        } else {
          assertThat(told.subList(before, told.size())).containsExactly(model.removeFirst());
        }
      }
      assertThat(permits.taken()).isEqualTo(taken);
      assertThat(permits.waiting()).isEqualTo(model.size());
    }
  }

  /**
   * Threads that take, wait, leave and give back: never too many at once, and nobody is forgotten.
   */
  @Test
  @Timeout(20)
  void holdsUnderConcurrency() throws InterruptedException {
    int most = 3;
    int rounds = 5_000;
    Permits permits = new Permits(most, 100);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger tooMany = new AtomicInteger();
    Runnable work =
        () -> {
          for (int i = 0; i < rounds; i++) {
            Semaphore turn = new Semaphore(0);
            Waiter waiter = turn::release;
            Entry entry = permits.acquire(waiter);
            boolean leaves = ThreadLocalRandom.current().nextInt(4) == 0;
            if (entry == Entry.WAITING && !(leaves && permits.leave(waiter))) {
              turn.acquireUninterruptibly();
              entry = Entry.GRANTED;
            }
            if (entry == Entry.GRANTED) {
              if (inside.incrementAndGet() > most) {
                tooMany.incrementAndGet();
              }
              inside.decrementAndGet();
              permits.release();
            }
          }
        };
    int threads = 8;
    CountDownLatch done = new CountDownLatch(threads);
    for (int i = 0; i < threads; i++) {
      Thread thread =
          new Thread(
              () -> {
                work.run();
                done.countDown();
              });
      thread.setDaemon(true);
      thread.start();
    }
    assertThat(done.await(15, TimeUnit.SECONDS)).as("nobody waits in vain").isTrue();
    assertThat(tooMany).hasValue(0);
    assertThat(permits.taken()).isZero();
    assertThat(permits.waiting()).isZero();
  }
}
