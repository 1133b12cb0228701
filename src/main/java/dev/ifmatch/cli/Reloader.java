package dev.ifmatch.cli;

import dev.ifmatch.config.Configuration;
import dev.ifmatch.config.Configuration.SaltChange;
import dev.ifmatch.config.InvalidConfiguration;
import dev.ifmatch.policy.RouteLint;
import dev.ifmatch.policy.RouteWarning;
import dev.ifmatch.transport.Origin;
import dev.ifmatch.transport.ProxySettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a running proxy use what its configuration file says by now, as a whole or not at all, and
 * says in the log what came of it. What only a new start can change stays, and is named. Ends the
 * time of former salts. Thread-safe.
 */
final class Reloader {
  private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);

  private final ConfigurationSource source;
  private final List<Origin> backends;
  private final Consumer<ProxySettings> proxy;
  private final LongSupplier nanoTime;
  private Configuration running;

  /** The origins are those of the command line, whatever the file says. */
  private final boolean backendsAreGiven;

  /** Whose tags are accepted, for how long they were, and whether that is over. */
  private Set<SaltChange> saltChanges;

  private long graceStarted;
  private boolean graceOver;

  /**
   * For a proxy that runs.
   *
   * @param running what it was started with
   * @param proxy takes the settings that hold from then on
   * @param nanoTime the time, in nanoseconds from anywhere
   */
  Reloader(
      ConfigurationSource source,
      Configuration running,
      List<Origin> backends,
      Consumer<ProxySettings> proxy,
      LongSupplier nanoTime) {
    this.source = source;
    this.running = running;
    this.backends = List.copyOf(backends);
    this.backendsAreGiven = !running.origins().equals(backends);
    this.proxy = proxy;
    this.nanoTime = nanoTime;
    this.saltChanges = running.saltChanges();
    this.graceStarted = nanoTime.getAsLong();
  }

  /** What holds now. */
  synchronized Configuration running() {
    return running;
  }

  /** Reads the file and, if it is valid, has the proxy use what it says. */
  synchronized void reload(String occasion) {
    Configuration read;
    try {
      read = source.read();
    } catch (InvalidConfiguration e) {
      LOG.error("{} ({}): not reloaded, nothing has changed{}", source.file(), occasion, words(e));
      return;
    } catch (RuntimeException e) { // what the file says does not go with the command line
      String why = Causes.text(e);
      LOG.error("{} ({}): not reloaded, nothing has changed: {}", source.file(), occasion, why);
      return;
    }
    Configuration asked = backendsAreGiven ? read.withOrigins(running.origins()) : read;
    Configuration next = running.takingOver(asked);
    List<String> changed = ChangedKeys.between(running, next);
    use(next);
    LOG.info("{} ({}): {}", source.file(), occasion, words(next, changed));
    List<String> kept = ChangedKeys.between(next, asked);
    if (!kept.isEmpty()) {
      LOG.warn("{}: a new start is needed for {}", source.file(), String.join(", ", kept));
    }
    warn(next);
  }

  private void use(Configuration next) {
    if (!next.saltChanges().equals(saltChanges)) {
      saltChanges = next.saltChanges();
      graceStarted = nanoTime.getAsLong();
    }
    graceOver = !isWithinGrace(next);
    proxy.accept((graceOver ? next.withoutFormerSalts() : next).settings(backends));
    if (next.logLevel() != running.logLevel()) {
      change(next);
    }
    running = next;
  }

  private boolean isWithinGrace(Configuration configuration) {
    long passed = nanoTime.getAsLong() - graceStarted;
    return passed < configuration.reload().saltGrace().toNanos();
  }

  private void change(Configuration next) {
    try {
      LogLevels.change(next.logLevel());
    } catch (ReflectiveOperationException e) {
      LOG.warn("{}: a new start is needed for log-level", source.file(), e);
    }
  }

  /** Has tags of former salts refused, once their time is over. */
  synchronized void endGrace() {
    if (!saltChanges.isEmpty() && !graceOver && !isWithinGrace(running)) {
      graceOver = true;
      proxy.accept(running.withoutFormerSalts().settings(backends));
      LOG.info(
          "{}: tags of the former salt are not accepted any more; former-salt can be taken out",
          source.file());
    }
  }

  private static String words(Configuration next, List<String> changed) {
    int routes = next.routes().size();
    String what = changed.isEmpty() ? "nothing" : String.join(", ", changed);
    return "reloaded, %d %s; changed: %s".formatted(routes, routes == 1 ? "route" : "routes", what);
  }

  private static String words(InvalidConfiguration e) {
    StringWriter text = new StringWriter();
    ProblemPrinter.print(new PrintWriter(text), e.file().toString(), e.problems());
    return System.lineSeparator() + text.toString().stripTrailing();
  }

  private void warn(Configuration next) {
    RouteNames names = new RouteNames(next);
    for (RouteWarning warning : RouteLint.warnings(next.table())) {
      String routes = warning.routes().stream().map(names::full).collect(Collectors.joining(", "));
      LOG.warn("{}: {}: {}", source.file(), routes, warning.text());
    }
  }
}
