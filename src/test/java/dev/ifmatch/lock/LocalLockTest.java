package dev.ifmatch.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LocalLockTest {
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final LocalLock lock = new LocalLock(timer, 4);

  LocalLockTest() {
    timer.setRemoveOnCancelPolicy(true);
  }

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  @Nested
  class KeepsTheContract implements ResourceLockContract {
    @Override
    public ResourceLock lock() {
      return lock;
    }

    @Test
    void aKeyIsKeptOnlyWhileItIsHeldOrWaitedFor() {
      assertThat(lock.heldKeys()).isZero();
      ResourceLock.Lease held = acquire(KEY).lease();
      RecordingWaiter next = acquire(KEY);
      acquire(OTHER_KEY).lease().releaseAfter(Duration.ZERO);
      await().untilAsserted(() -> assertThat(lock.heldKeys()).isEqualTo(1));

      held.release(Optional.empty());
      assertThat(lock.heldKeys()).isEqualTo(1);

      next.lease().release(Optional.of(SEEN));
      assertThat(lock.heldKeys()).isZero();
    }

    @Test
    void whoNeedsToWaitNoLongerLeavesNoTimerBehind() {
      ResourceLock.Lease held = acquire().lease();
      RecordingWaiter next = acquire();
      ResourceLock.Claim leaving = lock.acquire(KEY, LONG, new RecordingWaiter());
      assertThat(timer.getQueue()).hasSize(2);

      leaving.abandon();
      assertThat(timer.getQueue()).hasSize(1);

      held.release(Optional.empty());
      next.lease();
      assertThat(timer.getQueue()).isEmpty();
    }

    @Test
    void theQueuesLengthCanChange() {
      LocalLock growing = new LocalLock(timer, 0);
      growing.acquire(KEY, LONG, new RecordingWaiter());
      growing.allowWaiting(1);
      RecordingWaiter waits = new RecordingWaiter();
      RecordingWaiter comesTooLate = new RecordingWaiter();
      ResourceLock.Claim claim = growing.acquire(KEY, LONG, waits);
      growing.acquire(KEY, LONG, comesTooLate);

      assertThat(comesTooLate.denial()).isEqualTo(ResourceLock.Denial.QUEUE_FULL);
      assertThat(waits.timesTold()).isZero();
      claim.abandon();
    }

    @Test
    void aLockWithoutAQueueRefusesWhoeverWouldWait() {
      LocalLock impatient = new LocalLock(timer, 0);
      RecordingWaiter holder = new RecordingWaiter();
      RecordingWaiter other = new RecordingWaiter();
      impatient.acquire(KEY, LONG, holder);
      impatient.acquire(KEY, LONG, other);

      holder.lease();
      assertThat(other.denial()).isEqualTo(ResourceLock.Denial.QUEUE_FULL);
    }
  }

  @Nested
  class HoldsInRaces implements ResourceLockRaces {
    @Override
    public ResourceLock lock() {
      return lock;
    }

    @AfterEach
    void noKeyAndNoTimerIsLeft() {
      assertThat(lock.heldKeys()).isZero();
      assertThat(timer.getQueue()).isEmpty();
    }
  }
}
