package dev.ifmatch.cli;

import dev.ifmatch.exchange.ExchangeListener;
import dev.ifmatch.exchange.Untagged;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.policy.Problem;
import dev.ifmatch.representation.FormFallback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to the application log what exchanges come to: unknown outcomes always, the rest for
 * debugging.
 */
final class LoggingListener implements ExchangeListener {
  private static final Logger LOG = LoggerFactory.getLogger(LoggingListener.class);

  @Override
  public void onRefused(Problem problem) {
    if (problem.refusal().outcomeUnknown()) {
      LOG.warn("{}", problem);
    } else {
      LOG.debug("{}", problem);
    }
  }

  @Override
  public void onObserved(Problem problem) {
    LOG.info("observed, would be {}", problem);
  }

  @Override
  public void onFallback(RequestHead request, FormFallback why) {
    LOG.debug("{} {}: tagged by its bytes ({})", request.method(), request.target(), why);
  }

  @Override
  public void onUntagged(RequestHead request, Untagged why) {
    LOG.debug("{} {}: answered without a tag ({})", request.method(), request.target(), why);
  }
}
