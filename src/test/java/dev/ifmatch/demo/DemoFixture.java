package dev.ifmatch.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Assumptions;

/** Starts the demo for a test, on free ports, with the real proxy in it. */
final class DemoFixture {

  private DemoFixture() {}

  static Demo start() throws IOException {
    return Demo.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0, proxy());
  }

  private static Demo.ProxyStarter proxy() {
    Assumptions.abort("There is no proxy to start yet");
    throw new AssertionError("unreachable");
  }
}
