package dev.ifmatch.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each key reaches what it is for, and is not left out here. */
class EveryKeyTest {
  private static final String TABLE =
      """
      origin                     | http://b:81        | origins                   | [http://b:81]
      health.path                | /up                | health.path               | /up
      health.interval            | 20s                | health.interval           | PT20S
      health.timeout             | 21s                | health.timeout            | PT21S
      health.expect              | 204                | health.expect             | 204
      health.up                  | 22                 | health.up                 | 22
      health.down                | 23                 | health.down               | 23
      listen                     | 127.0.0.2:81       | listen                    | /127.0.0.2:81
      host-field                 | origin             | hostField                 | Optional[origin]
      log-level                  | debug              | logLevel                  | debug
      tls.certificate            | /a.pem             | tls.identity.certificate  | Optional[/a.pem]
      tls.key                    | /b.pem             | tls.identity.key          | Optional[/b.pem]
      tls.key-password           | ${SALT}            | tls.identity.password     | Optional[(secret)]
      tls.versions               | [1.3]              | tls.versions              | [1.3]
      tls.client-auth            | require            | tls.clientAuth            | REQUIRE
      tls.client-ca              | /c.pem             | tls.clientCa              | Optional[/c.pem]
      tls.client-subject-field   | X-Who              | tls.clientSubjectField    | Optional[X-Who]
      tls.handshake-timeout      | 17s                | tls.handshakeTimeout      | PT17S
      tls.reload-interval        | 18s                | tls.reloadInterval        | PT18S
      origin-tls.ca              | /d.pem             | originTls.ca              | Optional[/d.pem]
      origin-tls.certificate     | /e.pem             | originTls.identity.certificate | Optional[/e.pem]
      origin-tls.key             | /f.pem             | originTls.identity.key    | Optional[/f.pem]
      origin-tls.key-password    | ${SALT}            | originTls.identity.password | Optional[(secret)]
      origin-tls.insecure-origin | true               | originTls.insecure        | true
      origin-tls.reload-interval | 19s                | originTls.reloadInterval  | PT19S
      limits.max-target          | 1KiB               | limits.maxTargetBytes     | 1024
      limits.max-head            | 2KiB               | limits.maxHeadBytes       | 2048
      limits.max-body            | 3GiB               | limits.maxBodyBytes       | 3221225472
      limits.body-memory         | 4B                 | limits.bodyMemoryBytes    | 4
      limits.tag-buffer          | 5B                 | limits.tagBufferBytes     | 5
      limits.conflict-cache      | 6B                 | limits.conflictCacheBytes | 6
      limits.lock-queue          | 7                  | limits.lockQueue          | 7
      limits.lock-wait           | 8s                 | limits.lockWait           | PT8S
      limits.connect-timeout     | 9s                 | limits.origin.connectTimeout | PT9S
      limits.origin-timeout      | 10s                | limits.origin.patience.head | PT10S
      limits.body-timeout        | 24s                | limits.origin.patience.body | PT24S
      limits.origin-idle         | 11s                | limits.origin.idle        | PT11S
      limits.origin-rest         | 25s                | limits.origin.rest        | PT25S
      limits.origin-connections  | 26                 | limits.origin.connections | 26
      limits.origin-queue        | 27                 | limits.origin.queue       | 27
      limits.origin-wait         | 28s                | limits.origin.longestWait | PT28S
      limits.dns-ttl-min         | 29s                | limits.origin.names.least | PT29S
      limits.dns-ttl-max         | 30s                | limits.origin.names.most  | PT30S
      limits.dns-stale           | 31s                | limits.origin.names.stale | PT31S
      limits.exchange-timeout    | 32s                | limits.exchangeTimeout    | Optional[PT32S]
      limits.client-timeout      | 12s                | limits.clientTimeout      | PT12S
      limits.tunnel-idle         | 17s                | limits.tunnelIdle         | PT17S
      limits.grace               | 13s                | limits.grace              | PT13S
      limits.drain               | 14s                | limits.drain              | PT14S
      reload.watch               | false              | reload.watch              | false
      reload.interval            | 17s                | reload.interval           | PT17S
      reload.salt-grace          | 18s                | reload.saltGrace          | PT18S
      http2.enabled              | false              | http2.enabled             | false
      http2.max-streams          | 5                  | http2.maxStreams          | 5
      http2.stream-window        | 6KiB               | http2.streamWindowBytes   | 6144
      http2.connection-window    | 7MiB               | http2.connectionWindowBytes | 7340032
      http2.max-resets           | 8                  | http2.maxResets           | 8
      http2.max-control-frames   | 9                  | http2.maxControlFrames    | 9
      http2.max-empty-frames     | 11                 | http2.maxEmptyFrames      | 11
      http2.max-continuations    | 12                 | http2.maxContinuations    | 12
      http2.max-waiting-frames   | 13                 | http2.maxWaitingFrames    | 13
      policy.mode                | observe            | policy.mode               | observe
      policy.star                | deny               | policy.star               | DENY
      policy.tag.form            | json               | policy.tag.form           | JSON
      policy.tag.hash            | sha-1              | policy.tag.hash           | sha-1
      policy.tag.salt            | ${SALT}            | policy.tag.salt           | Optional[(secret)]
      policy.tag.salt-file       | %s                 | policy.tag.salt           | Optional[(secret)]
      policy.tag.former-salt     | ${SALT}            | policy.tag.formerSalt     | Optional[(secret)]
      policy.tag.former-salt-file | %s                | policy.tag.formerSalt     | Optional[(secret)]
      policy.tag.include         | [/a, /b/*]         | policy.tag.include        | [/a, /b/*]
      policy.tag.ignore          | [/c]               | policy.tag.ignore         | [/c]
      policy.tag.strength        | weak               | policy.tag.strength       | WEAK
      policy.tag.json-limit      | 15B                | policy.tag.maxJsonBytes   | 15
      policy.comparison          | tolerant           | policy.comparison         | TOLERANT
      policy.probe.fields        | {X-A: b}           | policy.probe.fields       | [Field[name=X-A, value=b]]
      policy.probe.accept        | text/plain         | policy.probe.accept       | Optional[text/plain]
      policy.probe.timeout       | 16s                | policy.probe.timeout      | Optional[PT16S]
      policy.write-tag           | verbatim           | policy.writeTag           | VERBATIM
      policy.unverifiable        | allow              | policy.unverifiable       | ALLOW
      policy.no-op               | unchanged          | policy.noOp               | UNCHANGED
      policy.already-applied     | accept             | policy.alreadyApplied     | ACCEPT
      policy.status              | strict-412         | policy.status             | StatusCodes[stale=412, missing=412, unchanged=204]
      policy.status.preset       | conflict           | policy.status             | StatusCodes[stale=409, missing=400, unchanged=304]
      policy.status.stale        | 417                | policy.status.stale       | 417
      policy.status.missing      | 418                | policy.status.missing     | 418
      policy.status.unchanged    | 219                | policy.status.unchanged   | 219
      policy.conflict.changes    | true               | policy.conflict.changes   | true
      policy.upgrade             | [any]              | policy.upgrade            | [any]
      routes[].path              | /b/**              | routes.path               | /b/**
      routes[].methods           | [PUT]              | routes.methods            | [PUT]
      routes[].guard             | /g/{id}            | routes.guard              | Optional[/g/{id}]
      routes[].probe.path        | /p/{id}            | routes.policy.probe.path  | Optional[/p/{id}]
      """;

