package dev.ifmatch.balance;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * How one address of a backend does, by what requests and checks have met there. Thread-safe.
 *
 * <p>One that fails rests: it is asked nothing for a while, and twice as long each time it fails
 * again, up to eight times. Then one request tries it; it is well again once it answers.
 */
public final class Health {
  /** How many requests in a row it may leave without an answer until it rests. */
  static final int UNANSWERED = 3;

  private static final int MOST_DOUBLINGS = 3;

  private final Supplier<Duration> rest;
  private final Supplier<Duration> trial;

  /** Whether nothing at all is known against it, which is all that most requests look at. */
  private volatile boolean clean = true;

  private volatile boolean down;
  private volatile int rests;
  private volatile long restsUntil;
  private volatile long failedAt;
  private boolean onTrial;
  private int unanswered;
  private int passes;
  private int failures;

  /** What became of it by what was told. */
  public enum Change {
    NONE,
    WENT_BAD,
    CAME_BACK
  }

  /**
   * One that is well.
   *
   * @param rest tells how long it is left alone when it fails for the first time
   * @param trial tells how long one request that tries it keeps others off
   */
  public Health(Supplier<Duration> rest, Supplier<Duration> trial) {
    this.rest = rest;
    this.trial = trial;
  }

  /** Whether nothing speaks against asking it, at whatever time; else see {@link #isUsable}. */
  public boolean isWell() {
    return !down && rests == 0;
  }

  /** Whether it can be asked now: it is well, or it has rested. */
  public boolean isUsable(long nowNanos) {
    return !down && (rests == 0 || nowNanos - restsUntil >= 0);
  }

  /** When it failed last; without a meaning where it never did. */
  public long failedAt() {
    return failedAt;
  }

  /** It is going to be asked: where it has rested, others wait how that goes. */
  public void onChosen(long nowNanos) {
    if (rests > 0) {
      tryOut(nowNanos);
    }
  }

  private synchronized void tryOut(long nowNanos) {
    if (rests > 0 && nowNanos - restsUntil >= 0) {
      onTrial = true;
      restsUntil = nowNanos + trial.get().toNanos();
    }
  }

  /** No connection to it could be made. */
  public synchronized Change onUnreachable(long nowNanos) {
    return fail(nowNanos);
  }

  /** A request that it had was not answered: it closed the connection, or was silent too long. */
  public synchronized Change onUnanswered(long nowNanos) {
    clean = false;
    unanswered++;
    return unanswered >= UNANSWERED || rests > 0 ? fail(nowNanos) : Change.NONE;
  }

  /** What fails while it rests was under way before, and counts as one failure with that. */
  private Change fail(long nowNanos) {
    boolean before = isWell();
    boolean resting = rests > 0 && !onTrial && nowNanos - restsUntil < 0;
    clean = false;
    onTrial = false;
    failedAt = nowNanos;
    if (!resting) {
      restsUntil = nowNanos + (rest.get().toNanos() << Math.min(rests, MOST_DOUBLINGS));
      rests = Math.min(rests + 1, MOST_DOUBLINGS + 1);
    }
    return change(before);
  }

  /** It answered. */
  public Change onAnswered() {
    return clean ? Change.NONE : forgive();
  }

  private synchronized Change forgive() {
    boolean before = isWell();
    recover();
    return change(before);
  }

  /**
   * A check is over.
   *
   * @param passed whether it answered as it should
   * @param up how many checks in a row must pass until it is well again
   * @param most how many in a row may fail until it is not
   */
  public synchronized Change onChecked(boolean passed, int up, int most, long nowNanos) {
    boolean before = isWell();
    passes = passed ? passes + 1 : 0;
    failures = passed ? 0 : failures + 1;
    if (failures >= most) {
      down = true;
      clean = false;
      failedAt = nowNanos;
    } else if (passes >= up && !before) {
      down = false;
      recover();
    }
    return change(before);
  }

  private void recover() {
    onTrial = false;
    unanswered = 0;
    rests = 0;
    clean = !down;
  }

  private Change change(boolean before) {
    boolean now = isWell();
    return before == now ? Change.NONE : now ? Change.CAME_BACK : Change.WENT_BAD;
  }
}
