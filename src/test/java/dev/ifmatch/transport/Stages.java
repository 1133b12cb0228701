package dev.ifmatch.transport;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One test's backends, and the proxy before all of them, whose ends are part of the test. */
final class Stages implements AfterEachCallback {
  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<HostileOrigin> origins = new ArrayList<>();
  private ProxyFixture proxy;

  /** Backends that all do what this script says. */
  Stages open(int count, Function<Heard, HostileOrigin.Act> script, Limits limits)
      throws IOException {
    for (int i = 0; i < count; i++) {
      add(new HostileOrigin(script));
    }
    return proxy(limits, Optional.empty());
  }

  /** One more backend, which closes with the rest. */
  HostileOrigin add(HostileOrigin origin) {
    origins.add(origin);
    open.add(origin);
    return origin;
  }

  /** A proxy before all backends that were added. */
  Stages proxy(Limits limits, Optional<Checkup> checkup) throws IOException {
    return proxy(urls(), limits, checkup, ProxySettings.HostField.CLIENT);
  }

  Stages proxy(
      List<String> urls,
      Limits limits,
      Optional<Checkup> checkup,
      ProxySettings.HostField hostField)
      throws IOException {
    Origins all = new Origins(urls.stream().map(Origin::parse).toList(), checkup);
    proxy = ProxyFixture.before(all, limits, Optional.empty(), hostField);
    return this;
  }

  /** Ends the proxy and leaves the backends aside: those that come next are others. */
  void forgetOrigins() {
    proxy.close();
    proxy = null;
    origins.clear();
  }

  List<String> urls() {
    return origins.stream().map(HostileOrigin::url).toList();
  }

  HostileOrigin origin(int index) {
    return origins.get(index);
  }

  ProxyFixture proxy() {
    return proxy;
  }

  /** How many requests with this method each of them heard. */
  List<Integer> heard(String method) {
    return origins.stream().map(origin -> origin.requests(method).size()).toList();
  }

  /** How many requests with this method they heard together. */
  int heardInAll(String method) {
    return heard(method).stream().mapToInt(Integer::intValue).sum();
  }

  @Override
  public void afterEach(ExtensionContext test) throws Exception {
    try {
      if (proxy != null) {
        proxy.close();
      }
    } finally {
      for (AutoCloseable closing : open) {
        closing.close();
      }
    }
  }
}
