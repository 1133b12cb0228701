package dev.ifmatch.transport;

import java.io.IOException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One backend and the proxy before it for all tests of a class. To each of them the backend is as
 * new: it has heard nothing, and plays its script from the start.
 */
final class SharedStage implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
  private final Limits limits;
  private final Supplier<Function<Heard, HostileOrigin.Act>> script;
  private HostileOrigin origin;
  private ProxyFixture proxy;

  /** A backend that plays this script, made anew for each test. */
  SharedStage(Limits limits, Supplier<Function<Heard, HostileOrigin.Act>> script) {
    this.limits = limits;
    this.script = script;
  }

  /** A backend that answers everything alike. */
  static SharedStage answering(Limits limits, String statusAndFields, String body) {
    return new SharedStage(limits, () -> heard -> peer -> peer.answer(statusAndFields, body));
  }

  HostileOrigin origin() {
    return origin;
  }

  ProxyFixture proxy() {
    return proxy;
  }

  @Override
  public void beforeAll(ExtensionContext tests) throws IOException {
    origin = new HostileOrigin(script.get());
    proxy = ProxyFixture.before(origin, limits);
  }

  @Override
  public void beforeEach(ExtensionContext test) {
    origin.play(script.get());
    origin.forget();
  }

  @Override
  public void afterAll(ExtensionContext tests) throws IOException {
    proxy.close();
    origin.close();
  }
}
