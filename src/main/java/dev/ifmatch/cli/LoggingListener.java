package dev.ifmatch.cli;

import dev.ifmatch.exchange.ExchangeListener;
import dev.ifmatch.exchange.Untagged;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.policy.Problem;
import dev.ifmatch.representation.FormFallback;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to the application log what exchanges come to: unknown outcomes and observed refusals
 * always, the rest for debugging. Counts what an operator wants to know in the end. Thread-safe.
 */
final class LoggingListener implements ExchangeListener {
  private static final Logger LOG = LoggerFactory.getLogger(LoggingListener.class);

  private final Map<String, LongAdder> observed = new ConcurrentSkipListMap<>();
  private final Map<String, LongAdder> fallbacks = new ConcurrentSkipListMap<>();

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
    count(observed, problem.refusal().toString());
    LOG.info(
        "observed: {} {} was passed on; in mode require it would get {} ({})",
        problem.method(),
        problem.target(),
        problem.status(),
        problem.refusal());
  }

  @Override
  public void onFallback(RequestHead request, FormFallback why) {
    String reason = why.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    count(fallbacks, reason);
    LOG.debug(
        "{} {}: tagged by its bytes, not as JSON ({})", request.method(), request.target(), reason);
  }

  @Override
  public void onUntagged(RequestHead request, Untagged why) {
    LOG.debug("{} {}: answered without a tag ({})", request.method(), request.target(), why);
  }

  /** Writes down what was counted, where it was anything. */
  void logCounts() {
    if (!observed.isEmpty()) {
      LOG.info("observed writes that mode require would refuse: {}", text(observed));
    }
    if (!fallbacks.isEmpty()) {
      LOG.info("bodies tagged by their bytes, not as JSON: {}", text(fallbacks));
    }
  }

  private static void count(Map<String, LongAdder> counts, String what) {
    counts.computeIfAbsent(what, w -> new LongAdder()).increment();
  }

  private static String text(Map<String, LongAdder> counts) {
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }
}
