package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ifmatch.exchange.ExchangeListener;
import dev.ifmatch.exchange.Untagged;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.policy.Mode;
import dev.ifmatch.policy.Problem;
import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.RouteTable;
import dev.ifmatch.representation.FormFallback;
import dev.ifmatch.transport.tls.OriginTlsSettings;
import dev.ifmatch.transport.tls.TlsSettings;
import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.awaitility.core.ConditionFactory;

/**
 * A running proxy on a free port. Its end checks that no lock, no connection and no buffer is left.
 *
 * <p>Buffers are counted in the allocator, which only the proxy uses here; so a leak is found at
 * once, and not only when the collector happens to come by.
 */
final class ProxyFixture implements AutoCloseable {
  private final ProxyServer server;
  private final ProxySettings settings;
  private final long buffersBefore = activeBuffers();
  private final List<Problem> refused = new CopyOnWriteArrayList<>();
  private final List<Untagged> untagged = new CopyOnWriteArrayList<>();
  private final List<Problem> observed = new CopyOnWriteArrayList<>();
  private final List<FormFallback> fallbacks = new CopyOnWriteArrayList<>();
  private int locksAtTheEnd;

  private ProxyFixture(ProxySettings settings, Optional<NameService> names) throws IOException {
    this.settings = settings;
    this.server = ProxyServer.start(settings, new Notes(), names);
  }

  static ProxyFixture before(HostileOrigin origin) throws IOException {
    return before(origin.url(), Limits.DEFAULT);
  }

  static ProxyFixture before(HostileOrigin origin, Limits limits) throws IOException {
    return before(origin.url(), limits);
  }

  static ProxyFixture before(String origin, Limits limits) throws IOException {
    return before(origin, limits, Mode.REQUIRE);
  }

  static ProxyFixture before(String origin, Limits limits, Mode mode) throws IOException {
    return before(origin, limits, RouteTable.of(RoutePolicy.DEFAULT.with(mode)));
  }

  static ProxyFixture before(HostileOrigin origin, Limits limits, Http2Limits http2)
      throws IOException {
    return before(origin.url(), limits, http2, RouteTable.of(RoutePolicy.DEFAULT));
  }

  static ProxyFixture before(String origin, Limits limits, RouteTable routes) throws IOException {
    return before(origin, limits, Http2Limits.DEFAULT, routes);
  }

  private static ProxyFixture before(
      String origin, Limits limits, Http2Limits http2, RouteTable routes) throws IOException {
    Origins origins = Origins.of(List.of(Origin.parse(origin)));
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    ProxySettings.HostField hostField = ProxySettings.HostField.CLIENT;
    return new ProxyFixture(
        new ProxySettings(origins, any, routes, limits, http2, hostField), Optional.empty());
  }

  /** Before origins whose names are looked up in this way, or in the machine's. */
  static ProxyFixture before(
      Origins origins,
      Limits limits,
      Optional<NameService> names,
      ProxySettings.HostField hostField)
      throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    RouteTable routes = RouteTable.of(RoutePolicy.DEFAULT);
    return new ProxyFixture(
        new ProxySettings(origins, any, routes, limits, Http2Limits.DEFAULT, hostField), names);
  }

  /** Has the running proxy go on with other routes and limits. */
  void use(RouteTable routes, Limits limits) {
    server.use(
        new ProxySettings(
            settings.origins(),
            settings.listen(),
            routes,
            limits,
            settings.http2(),
            settings.hostField(),
            settings.tls(),
            settings.originTls()));
  }

  void use(RouteTable routes) {
    use(routes, settings.limits());
  }

  /** A client that speaks HTTP/2. */
  Http2Client connectHttp2() throws IOException {
    return new Http2Client(server.address());
  }

  /** A proxy with TLS on its sides as it is set; the origin sees the client's Host. */
  static ProxyFixture before(
      String origin, Limits limits, TlsSettings tls, OriginTlsSettings originTls)
      throws IOException {
    return before(origin, limits, tls, originTls, RouteTable.of(RoutePolicy.DEFAULT));
  }

  /** The same with routes. */
  static ProxyFixture before(
      String origin, Limits limits, TlsSettings tls, OriginTlsSettings originTls, RouteTable routes)
      throws IOException {
    return new ProxyFixture(
        new ProxySettings(
            Origins.of(List.of(Origin.parse(origin))),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            routes,
            limits,
            Http2Limits.DEFAULT,
            ProxySettings.HostField.CLIENT,
            tls,
            originTls),
        Optional.empty());
  }

  RawClient connect() throws IOException {
    return new RawClient(server.address());
  }

  /** A client that speaks TLS as the context has it. */
  RawClient connect(SSLContext tls) throws IOException {
    return new RawClient(server.address(), tls.getSocketFactory().createSocket());
  }

  /** Sends one request on a connection of its own and reads its answer. */
  Reply exchange(String request) throws IOException {
    try (RawClient client = connect()) {
      return client.send(request).read();
    }
  }

  ProxyServer server() {
    return server;
  }

  /** What was answered in the origin's place, in order. */
  List<Problem> refused() {
    return List.copyOf(refused);
  }

  /** What would have been answered in the origin's place, in order. */
  List<Problem> observed() {
    return List.copyOf(observed);
  }

  /** Why bodies were not tagged in the form that was asked for, in order. */
  List<FormFallback> fallbacks() {
    return List.copyOf(fallbacks);
  }

  /** Why answers had no tag, in order. */
  List<Untagged> untagged() {
    return List.copyOf(untagged);
  }

  /**
   * Returns when every event loop has seen what reached the proxy before: a request that is refused
   * at once goes round on each.
   */
  void fence() throws IOException {
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      exchange("FENCE\r\n\r\n");
    }
  }

  /** Waits for what comes soon, without making the tests wait for the clock. */
  static ConditionFactory soon() {
    return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2));
  }

  void awaitLocks(int held) {
    soon().untilAsserted(() -> assertThat(server.heldLocks()).as("held locks").isEqualTo(held));
  }

  /** Says that locks are still held, within their grace time, when the test ends. */
  void expectLocksAtTheEnd(int held) {
    locksAtTheEnd = held;
  }

  @Override
  public void close() {
    awaitLocks(locksAtTheEnd);
    server.close();
    assertThat(server.originConnections()).as("connections to origins").isZero();
    soon()
        .untilAsserted(
            () -> assertThat(activeBuffers()).as("buffers in use").isEqualTo(buffersBefore));
  }

  static long activeBuffers() {
    var metric = ((PooledByteBufAllocator) EventLoops.ALLOCATOR).metric();
    return Stream.concat(metric.directArenas().stream(), metric.heapArenas().stream())
        .mapToLong(PoolArenaMetric::numActiveAllocations)
        .sum();
  }

  private final class Notes implements ExchangeListener {
    @Override
    public void onRefused(Problem problem) {
      refused.add(problem);
    }

    @Override
    public void onObserved(Problem problem) {
      observed.add(problem);
    }

    @Override
    public void onFallback(RequestHead request, FormFallback why) {
      fallbacks.add(why);
    }

    @Override
    public void onUntagged(RequestHead request, Untagged why) {
      untagged.add(why);
    }
  }
}
