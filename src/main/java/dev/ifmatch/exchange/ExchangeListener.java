package dev.ifmatch.exchange;

import dev.ifmatch.http.RequestHead;
import dev.ifmatch.policy.Problem;
import dev.ifmatch.representation.FormFallback;

/** Is told what exchanges come to, for logs and figures. Called on event loops: must not block. */
public interface ExchangeListener {

  /** A request got an answer of ours in place of the origin's. */
  void onRefused(Problem problem);

  /** A request was passed on that its route's policy, were it more than observed, would refuse. */
  void onObserved(Problem problem);

  /** A body could not be tagged in the form that its route asks for, and was by its bytes. */
  void onFallback(RequestHead request, FormFallback why);

  /** The answer to a read went out without a tag. */
  void onUntagged(RequestHead request, Untagged why);
}
