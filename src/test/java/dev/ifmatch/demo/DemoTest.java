package dev.ifmatch.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** How the demo starts and ends, with a proxy that is none. */
class DemoTest {

  private static final InetSocketAddress ANYWHERE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @Test
  void printsTheUrlsAndTheCommands() throws IOException {
    var printed = new ByteArrayOutputStream();
    try (Demo demo =
        startAt(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080), new AtomicInteger())) {
      demo.announce(new PrintStream(printed, true, StandardCharsets.UTF_8));

      assertThat(printed.toString(StandardCharsets.UTF_8))
          .contains("  open      http://127.0.0.1:8080/\n")
          .contains("  backend   " + demo.backend())
          .contains("    url='http://127.0.0.1:8080/api/documents/1'; tag=$(curl ")
          .contains("412 Precondition Failed");
    }
  }

  @Test
  void namesALoopbackAddressWhereItListensOnAll() throws IOException {
    var everywhere = new InetSocketAddress(8080);
    try (Demo demo = startAt(everywhere, new AtomicInteger())) {
      assertThat(demo.page()).isEqualTo(URI.create("http://127.0.0.1:8080/"));
      assertThat(demo.backend().getHost()).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void putsIpv6AddressesInBrackets() throws IOException {
    byte[] loopback = new byte[16];
    loopback[15] = 1;
    var at = new InetSocketAddress(InetAddress.getByAddress(loopback), 8080);
    Demo.ProxyStarter starter = (origin, listen) -> new Demo.RunningProxy(at, () -> {});
    try (Demo demo = Demo.start(ANYWHERE, 0, starter)) {
      assertThat(demo.page().getRawAuthority()).isEqualTo("[0:0:0:0:0:0:0:1]:8080");
    }
  }

  @Test
  void endsTheProxyAndTheBackend() throws IOException {
    var stops = new AtomicInteger();
    Demo demo = startAt(ANYWHERE, stops);
    demo.close();

    assertThat(stops).hasValue(1);
    assertNobodyListens(demo.backend());
  }

  @Test
  void endsTheBackendWhereTheProxyCannotStart() {
    var started = new AtomicReference<URI>();
    Demo.ProxyStarter failing =
        (origin, listen) -> {
          started.set(origin);
          throw new IOException("address already in use");
        };

    assertThatThrownBy(() -> Demo.start(ANYWHERE, 0, failing))
        .isInstanceOf(IOException.class)
        .hasMessage("address already in use");
    assertNobodyListens(started.get());
  }

  private static Demo startAt(InetSocketAddress listen, AtomicInteger stops) throws IOException {
    return Demo.start(listen, 0, (origin, at) -> new Demo.RunningProxy(at, stops::incrementAndGet));
  }

  private static void assertNobodyListens(URI uri) {
    assertThatThrownBy(() -> new Socket(uri.getHost(), uri.getPort()).close())
        .isInstanceOf(ConnectException.class);
  }
}
