package dev.ifmatch.doctor;

import dev.ifmatch.http.RequestHead;

/** Where answers come from. */
interface Source {

  /**
   * Sends a request without a body and waits for its answer.
   *
   * @throws Unanswered if there is none
   */
  Reading read(RequestHead request) throws Unanswered;
}
