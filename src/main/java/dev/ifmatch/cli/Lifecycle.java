package dev.ifmatch.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a signal to the end of the process. */
final class Lifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

  private Lifecycle() {}

  /**
   * Waits for SIGTERM or SIGINT, then ends the process with the exit code that tells how it went.
   *
   * @param stop ends what runs; answers how many connections were cut off with a request in flight
   */
  static void runUntilSignal(Callable<Integer> stop) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stop), "stop"));
    new CountDownLatch(1).await(); // nothing counts it down: the hook ends the process
  }

  /**
   * Ending the process from within a hook is the one way to choose the exit code after a signal.
   */
  private static void end(Callable<Integer> stop) {
    int code = ExitCode.FAILURE;
    try {
      int cutOff = stop.call();
      if (cutOff > 0) {
        LOG.warn("stopped with {} connections cut off", cutOff);
      }
      code = cutOff == 0 ? ExitCode.OK : ExitCode.CUT_OFF;
    } catch (Exception e) {
      LOG.error("could not stop cleanly", e);
    }
    Runtime.getRuntime().halt(code);
  }
}
