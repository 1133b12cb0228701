package dev.ifmatch.lock;

import static dev.ifmatch.lock.ResourceLockContract.KEY;
import static dev.ifmatch.lock.ResourceLockContract.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.lock.ResourceLock.Claim;
import dev.ifmatch.lock.ResourceLock.Lease;
import dev.ifmatch.policy.ResourceKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every lock engine promises whatever happens at the same time. */
interface ResourceLockRaces {
  int ROUNDS = 4_000;

  /** The lock under test, without holders; at most four claims may wait for one key. */
  ResourceLock lock();

  @Test
  default void neverAreThereTwoHoldersOfOneKey() throws Exception {
    int threads = 5; // no more than one key has room for
    int rounds = 10_000;
    List<Guarded> guarded = List.of(new Guarded("/a"), new Guarded("/b"), new Guarded("/c"));
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> writers = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        Random random = new Random(t);
        writers.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < rounds; i++) {
                    guarded.get(random.nextInt(guarded.size())).write(lock());
                  }
                }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    } finally {
      pool.shutdownNow();
    }

    assertThat(guarded.stream().mapToInt(g -> g.mostInside.get()).max()).hasValue(1);
    assertThat(guarded.stream().mapToInt(g -> g.writes).sum()).isEqualTo(threads * rounds);
  }

  /** A key, and a count that only its holder may change. */
  final class Guarded {
    final ResourceKey key;
    final AtomicInteger inside = new AtomicInteger();
    final AtomicInteger mostInside = new AtomicInteger();
    int writes;

    Guarded(String path) {
      key = ResourceKey.of(path);
    }

    void write(ResourceLock lock) {
      RecordingWaiter waiter = new RecordingWaiter();
      lock.acquire(key, LONG, waiter);
      Lease lease = waiter.lease();
      mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
      writes++;
      inside.decrementAndGet();
      lease.release(Optional.empty());
      assertThat(waiter.timesTold()).isEqualTo(1);
    }
  }

  @Test
  default void whoComesWhileTheHolderLeavesIsToldOnce() {
    try (Race race = new Race()) {
      for (int round = 0; round < ROUNDS; round++) {
        RecordingWaiter holder = acquire();
        Lease lease = holder.lease();
        RecordingWaiter next = new RecordingWaiter();

        race.run(() -> lease.release(Optional.empty()), () -> lock().acquire(KEY, LONG, next));

        next.lease().release(Optional.empty());
        assertThat(next.timesTold()).as("round %d", round).isEqualTo(1);
      }
    }
  }

  /** B leaves at the moment that A's lease goes on to it: C gets it, and C alone. */
  @Test
  default void aGrantThatCrossesALeavingGoesToTheNext() {
    try (Race race = new Race()) {
      for (int round = 0; round < ROUNDS; round++) {
        Lease a = acquire().lease();
        RecordingWaiter b = new RecordingWaiter();
        Claim claimOfB = lock().acquire(KEY, LONG, b);
        RecordingWaiter c = acquire();

        race.run(() -> a.release(Optional.empty()), claimOfB::abandon);

        Lease leaseOfC = c.lease();
        RecordingWaiter d = acquire();
        b.releaseIfGranted(); // void
        assertThat(d.timesTold()).as("round %d", round).isZero();
        leaseOfC.release(Optional.empty());
        d.lease().release(Optional.empty());
        assertThat(b.timesTold()).isLessThanOrEqualTo(1);
        assertThat(c.timesTold()).isEqualTo(1);
      }
    }
  }

  /** The opponent is the lock's own timer. */
  @Test
  default void aGrantThatCrossesATimeOutIsToldAsOneOfBoth() {
    Random random = new Random(1);
    int granted = 0;
    for (int round = 0; round < ROUNDS / 4; round++) {
      Lease a = acquire().lease();
      RecordingWaiter b = new RecordingWaiter();
      Duration wait = Duration.ofNanos(random.nextInt(200_000));
      long release = System.nanoTime() + wait.toNanos() + random.nextInt(200_000);
      lock().acquire(KEY, wait, b);
      while (System.nanoTime() < release) {
        Thread.onSpinWait();
      }

      a.release(Optional.empty());

      granted += b.awaitAnswerAndRelease() ? 1 : 0;
      acquire().lease().release(Optional.empty());
      assertThat(b.timesTold()).as("round %d", round).isEqualTo(1);
    }
    assertThat(granted).as("grants: both have to happen").isBetween(1, ROUNDS / 4 - 1);
  }

  @Test
  default void twoReleasesAtOnceAreOne() {
    try (Race race = new Race()) {
      for (int round = 0; round < ROUNDS; round++) {
        Lease lease = acquire().lease();
        RecordingWaiter next = acquire();
        RecordingWaiter afterNext = acquire();

        race.run(() -> lease.release(Optional.empty()), () -> lease.release(Optional.empty()));

        Lease nextLease = next.lease();
        assertThat(afterNext.timesTold()).as("round %d", round).isZero();
        nextLease.release(Optional.empty());
        afterNext.lease().release(Optional.empty());
      }
    }
  }

  private RecordingWaiter acquire() {
    RecordingWaiter waiter = new RecordingWaiter();
    lock().acquire(KEY, LONG, waiter);
    return waiter;
  }
}
