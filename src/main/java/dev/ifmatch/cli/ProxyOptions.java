package dev.ifmatch.cli;

import dev.ifmatch.policy.Mode;
import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.RouteTable;
import dev.ifmatch.representation.HashAlgorithm;
import dev.ifmatch.representation.TagRecipe;
import dev.ifmatch.transport.Limits;
import dev.ifmatch.transport.Origin;
import dev.ifmatch.transport.ProxySettings;
import dev.ifmatch.transport.ProxySettings.HostField;
import java.net.InetSocketAddress;
import java.time.Duration;
import picocli.CommandLine.Option;

/**
 * The options that shape a proxy. Their defaults are {@link Limits#DEFAULT}'s, held to by a test.
 */
final class ProxyOptions {
  private static final String DEFAULT = " (default ${DEFAULT-VALUE})";

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:8080",
      description = "where clients connect; 0.0.0.0 is every interface" + DEFAULT)
  InetSocketAddress listen;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      defaultValue = "require",
      description =
          "require: a write without a precondition gets 428; optional: it passes" + DEFAULT)
  Mode mode;

  @Option(
      names = "--hash",
      paramLabel = "NAME",
      defaultValue = "sha-256",
      description = "what tags are made with: sha-256, sha-512, sha-1, md5" + DEFAULT)
  HashAlgorithm hash;

  @Option(
      names = "--host-field",
      paramLabel = "WHOSE",
      description =
          "the Host that the backend sees: client or origin"
              + " (default client for http://, origin for https://)")
  HostField hostField;

  @Option(
      names = "--tag-buffer",
      paramLabel = "SIZE",
      defaultValue = "1MiB",
      description = "largest answer that gets an ETag in its head" + DEFAULT)
  Size tagBuffer;

  @Option(
      names = "--max-body",
      paramLabel = "SIZE",
      defaultValue = "100MiB",
      description = "largest body of a PUT, PATCH or DELETE; beyond it 413" + DEFAULT)
  Size maxBody;

  @Option(
      names = "--body-memory",
      paramLabel = "SIZE",
      defaultValue = "64KiB",
      description = "how much of such a body stays in memory; the rest goes to a file" + DEFAULT)
  Size bodyMemory;

  @Option(
      names = "--max-head",
      paramLabel = "SIZE",
      defaultValue = "32KiB",
      description = "largest request head; beyond it 431" + DEFAULT)
  Size maxHead;

  @Option(
      names = "--max-target",
      paramLabel = "SIZE",
      defaultValue = "8KiB",
      description = "longest request target; beyond it 414" + DEFAULT)
  Size maxTarget;

  @Option(
      names = "--lock-wait",
      paramLabel = "TIME",
      defaultValue = "5s",
      description = "how long a write waits for its turn; beyond it 503" + DEFAULT)
  Duration lockWait;

  @Option(
      names = "--lock-queue",
      paramLabel = "COUNT",
      defaultValue = "256",
      description = "how many writes wait for one resource; beyond it 503" + DEFAULT)
  int lockQueue;

  @Option(
      names = "--connect-timeout",
      paramLabel = "TIME",
      defaultValue = "5s",
      description = "how long connecting to the backend takes; beyond it 502" + DEFAULT)
  Duration connectTimeout;

  @Option(
      names = "--origin-timeout",
      paramLabel = "TIME",
      defaultValue = "30s",
      description = "how long the backend is silent; beyond it 504" + DEFAULT)
  Duration originTimeout;

  @Option(
      names = "--origin-idle",
      paramLabel = "TIME",
      defaultValue = "4s",
      description = "how long an unused connection to the backend is kept" + DEFAULT)
  Duration originIdle;

  @Option(
      names = "--client-timeout",
      paramLabel = "TIME",
      defaultValue = "1m",
      description = "how long a client sends or reads nothing; beyond it 408" + DEFAULT)
  Duration clientTimeout;

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      defaultValue = "30s",
      description = "how long a resource stays locked after an unknown outcome" + DEFAULT)
  Duration grace;

  @Option(
      names = "--drain",
      paramLabel = "TIME",
      defaultValue = "30s",
      description = "how long requests in flight may take after SIGTERM" + DEFAULT)
  Duration drain;

  /** A number of bytes, as an option's value. */
  record Size(long bytes) {
    static Size parse(String text) {
      return new Size(Quantities.bytes(text));
    }

    int asInt() {
      return Math.toIntExact(Math.min(bytes, Integer.MAX_VALUE / 2));
    }
  }

  ProxySettings settings(Origin origin) {
    HostField host = hostField;
    if (host == null) {
      host = origin.tls() ? HostField.ORIGIN : HostField.CLIENT;
    }
    RoutePolicy policy = RoutePolicy.DEFAULT.with(mode).with(TagRecipe.DEFAULT.with(hash));
    return new ProxySettings(origin, listen, RouteTable.of(policy), limits(), host);
  }

  Limits limits() {
    return new Limits(
        maxTarget.asInt(),
        maxHead.asInt(),
        maxBody.bytes(),
        bodyMemory.asInt(),
        tagBuffer.asInt(),
        Limits.DEFAULT.conflictCacheBytes(),
        lockQueue,
        lockWait,
        connectTimeout,
        originTimeout,
        originIdle,
        clientTimeout,
        grace,
        drain);
  }
}
