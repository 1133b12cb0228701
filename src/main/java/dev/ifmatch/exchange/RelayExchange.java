package dev.ifmatch.exchange;

import dev.ifmatch.http.FieldName;
import dev.ifmatch.http.Method;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.http.ResponseHead;
import dev.ifmatch.policy.Cors;
import java.util.List;

/** Passes a request and its answer on, streaming both ways. */
final class RelayExchange implements Exchange {
  private final RequestHead request;
  private final ExchangePort port;
  private final boolean preflight;
  private boolean over;

  RelayExchange(RequestHead request, ExchangePort port) {
    this.request = request;
    this.port = port;
    this.preflight =
        request.method().equals(Method.OPTIONS)
            && request.fields().has(FieldName.ACCESS_CONTROL_REQUEST_METHOD);
  }

  @Override
  public void start() {
    port.forward(request);
  }

  @Override
  public void onOriginHead(ResponseHead head) {
    if (preflight) {
      Cors.allowPreconditions(head.fields());
    }
    over = true;
    port.relay(head);
  }

  @Override
  public void onOriginFailed(OriginFailure failure) {
    over = true;
    port.reply(failure.problemOf(request), List.of());
  }

  @Override
  public void onClientGone() {
    if (!over) {
      over = true;
      port.abort();
    }
  }
}
