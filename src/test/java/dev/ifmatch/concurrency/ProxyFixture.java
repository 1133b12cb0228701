package dev.ifmatch.concurrency;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import dev.ifmatch.exchange.ExchangeListener;
import dev.ifmatch.exchange.Untagged;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.policy.Problem;
import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.RouteTable;
import dev.ifmatch.representation.FormFallback;
import dev.ifmatch.transport.Http2Limits;
import dev.ifmatch.transport.Limits;
import dev.ifmatch.transport.Origin;
import dev.ifmatch.transport.ProxyServer;
import dev.ifmatch.transport.ProxySettings;
import dev.ifmatch.transport.ProxySettings.HostField;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The proxy with its defaults, in front of a backend on this machine, on a free port. */
public final class ProxyFixture implements AutoCloseable {
  private final ProxyServer server;

  private ProxyFixture(ProxyServer server) {
    this.server = server;
  }

  public static ProxyFixture inFrontOf(int backendPort) throws IOException {
    return inFrontOf(backendPort, RoutePolicy.DEFAULT);
  }

  public static ProxyFixture inFrontOf(int backendPort, RoutePolicy policy) throws IOException {
    ProxySettings settings =
        new ProxySettings(
            Origin.parse("http://127.0.0.1:" + backendPort),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            RouteTable.of(policy),
            Limits.DEFAULT,
            Http2Limits.DEFAULT,
            HostField.CLIENT);
    return new ProxyFixture(ProxyServer.start(settings, new Silence()));
  }

  public int port() {
    return server.address().getPort();
  }

  /** Waits until nothing is locked; the locks of those who left are given back on other threads. */
  public void awaitNoLocks() {
    await().pollInterval(1, MILLISECONDS).atMost(10, SECONDS).until(() -> server.heldLocks() == 0);
  }

  @Override
  public void close() {
    server.close();
  }

  /** Tells nobody. */
  private static final class Silence implements ExchangeListener {
    @Override
    public void onObserved(Problem problem) {
      throw new AssertionError("nothing is observed here");
    }

    @Override
    public void onFallback(RequestHead request, FormFallback why) {
      throw new AssertionError("no tag is made in another form here");
    }

    @Override
    public void onRefused(Problem problem) {}

    @Override
    public void onUntagged(RequestHead request, Untagged why) {}
  }
}
