package dev.ifmatch.exchange;

import dev.ifmatch.http.ResponseHead;
import java.util.Optional;

/** What a scripted port has of the origin's answer: its head, and what became of its body. */
final class ScriptedAnswer {

  /** What there is to relay. */
  private enum Kept {
    NOTHING,
    WHOLE,
    BEGINNING
  }

  private Kept kept = Kept.NOTHING;

  /** A head from the origin, as long as nothing was done with the body that follows it. */
  private Optional<ResponseHead> untouched = Optional.empty();

  private Optional<ResponseHead> lastHead = Optional.empty();
  private Optional<ResponseHead> keptHead = Optional.empty();

  /** The head that the origin sent last. */
  Optional<ResponseHead> head() {
    return lastHead;
  }

  boolean isUntouched() {
    return untouched.isPresent();
  }

  boolean isKept() {
    return kept != Kept.NOTHING;
  }

  /** Whether there is more to come of it that nobody waits for. */
  boolean isGoingOn() {
    return isUntouched() || kept == Kept.BEGINNING;
  }

  /** The body that is kept, or one that nobody took yet, but not both; and under its own head. */
  boolean isRelayable(ResponseHead head) {
    boolean one = (kept == Kept.NOTHING) == untouched.isPresent();
    ResponseHead source = untouched.or(() -> keptHead).orElse(head);
    return one && source.fields() == head.fields();
  }

  void begin(ResponseHead head) {
    untouched = Optional.of(head);
    lastHead = untouched;
  }

  void collect() {
    keptHead = untouched;
    untouched = Optional.empty();
  }

  void drain() {
    untouched = Optional.empty();
  }

  /**
   * All of the body came.
   *
   * @param collected whether it was kept
   */
  void end(boolean collected) {
    kept = collected ? Kept.WHOLE : kept;
  }

  /** More of the body came than can be kept. */
  void overflow() {
    kept = Kept.BEGINNING;
  }

  void discard() {
    if (kept == Kept.BEGINNING) {
      untouched = lastHead; // what is still to come can be drained
    }
    kept = Kept.NOTHING;
    keptHead = Optional.empty();
  }

  void abort() {
    untouched = Optional.empty();
    kept = kept == Kept.WHOLE ? Kept.WHOLE : Kept.NOTHING;
  }
}
