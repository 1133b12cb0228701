package dev.ifmatch.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A backend, the doctor that looks at it, and what that prints. */
final class DoctorFixture implements BeforeEachCallback, AfterEachCallback {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private NaiveServer backend;

  @Override
  public void beforeEach(ExtensionContext test) throws IOException {
    backend = new NaiveServer();
  }

  @Override
  public void afterEach(ExtensionContext test) {
    backend.close();
  }

  NaiveServer backend() {
    return backend;
  }

  /** Has it look at paths of the backend, with hardly a pause between two reads. */
  int looksAt(String... arguments) {
    return run(
        Stream.concat(Stream.of("doctor", backend.url(), "--pause", "1ms"), Stream.of(arguments))
            .toArray(String[]::new));
  }

  /** Runs any command of the program. */
  int run(String... arguments) {
    return Main.run(arguments, Map.of(), new PrintWriter(out, true), new PrintWriter(err, true));
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }
}
