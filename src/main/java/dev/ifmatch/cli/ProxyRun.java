package dev.ifmatch.cli;

import dev.ifmatch.config.Configuration;
import dev.ifmatch.config.LogLevel;
import dev.ifmatch.transport.Origin;
import dev.ifmatch.transport.ProxyServer;
import dev.ifmatch.transport.ProxySettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;

/**
 * The proxy, from its settings to its end.
 *
 * @param configuration how it is set up
 * @param backend what it is in front of
 */
record ProxyRun(Configuration configuration, Origin backend) {

  /**
   * Runs until a signal ends the process.
   *
   * @return the exit code, where it cannot start
   */
  int start(PrintWriter err) throws InterruptedException {
    long started = System.nanoTime();
    apply(configuration.logLevel());
    ProxySettings settings = configuration.settings(backend);
    LoggingListener listener = new LoggingListener();
    ProxyServer server;
    try {
      server = ProxyServer.start(settings, listener);
    } catch (IOException e) {
      return cannotListen(err, settings.listen(), e);
    }
    StartLine.print(err, settings, server, started);
    Lifecycle.runUntilSignal(
        () -> {
          int cutOff = server.drain().connections();
          listener.logCounts();
          return cutOff;
        });
    return ExitCode.OK;
  }

  /** For the loggers that are made from now on; Netty's own stay at {@code warn}. */
  private static void apply(LogLevel level) {
    System.setProperty("org.slf4j.simpleLogger.log.dev.ifmatch", level.toString());
  }

  /** Says that the port cannot be had, and what to do. */
  static int cannotListen(PrintWriter err, InetSocketAddress listen, IOException cause) {
    String reason = Causes.text(cause);
    String advice =
        reason.contains("in use")
            ? ". Use --listen %s:%d"
                .formatted(listen.getHostString(), Math.min(listen.getPort() + 1, 65_535))
            : "";
    err.printf(
        "ifmatch: cannot listen on %s:%d: %s%s%n",
        listen.getHostString(), listen.getPort(), reason, advice);
    return ExitCode.CANNOT_LISTEN;
  }
}