  /** What keeps a file whole in which only one key of a route is set. */
  private static final String ROUTE = "routes: [{path: \"/a/{id}\"}]";

  record Row(String key, String value, String component, String expected) {}

  static Stream<Row> rows() {
    String salt = GivenFile.of("pepper\n").path().toString();
    Stream<Row> written =
        TABLE
            .replace("%s", salt)
            .lines()
            .map(line -> line.split(" *\\| *"))
            .map(cell -> new Row(cell[0], cell[1], cell[2], cell[3]));
    return written.flatMap(EveryKeyTest::alsoInRoutes);
  }

  /** Whatever policy has, a route has. */
  private static Stream<Row> alsoInRoutes(Row row) {
    return row.key().startsWith("policy.")
        ? Stream.of(
            row,
            new Row(
                row.key().replace("policy.", "routes[]."),
                row.value(),
                "routes." + row.component(),
                row.expected()))
        : Stream.of(row);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void reachesItsRecord(Row row) {
    Map<String, String> environment = Map.of("SALT", "pepper");
    Configuration read = GivenFile.of(yaml(row), environment).read();
    assertThat(text(read, row.component())).isEqualTo(row.expected());
    Configuration without = GivenFile.of(ROUTE).read();
    assertThat(text(without, row.component())).isNotEqualTo(row.expected());
  }

  @Test
  void noKeyIsLeftOut() {
    Set<String> keys = new TreeSet<>();
    rows().map(Row::key).forEach(key -> addWithSections(keys, key));
    assertThat(keys).isEqualTo(SchemaPaths.all());
  }

  private static void addWithSections(Set<String> keys, String key) {
    for (int dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1)) {
      keys.add(key.substring(0, dot).replaceFirst("\\[]$", ""));
    }
    keys.add(key);
  }

  private static String yaml(Row row) {
    List<String> keys = new ArrayList<>(Arrays.asList(row.key().split("\\.", -1)));
    boolean route = keys.remove("routes[]");
    boolean needsPath = route && !keys.equals(List.of("path"));
    if (row.key().matches("health\\.(?!path).*")) {
      return "health:\n  path: /up\n  %s: %s".formatted(keys.get(1), row.value());
    }
    StringBuilder yaml =
        new StringBuilder(route ? "routes:\n-" : "").append(needsPath ? " path: /a/{id}\n" : "");
    String indent = route ? "  " : "";
    for (String key : keys) {
      boolean first = route && !needsPath;
      yaml.append(first ? " " : indent).append(key).append(":");
      indent += "  ";
      yaml.append(key.equals(keys.get(keys.size() - 1)) ? " " + row.value() : "\n");
    }
    return yaml.toString();
  }

  private static String text(Configuration read, String components) {
    Object at = read;
    for (String name : components.split("\\.", -1)) {
      at = component(at, name);
      if (at instanceof List<?> list && name.equals("routes")) {
        at = list.isEmpty() ? Optional.empty() : list.get(0);
      }
      if (name.equals("health")) {
        if (read.health().isEmpty()) {
          return "none";
        }
        at = read.health().get();
      }
    }
    return at.toString();
  }

  private static Object component(Object at, String name) {
    try {
      Method accessor = at.getClass().getMethod(name);
      return accessor.invoke(at);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
