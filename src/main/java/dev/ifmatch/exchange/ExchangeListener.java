package dev.ifmatch.exchange;

import dev.ifmatch.http.RequestHead;
import dev.ifmatch.policy.Problem;

/** Is told what exchanges come to, for logs and figures. Called on event loops: must not block. */
public interface ExchangeListener {

  /** A request got an answer of ours in place of the origin's. */
  void onRefused(Problem problem);

  /** The answer to a read went out without a tag. */
  void onUntagged(RequestHead request, Untagged why);
}
