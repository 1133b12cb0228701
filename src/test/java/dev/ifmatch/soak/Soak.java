package dev.ifmatch.soak;

import dev.ifmatch.config.InvalidConfiguration;
import dev.ifmatch.soak.Ledger.Event;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToLongFunction;

/** One run: warms up, looks at what is held, goes on for the time, and looks again. */
public final class Soak {
  private static final Duration WARM_UP = Duration.ofSeconds(15);

  /** How long all that ends by itself may take: time-outs, grace times, idle connections. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration RELOAD_EVERY = Duration.ofMillis(700);
  private static final int SOCKETS_KEPT = 2;
  private static final long HEAP_SLACK = 8 << 20;

  private final Options options;
  private final PrintStream out;
  private final Ledger ledger = new Ledger();
  private final Verdict verdict = new Verdict();

  /** Counted over all loads, so that no two writes are the same. */
  private int clients;

  private int reloads;

  Soak(Options options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** Exits with 0 where all is as it should be, 1 where not, 2 where the options are none. */
  public static void main(String[] args) throws Exception {
    ErrorLog log = ErrorLog.install();
    Options options;
    try {
      options = Options.parse(args);
    } catch (IllegalArgumentException e) {
      System.out.print(Options.USAGE);
      System.exit(2);
      return;
    }
    Soak soak = new Soak(options, System.out);
    soak.run(WARM_UP);
    soak.verdict.none("errors in the log, leaks among them", log.errors());
    soak.verdict.print(System.out);
    System.exit(soak.verdict.isFine() ? 0 : 1);
  }

  /** Runs, and fills the verdict. */
  Verdict run(Duration warmUp) throws IOException, InterruptedException, InvalidConfiguration {
    try (FailingBackend backend = FailingBackend.start()) {
      backend.failOneIn(options.requestsPerFault());
      if (options.guarded()) {
        guarded(backend, warmUp);
      } else {
        load(backend.port(), options.time());
      }
      judge(backend);
    }
    return verdict;
  }

  private void guarded(FailingBackend backend, Duration warmUp)
      throws IOException, InterruptedException, InvalidConfiguration {
    try (GuardingProxy proxy = GuardingProxy.before(backend.port())) {
      load(proxy.port(), warmUp);
      settle(backend, proxy, Optional.empty());
      Footprint before = Footprint.now();
      AtomicBoolean over = new AtomicBoolean();
      Thread reloading = new Thread(() -> reload(proxy, over), "reload");
      reloading.start();
      load(proxy.port(), options.time());
      over.set(true);
      reloading.join();
      settle(backend, proxy, Optional.of(before));
      compare(before, Footprint.now());
      verdict.none("resources still locked", proxy.heldLocks());
      verdict.none("connections to the backend", backend.openConnections());
      verdict.none("connections cut off at the end", proxy.drain());
    }
    await(() -> Footprint.buffers() == 0);
    verdict.none("buffers in use once it has stopped", Footprint.buffers());
  }

  private void load(int port, Duration time) throws InterruptedException {
    List<String> paths = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (int i = 0; i < options.counters(); i++) {
        paths.add(kind.path(i));
      }
    }
    long end = System.nanoTime() + time.toNanos();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < options.clients(); i++) {
      clients++;
      Client client = new Client(clients, port, options.guarded(), paths, ledger, options.seed());
      threads.add(new Thread(() -> client.runUntil(end), "client " + clients));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void reload(GuardingProxy proxy, AtomicBoolean over) {
    try {
      while (!over.get()) {
        Thread.sleep(RELOAD_EVERY.toMillis());
        proxy.reload();
        reloads++;
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (IOException | InvalidConfiguration e) {
      throw new IllegalStateException("the configuration cannot be read again", e);
    }
  }

  /** Waits until all that ends by itself has ended, or long enough. */
  private static void settle(
      FailingBackend backend, GuardingProxy proxy, Optional<Footprint> before)
      throws InterruptedException {
    await(() -> proxy.heldLocks() == 0 && backend.openConnections() == 0);
    await(() -> before.isEmpty() || Footprint.openFiles() <= before.get().files());
    await(
        () -> before.isEmpty() || Footprint.threadNames().size() <= before.get().threads().size());
  }

  private static void await(Callable<Boolean> condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!condition.call() && System.nanoTime() - end < 0) {
        Thread.sleep(50);
      }
    } catch (InterruptedException stopped) {
      throw stopped;
    } catch (Exception e) {
      throw new IllegalStateException("what is waited for cannot be seen", e);
    }
  }

  private void compare(Footprint before, Footprint after) {
    List<String> more = new ArrayList<>(after.threads());
    before.threads().forEach(more::remove);
    long heap = Math.max(before.heapBytes() + HEAP_SLACK, before.heapBytes() * 5 / 4);
    verdict.atMost(before.files() + SOCKETS_KEPT, "open files and sockets", after.files());
    verdict.none("temporary files", after.temporaryFiles());
    verdict.none("more threads than before " + more, more.size());
    verdict.atMost(heap, "bytes in use on the heap", after.heapBytes());
  }

  private void judge(FailingBackend backend) {
    Collection<Counter> counters = backend.counters();
    Writes applied = backend.applied();
    for (Event event : Event.values()) {
      out.printf("%-40s %,12d%n", event.words, ledger.counted(event));
    }
    out.printf("%-40s %,12d%n", "writes that the backend applied", applied.size());
    out.printf("%-40s %,12d%n", "faults of the backend", backend.faults());
    out.printf("%-40s %,12d%n", "reloads", reloads);
    long done = ledger.done().size();
    verdict.none(
        "lost updates: writes that erased another", sum(counters, Counter::fromAnotherState));
    verdict.none("writes applied twice", sum(counters, Counter::twice));
    verdict.none("writes that no number counts", sum(counters, Counter::uncounted));
    verdict.none("writes told done that were not applied", done - ledger.done().in(applied));
    verdict.none("writes told not sent that were applied", ledger.notSent().in(applied));
    verdict.none("wrong answers", ledger.counted(Event.WRONG_ANSWER));
    verdict.none("clients without an answer", ledger.counted(Event.STUCK));
    verdict.none("runs without a write", done == 0 ? 1 : 0);
  }

  private static long sum(Collection<Counter> counters, ToLongFunction<Counter> what) {
    return counters.stream().mapToLong(what).sum();
  }
}
