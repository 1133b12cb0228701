package dev.ifmatch.exchange;

/**
 * Where a guarded write stands. The table of what leads from one state to the next is in the
 * package's description.
 */
enum WriteState {
  NEW,
  /** Before {@code 100 Continue}, without the lock: is the upload worth the while? */
  CHECKING,
  CHECKING_BODY,
  RECEIVING,
  WAITING,
  PROBING,
  PROBING_BODY,
  FORWARDING,
  ANSWERING,
  REREADING,
  REREADING_BODY,
  /** The client left while the origin has the write. */
  ORPHANED,
  ORPHANED_BODY,
  OVER;

  /**
   * Holds an event to the states it can come in.
   *
   * @throws IllegalStateException where it is not possible
   */
  void expect(String event, boolean possible) {
    if (!possible) {
      throw impossible(event);
    }
  }

  /** What is to be thrown at an event that cannot come in this state. */
  IllegalStateException impossible(String event) {
    return new IllegalStateException(event + " cannot happen in state " + this);
  }
}
