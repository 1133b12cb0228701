package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.RouteTable;
import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One test's backend that switches protocols, the proxy before it, and what passes. */
final class TunnelStage implements AfterEachCallback {
  static final RouteTable ROUTES = policy().upgrade("x").everywhere();
  static final String SWITCH = Stage.request("GET", "/x", "", "Connection: Upgrade", "Upgrade: x");
  static final String READ = Stage.request("GET", "/other", "");
  static final String SWITCHED =
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n";

  /** More than the buffers of kernel and proxy hold together. */
  static final int LARGE = 48 << 20;

  /** What the buffers on one side do not hold. */
  static final int PART = 24 << 20;

  private static final int PIECE = 64 << 10;

  private final Stage stage = new Stage();
  private final Store store = new Store().with("/other", "other");

  /** What the backend's side of the tunnel does. */
  @FunctionalInterface
  interface Far {
    void on(Wire wire) throws IOException, InterruptedException;
  }

  private HostileOrigin.Act switching(Far far) {
    return peer -> {
      peer.answer(SWITCHED);
      far.on(peer.wire());
    };
  }

  void open(Far far, Limits limits) throws IOException {
    stage.open(
        heard -> heard.target().equals("/x") ? switching(far) : store.apply(heard), ROUTES, limits);
  }

  /** A client that is connected with this. */
  RawClient to(Far far) throws IOException {
    open(far, Limits.DEFAULT);
    return switched();
  }

  /** A client whose backend has switched. */
  RawClient switched() throws IOException {
    RawClient client = stage.proxy().connect();
    assertThat(client.send(SWITCH).wire().readHead()).startsWith("HTTP/1.1 101 ");
    return client;
  }

  /** Sends back what comes, until that ends. */
  static void echo(Wire wire) throws IOException {
    try {
      while (true) {
        wire.send(wire.readBytes(1));
      }
    } catch (EOFException end) {
      wire.close();
    }
  }

  static String text(Wire wire, int length) throws IOException {
    return new String(wire.readBytes(length), ISO_8859_1);
  }

  static void fill(Wire wire, AtomicLong sent) {
    try {
      for (int i = 0; i < LARGE / PIECE; i++) {
        wire.send(new byte[PIECE]);
        sent.addAndGet(PIECE);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static long count(Wire wire) throws IOException {
    long count = 0;
    for (int i = 0; i < LARGE / PIECE; i++) {
      count += wire.readBytes(PIECE).length;
    }
    return count;
  }

  Stage stage() {
    return stage;
  }

  Store store() {
    return store;
  }

  @Override
  public void afterEach(ExtensionContext test) throws IOException {
    stage.afterEach(test);
  }
}
