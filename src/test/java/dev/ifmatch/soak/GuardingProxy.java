package dev.ifmatch.soak;

import dev.ifmatch.config.ConfigurationFile;
import dev.ifmatch.config.InvalidConfiguration;
import dev.ifmatch.exchange.ExchangeListener;
import dev.ifmatch.exchange.Untagged;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.policy.Problem;
import dev.ifmatch.representation.FormFallback;
import dev.ifmatch.transport.Origin;
import dev.ifmatch.transport.ProxyServer;
import dev.ifmatch.transport.ProxySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The proxy in this process, with short times, as a configuration file says. */
final class GuardingProxy implements AutoCloseable {
  private static final String CONFIGURATION =
      """
      listen: 127.0.0.1:0
      limits:
        connect-timeout: 1s
        origin-timeout: 1s
        origin-idle: 1s
        client-timeout: 3s
        lock-wait: 500ms
        grace: 3s
        drain: 5s
        body-memory: ${MEMORY}
        lock-queue: ${QUEUE}
        conflict-cache: 1MiB
      policy:
        tag: {salt: '${SALT}', former-salt: '${FORMER}'}
      routes:
        - path: /json/{number}
          tag: {form: json, ignore: [/seen]}
          conflict: {changes: true}
        - path: /tagged/{number}
          write-tag: ${WRITE_TAG}
        - path: /large/{number}
          tag: {hash: xxh3}
      """;

  private final Origin origin;
  private final ProxyServer server;
  private int reloads;

  private GuardingProxy(Origin origin, ProxyServer server) {
    this.origin = origin;
    this.server = server;
  }

  static GuardingProxy before(int backendPort) throws IOException, InvalidConfiguration {
    Origin origin = Origin.parse("http://127.0.0.1:" + backendPort);
    return new GuardingProxy(origin, ProxyServer.start(settings(origin, 0), new Silence()));
  }

  /** Has it use another salt, and other policies and limits, as a changed file does. */
  void reload() throws IOException, InvalidConfiguration {
    reloads++;
    server.use(settings(origin, reloads));
  }

  private static ProxySettings settings(Origin origin, int reloads)
      throws IOException, InvalidConfiguration {
    boolean even = reloads % 2 == 0;
    Map<String, String> environment =
        Map.of(
            "SALT", "salt " + reloads,
            "FORMER", "salt " + (reloads - 1),
            "MEMORY", even ? "16KiB" : "64KiB",
            "QUEUE", even ? "256" : "8",
            "WRITE_TAG", even ? "verbatim" : "always");
    Path file = Files.createTempFile("soak-", ".yaml");
    try {
      Files.writeString(file, CONFIGURATION);
      return ConfigurationFile.read(file, environment).settings(List.of(origin));
    } finally {
      Files.delete(file);
    }
  }

  int port() {
    return server.address().getPort();
  }

  int heldLocks() {
    return server.heldLocks();
  }

  /** Stops it as a signal does; answers how many connections and writes it had to cut off. */
  int drain() {
    ProxyServer.Left left = server.drain();
    return left.connections() + left.writes();
  }

  @Override
  public void close() {
    server.close();
  }

  /** Tells nobody. */
  private static final class Silence implements ExchangeListener {
    @Override
    public void onRefused(Problem problem) {}

    @Override
    public void onObserved(Problem problem) {}

    @Override
    public void onFallback(RequestHead request, FormFallback why) {}

    @Override
    public void onUntagged(RequestHead request, Untagged why) {}
  }
}
