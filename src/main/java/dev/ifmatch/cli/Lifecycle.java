package dev.ifmatch.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a signal to the end of the process. */
final class Lifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

  private Lifecycle() {}

  /**
   * Waits for SIGTERM or SIGINT, then ends the process with the exit code that tells how it went.
   *
   * @param stop ends what runs, and answers with the exit code; interrupted by a second signal, it
   *     waits for nothing any more
   */
  static void runUntilSignal(Callable<Integer> stop) throws InterruptedException {
    Thread ending = new Thread(() -> end(stop), "stop");
    Runtime.getRuntime().addShutdownHook(ending);
    AtomicBoolean told = new AtomicBoolean();
    for (String signal : List.of("TERM", "INT")) {
      Signals.handle(signal, () -> onSignal(told, ending)); // else the first one alone ends it
    }
    new CountDownLatch(1).await(); // nothing counts it down: the hook ends the process
  }

  private static void onSignal(AtomicBoolean told, Thread ending) {
    if (told.compareAndSet(false, true)) {
      Runtime.getRuntime().exit(ExitCode.OK); // runs the hook, which has the last word on the code
    } else {
      ending.interrupt();
    }
  }

  /**
   * Ending the process from within a hook is the one way to choose the exit code after a signal.
   */
  private static void end(Callable<Integer> stop) {
    int code = ExitCode.FAILURE;
    try {
      code = stop.call();
    } catch (Exception e) {
      LOG.error("could not stop cleanly", e);
    }
    Runtime.getRuntime().halt(code);
  }
}
