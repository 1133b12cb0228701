package dev.ifmatch.transport;

import dev.ifmatch.balance.KnownName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks one host name up again and again, each time that the last answer's time is over. On a
 * thread of its own, for the platform's way to look names up blocks.
 */
final class NameWatch implements Runnable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NameWatch.class);

  private final String host;
  private final NameService names;
  private final KnownName<InetAddress> known;
  private final Consumer<List<InetAddress>> onLookedUp;
  private final Thread thread;
  private volatile boolean lookingUp = true;
  private volatile boolean closed;

  NameWatch(
      String host, NameService names, LiveSettings live, Consumer<List<InetAddress>> onLookedUp) {
    this.host = host;
    this.names = names;
    this.known = new KnownName<>(() -> live.origin().names(), System.nanoTime());
    this.onLookedUp = onLookedUp;
    this.thread = new Thread(this, "name-" + host);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Whether an answer is waited for. */
  boolean isLookingUp() {
    return lookingUp;
  }

  @Override
  public void run() {
    try {
      while (!closed) {
        lookingUp = true;
        lookUp();
        lookingUp = false;
        onLookedUp.accept(known.addresses());
        TimeUnit.NANOSECONDS.sleep(known.untilLookUp(System.nanoTime()).toNanos());
      }
    } catch (InterruptedException end) {
      // it is closed, or the process ends
    } finally {
      lookingUp = false;
    }
  }

  private void lookUp() throws InterruptedException {
    boolean first = known.addresses().isEmpty();
    try {
      NameService.Answer answer = names.lookUp(host);
      tell(known.onFound(answer.addresses(), answer.holds(), System.nanoTime()), first, "");
    } catch (UnknownHostException | RuntimeException e) {
      tell(known.onFailed(System.nanoTime()), first, String.valueOf(e.getMessage()));
    }
  }

  private void tell(KnownName.Change change, boolean first, String why) {
    switch (change) {
      case MOVED -> {
        if (!first) {
          LOG.info("the name {} leads to {} now", host, addresses());
        }
      }
      case FAILS -> LOG.warn("the name {} cannot be looked up: {}{}", host, why, stillHolds());
      case RECOVERED -> LOG.info("the name {} can be looked up again", host);
      case LOST -> LOG.warn("the name {} cannot be looked up for too long: {}", host, why);
      case NONE -> {}
    }
  }

  private String stillHolds() {
    return known
        .holdsFor(System.nanoTime())
        .map(time -> "; %s still holds for %d s".formatted(addresses(), time.toSeconds()))
        .orElse("");
  }

  private String addresses() {
    return known.addresses().stream()
        .map(InetAddress::getHostAddress)
        .collect(Collectors.joining(", "));
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
