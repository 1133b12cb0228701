package dev.ifmatch.demo;

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
import java.net.URI;

/** Starts the demo for a test, on free ports, with the real proxy in it. */
final class DemoFixture {

  private DemoFixture() {}

  static Demo start() throws IOException {
    var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return Demo.start(anyPort, 0, DemoFixture::startProxy);
  }

  private static Demo.RunningProxy startProxy(URI origin, InetSocketAddress listen)
      throws IOException {
    ProxySettings settings =
        new ProxySettings(
            Origin.parse(origin.toString()),
            listen,
            RouteTable.of(RoutePolicy.DEFAULT),
            Limits.DEFAULT,
            Http2Limits.DEFAULT,
            HostField.CLIENT);
    ProxyServer server = ProxyServer.start(settings, new Silence());
    return new Demo.RunningProxy(server.address(), server);
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
