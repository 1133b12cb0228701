package dev.ifmatch.exchange;

import dev.ifmatch.http.Field;
import dev.ifmatch.http.ResponseHead;
import dev.ifmatch.policy.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a client got.
 *
 * @param relayed the origin's head, where its answer was relayed
 * @param refused the problem document, where the answer is ours
 * @param beside the fields beside the problem's own
 * @param trailers the trailer fields; to be asked at the end of the body
 */
record GivenAnswer(
    Optional<ResponseHead> relayed,
    Optional<Problem> refused,
    List<Field> beside,
    Supplier<List<Field>> trailers) {

  static GivenAnswer of(ResponseHead head) {
    return of(head, List::of);
  }

  static GivenAnswer of(ResponseHead head, Supplier<List<Field>> trailers) {
    return new GivenAnswer(Optional.of(head), Optional.empty(), List.of(), trailers);
  }

  static GivenAnswer of(Problem problem, List<Field> beside) {
    return new GivenAnswer(Optional.empty(), Optional.of(problem), beside, List::of);
  }

  ResponseHead head() {
    return relayed.orElseThrow();
  }

  Problem problem() {
    return refused.orElseThrow();
  }
}
