package dev.ifmatch.exchange;

import dev.ifmatch.http.ResponseHead;
import dev.ifmatch.policy.Plan;
import java.util.List;

/** Answers at once, without asking the origin. */
final class RefuseExchange implements Exchange {
  private final Plan.Refuse plan;
  private final ExchangePort port;

  RefuseExchange(Plan.Refuse plan, ExchangePort port) {
    this.plan = plan;
    this.port = port;
  }

  @Override
  public void start() {
    port.reply(plan.problem(), List.of());
  }

  @Override
  public void onOriginHead(ResponseHead head) {
    throw new IllegalStateException("nothing was asked of the origin");
  }

  @Override
  public void onOriginFailed(OriginFailure failure) {
    throw new IllegalStateException("nothing was asked of the origin");
  }

  @Override
  public void onClientGone() {
    // the answer was given when the exchange began
  }
}
