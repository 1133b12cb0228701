package dev.ifmatch.exchange;

import dev.ifmatch.http.RequestHead;
import dev.ifmatch.http.ResponseHead;
import dev.ifmatch.policy.Cors;
import dev.ifmatch.policy.Plan;
import dev.ifmatch.policy.Upgrade;
import java.util.List;

/** Passes a request and its answer on, streaming both ways; so too the offer of an upgrade. */
final class RelayExchange implements Exchange {

  enum State {
    NEW,
    FORWARDING,
    OVER
  }

  private final Plan.Relay plan;
  private final RequestHead request;
  private final ExchangePort port;
  private final ExchangeListener listener;
  private State state = State.NEW;

  RelayExchange(
      Plan.Relay plan, RequestHead request, ExchangePort port, ExchangeListener listener) {
    this.plan = plan;
    this.request = request;
    this.port = port;
    this.listener = listener;
  }

  State state() {
    return state;
  }

  @Override
  public void start() {
    enter("start", State.NEW, State.FORWARDING);
    plan.observed().ifPresent(listener::onObserved);
    plan.upgrade().ifPresent(offer -> offer.putInto(request.fields()));
    port.forward(request);
  }

  @Override
  public void onOriginHead(ResponseHead head) {
    enter("onOriginHead", State.FORWARDING, State.OVER);
    if (plan.allowsPreconditions()) {
      Cors.allowPreconditions(head.fields());
    }
    port.relay(head);
  }

  @Override
  public void onSwitched(ResponseHead head) {
    Upgrade offer = plan.upgrade().orElseThrow(() -> new IllegalStateException("none is offered"));
    enter("onSwitched", State.FORWARDING, State.OVER);
    if (offer.isTakenBy(head)) {
      port.tunnel(head);
    } else {
      port.abort();
      port.reply(OriginFailure.ofSwitch().problemOf(request), List.of());
    }
  }

  @Override
  public void onOriginFailed(OriginFailure failure) {
    enter("onOriginFailed", State.FORWARDING, State.OVER);
    port.reply(failure.problemOf(request), List.of());
  }

  @Override
  public void onClientGone() {
    boolean asked = state == State.FORWARDING;
    state = State.OVER;
    if (asked) {
      port.abort();
    }
  }

  private void enter(String event, State from, State to) {
    if (state != from) {
      throw new IllegalStateException(event + " cannot happen in state " + state);
    }
    state = to;
  }
}
