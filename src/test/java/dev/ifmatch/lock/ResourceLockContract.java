package dev.ifmatch.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.http.FieldList;
import dev.ifmatch.http.Method;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.http.ResourceState;
import dev.ifmatch.lock.ResourceLock.Claim;
import dev.ifmatch.lock.ResourceLock.Denial;
import dev.ifmatch.lock.ResourceLock.Lease;
import dev.ifmatch.policy.ResourceKey;
import dev.ifmatch.policy.Sighting;
import dev.ifmatch.representation.TagRecipe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every lock engine promises, one step after the other; see also the races. */
interface ResourceLockContract {
  ResourceKey KEY = ResourceKey.of("/a");
  ResourceKey OTHER_KEY = ResourceKey.of("/b");
  Duration LONG = Duration.ofMinutes(5);
  Duration SHORT = Duration.ofMillis(50);
  Sighting SEEN =
      new Sighting(
          new RequestHead(Method.GET, "/a", FieldList.of()),
          TagRecipe.DEFAULT,
          new ResourceState.Absent(),
          List.of());

  /** The lock under test, without holders; at most four claims may wait for one key. */
  ResourceLock lock();

  default RecordingWaiter acquire() {
    return acquire(KEY);
  }

  default RecordingWaiter acquire(ResourceKey key) {
    RecordingWaiter waiter = new RecordingWaiter();
    lock().acquire(key, LONG, waiter);
    return waiter;
  }

  @Test
  default void aFreeKeyIsGranted() {
    assertThat(acquire().lease().sighting()).isEmpty();
  }

  @Test
  default void aHeldKeyIsGrantedOnceItIsReleased() {
    RecordingWaiter holder = acquire();
    RecordingWaiter next = acquire();
    Lease lease = holder.lease();
    assertThat(next.timesTold()).isZero();

    lease.release(Optional.empty());
    next.lease();

    assertThat(next.timesTold()).isEqualTo(1);
    assertThat(holder.timesTold()).isEqualTo(1);
  }

  @Test
  default void otherKeysDoNotWait() {
    acquire(KEY).lease();

    acquire(OTHER_KEY).lease();
  }

  @Test
  default void whoeverCameFirstIsServedFirst() {
    Lease held = acquire().lease();
    List<RecordingWaiter> queue = Stream.generate(this::acquire).limit(4).toList();

    for (int next = 0; next < queue.size(); next++) {
      held.release(Optional.empty());
      held = queue.get(next).lease();
      assertThat(queue.stream().mapToInt(RecordingWaiter::timesTold).sum()).isEqualTo(next + 1);
    }
  }

  @Test
  default void whoWaitsTooLongIsRefusedAndLeavesTheQueue() {
    Lease held = acquire().lease();
    RecordingWaiter impatient = new RecordingWaiter();
    long start = System.nanoTime();
    lock().acquire(KEY, SHORT, impatient);
    RecordingWaiter patient = acquire();

    assertThat(impatient.denial()).isEqualTo(Denial.TIMED_OUT);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(SHORT);

    held.release(Optional.empty());
    patient.lease();
    assertThat(impatient.timesTold()).isEqualTo(1);
  }

  @Test
  default void aHolderMayTakeLongerThanAnyoneMayWait() {
    RecordingWaiter holder = new RecordingWaiter();
    lock().acquire(KEY, SHORT, holder);
    RecordingWaiter first = new RecordingWaiter();
    lock().acquire(KEY, SHORT, first);
    first.denial();
    RecordingWaiter second = new RecordingWaiter();
    lock().acquire(KEY, SHORT, second);
    second.denial();

    assertThat(holder.timesTold()).isEqualTo(1);
    holder.lease();
  }

  @Test
  default void aFullQueueRefusesAtOnceAndHasRoomAgainLater() {
    Lease held = acquire().lease();
    List<RecordingWaiter> queue = Stream.generate(this::acquire).limit(4).toList();
    assertThat(acquire().denial()).isEqualTo(Denial.QUEUE_FULL);

    held.release(Optional.empty());
    Lease next = queue.get(0).lease();
    RecordingWaiter last = acquire();
    assertThat(acquire().denial()).isEqualTo(Denial.QUEUE_FULL);

    next.release(Optional.empty());
    queue.get(1).lease();
    assertThat(last.timesTold()).isZero();
  }

