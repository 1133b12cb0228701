package dev.ifmatch.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what is logged as an error, a leak of a buffer among it, and passes all on. Thread-safe.
 */
final class ErrorLog extends OutputStream {
  private final PrintStream to;
  private final LongAdder errors = new LongAdder();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  private ErrorLog(PrintStream to) {
    this.to = to;
  }

  /** Stands between the process and its standard error from now on. */
  static ErrorLog install() {
    ErrorLog log = new ErrorLog(System.err);
    System.setErr(new PrintStream(log, true, UTF_8));
    return log;
  }

  long errors() {
    return errors.sum();
  }

  @Override
  public synchronized void write(int octet) {
    to.write(octet);
    if (octet != '\n') {
      line.write(octet);
      return;
    }
    String text = line.toString(UTF_8);
    line.reset();
    if (text.contains(" ERROR ")) {
      errors.increment();
    }
  }
}
