package dev.ifmatch.doctor;

/** A request had no answer; the message says why, in plain words. */
final class Unanswered extends Exception {
  private static final long serialVersionUID = 1;

  Unanswered(String why, Throwable cause) {
    super(why, cause);
  }
}
