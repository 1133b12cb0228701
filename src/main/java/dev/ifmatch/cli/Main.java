package dev.ifmatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;

/** Where the program starts: reads the command line and runs what it names. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(
        run(
            arguments,
            System.getenv(),
            new PrintWriter(System.out, true, UTF_8),
            new PrintWriter(System.err, true, UTF_8)));
  }

  /** Runs one command and answers with its exit code. */
  static int run(
      String[] arguments, Map<String, String> environment, PrintWriter out, PrintWriter err) {
    Optional<ProxyRun> plain = PlainCommandLine.read(arguments, environment);
    if (plain.isEmpty()) {
      return Commands.line(environment).setOut(out).setErr(err).execute(arguments);
    }
    try {
      return plain.get().start(err);
    } catch (InterruptedException | RuntimeException e) {
      err.println("ifmatch: " + Causes.text(e));
      return ExitCode.FAILURE;
    }
  }
}
