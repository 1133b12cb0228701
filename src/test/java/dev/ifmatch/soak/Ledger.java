package dev.ifmatch.soak;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What clients were told of their writes, and how often what happened to them. Thread-safe. */
final class Ledger {

  /** What is counted. */
  enum Event {
    READ("reads"),
    NOT_MODIFIED("reads answered 304"),
    FAILED_READ("reads that failed"),
    DONE("writes done"),
    STALE("writes refused, stale"),
    MISSING("writes refused, without If-Match"),
    BUSY("writes refused, locked"),
    NOT_SENT("writes refused, not sent"),
    UNKNOWN("writes with an unknown outcome"),
    LEFT("writes left by their client"),
    /** An answer that nobody should get. */
    WRONG_ANSWER("wrong answers"),
    /** No answer within all time-outs. */
    STUCK("no answer");

    final String words;

    Event(String words) {
      this.words = words;
    }
  }

  private final Map<Event, LongAdder> events = new EnumMap<>(Event.class);
  private final Writes done = new Writes();
  private final Writes notSent = new Writes();

  Ledger() {
    for (Event event : Event.values()) {
      events.put(event, new LongAdder());
    }
  }

  void count(Event event) {
    events.get(event).increment();
  }

  long counted(Event event) {
    return events.get(event).sum();
  }

  /** Its client was told that it is done: the backend must have it. */
  void done(State.Write write) {
    count(Event.DONE);
    done.add(write);
  }

  /** Its client was told that it was not sent: the backend must not have it. */
  void notSent(State.Write write, Event why) {
    count(why);
    notSent.add(write);
  }

  Writes done() {
    return done;
  }

  Writes notSent() {
    return notSent;
  }
}
