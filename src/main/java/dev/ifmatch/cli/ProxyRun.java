package dev.ifmatch.cli;

import dev.ifmatch.config.Configuration;
import dev.ifmatch.transport.Origin;
import dev.ifmatch.transport.ProxyServer;
import dev.ifmatch.transport.ProxySettings;
import dev.ifmatch.transport.tls.InvalidTls;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The proxy, from its settings to its end.
 *
 * @param configuration how it is set up
 * @param backends what it is in front of
 * @param source where the configuration was read from; empty where there is no file
 */
record ProxyRun(
    Configuration configuration, List<Origin> backends, Optional<ConfigurationSource> source) {

  /**
   * Checks that the backends go together and that their hosts are known, which is most often a
   * matter of spelling.
   *
   * @throws IllegalArgumentException if they do not, or are not; the message says what to do
   */
  void requireKnownHosts() {
    configuration.settings(backends);
    for (Origin backend : backends) {
      try {
        InetAddress.getByName(backend.host());
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException(
            "the host '%s' of %s is unknown. Check its spelling, or the name service"
                .formatted(backend.host(), backend),
            e);
      }
    }
  }

  /**
   * Runs until a signal ends the process.
   *
   * @return the exit code, where it cannot start
   */
  int start(PrintWriter err) throws InterruptedException {
    long started = System.nanoTime();
    LogLevels.start(configuration.logLevel());
    ProxySettings settings = configuration.settings(backends);
    LoggingListener listener = new LoggingListener();
    ProxyServer server;
    try {
      server = ProxyServer.start(settings, listener);
    } catch (InvalidTls e) {
      err.println("ifmatch: " + e.getMessage());
      return ExitCode.INVALID_CONFIGURATION;
    } catch (IOException e) {
      return cannotListen(err, settings.listen(), e);
    }
    source.ifPresent(file -> watch(file, server));
    StartLine.print(err, settings, server, started);
    Lifecycle.runUntilSignal(() -> stop(server, listener));
    return ExitCode.OK;
  }

  /**
   * Without a file, SIGHUP ends the process as ever: it may mean that its terminal was closed. A
   * file is looked after even where it is not watched, since former salts have their time.
   */
  private void watch(ConfigurationSource file, ProxyServer server) {
    Reloader reloader = new Reloader(file, configuration, backends, server::use, System::nanoTime);
    if (!Signals.handle("HUP", () -> reloader.reload("SIGHUP"))) {
      logger().info("SIGHUP cannot be had here; {} is reloaded when it changes", file.file());
    }
    FileWatch.start(file, reloader);
  }

  private static int stop(ProxyServer server, LoggingListener listener) {
    ProxyServer.Left left = server.drain();
    listener.logCounts();
    if (left.isNothing()) {
      return ExitCode.OK;
    }
    logger()
        .warn(
            "stopped with {} connections cut off, {} writes with unknown outcome",
            left.connections(),
            left.writes());
    return ExitCode.CUT_OFF;
  }

  /** Made when it is first needed, which is after the log level is known. */
  private static Logger logger() {
    return LoggerFactory.getLogger(ProxyRun.class);
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