  @Test
  default void whoLeavesTheQueueIsNeverToldAndMakesRoom() {
    Lease held = acquire().lease();
    RecordingWaiter leaving = new RecordingWaiter();
    Claim claim = lock().acquire(KEY, LONG, leaving);
    List<RecordingWaiter> others = Stream.generate(this::acquire).limit(3).toList();

    claim.abandon();
    RecordingWaiter inTheRoom = acquire();
    held.release(Optional.empty());
    others.get(0).lease();

    assertThat(leaving.timesTold()).isZero();
    assertThat(inTheRoom.timesTold()).isZero();
  }

  @Test
  default void theLeaseOfWhoLeavesGoesToTheNext() {
    RecordingWaiter leaving = new RecordingWaiter();
    Claim claim = lock().acquire(KEY, LONG, leaving);
    leaving.lease();
    RecordingWaiter next = acquire();

    claim.abandon();

    assertThat(next.lease().sighting()).isEmpty();
  }

  @Test
  default void leavingTwiceOrAfterwardsTakesNothingFromTheNext() {
    RecordingWaiter leaving = new RecordingWaiter();
    Claim claim = lock().acquire(KEY, LONG, leaving);
    Lease lease = leaving.lease();
    RecordingWaiter next = acquire();
    RecordingWaiter afterNext = acquire();

    lease.release(Optional.empty());
    next.lease();
    claim.abandon();
    claim.abandon();

    assertThat(afterNext.timesTold()).isZero();
  }

  @Test
  default void releasingTwiceTakesNothingFromTheNext() {
    Lease lease = acquire().lease();
    RecordingWaiter next = acquire();
    RecordingWaiter afterNext = acquire();

    lease.release(Optional.empty());
    lease.release(Optional.empty());
    lease.releaseAfter(Duration.ZERO);
    Lease nextLease = next.lease();

    assertThat(afterNext.timesTold()).isZero();
    nextLease.release(Optional.of(SEEN));
    assertThat(afterNext.lease().sighting()).contains(SEEN);
  }

  @Test
  default void whatWasSeenIsHandedToTheNextAlone() {
    Lease held = acquire().lease();
    RecordingWaiter second = acquire();
    RecordingWaiter third = acquire();

    held.release(Optional.of(SEEN));
    Lease secondLease = second.lease();
    assertThat(secondLease.sighting()).contains(SEEN);

    secondLease.release(Optional.empty());
    assertThat(third.lease().sighting()).isEmpty();
  }

  @Test
  default void whatWasSeenIsForgottenOnceTheKeyIsFree() {
    acquire().lease().release(Optional.of(SEEN));

    assertThat(acquire().lease().sighting()).isEmpty();
  }

  @Test
  default void aLeaseWithGraceGoesOnToTheNextLater() {
    Lease lease = acquire().lease();
    RecordingWaiter next = acquire();
    long start = System.nanoTime();

    lease.releaseAfter(SHORT);

    assertThat(next.lease().sighting()).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(SHORT);
    assertThat(next.timesTold()).isEqualTo(1);
  }

  @Test
  default void aFreeKeyWithGraceIsNotGrantedBefore() {
    Lease lease = acquire().lease();
    lease.releaseAfter(LONG);
    RecordingWaiter next = new RecordingWaiter();
    lock().acquire(KEY, SHORT, next);

    assertThat(next.denial()).isEqualTo(Denial.TIMED_OUT);
  }

  /** The grace protects a write that may be going on; nobody can take it back. */
  @Test
  default void graceCannotBeCutShort() {
    RecordingWaiter holder = new RecordingWaiter();
    Claim claim = lock().acquire(KEY, LONG, holder);
    Lease lease = holder.lease();
    lease.releaseAfter(LONG);
    lease.releaseAfter(Duration.ZERO);
    lease.release(Optional.empty());
    claim.abandon();
    RecordingWaiter next = new RecordingWaiter();
    lock().acquire(KEY, SHORT, next);

    assertThat(next.denial()).isEqualTo(Denial.TIMED_OUT);
  }
}
