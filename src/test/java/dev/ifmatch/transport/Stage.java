package dev.ifmatch.transport;

import dev.ifmatch.policy.Problem;
import dev.ifmatch.policy.Refusal;
import dev.ifmatch.policy.RouteTable;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One test's backend and the proxy before it, whose end is part of the test. */
final class Stage implements AfterEachCallback {
  private HostileOrigin origin;
  private ProxyFixture proxy;

  Stage open(Function<Heard, HostileOrigin.Act> script, RouteTable routes) throws IOException {
    return open(script, routes, Limits.DEFAULT);
  }

  Stage open(Function<Heard, HostileOrigin.Act> script, RouteTable routes, Limits limits)
      throws IOException {
    close();
    origin = new HostileOrigin(script);
    proxy = ProxyFixture.before(origin.url(), limits, routes);
    return this;
  }

  HostileOrigin origin() {
    return origin;
  }

  ProxyFixture proxy() {
    return proxy;
  }

  // ---- what clients ask

  /** A request with the length of its body, where it has one or is one that often has. */
  static String request(String method, String target, String body, String... fields) {
    StringBuilder head = new StringBuilder(200);
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: h\r\n");
    for (String field : fields) {
      head.append(field).append("\r\n");
    }
    if (!body.isEmpty() || method.startsWith("P")) {
      head.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    return head.append("\r\n").append(body).toString();
  }

  Reply get(String target, String... fields) throws IOException {
    return proxy.exchange(request("GET", target, "", fields));
  }

  Reply head(String target, String... fields) throws IOException {
    try (RawClient client = proxy.connect()) {
      return client.send(request("HEAD", target, "", fields)).readHeadOnly();
    }
  }

  Reply put(String target, String body, String... fields) throws IOException {
    return send("PUT", target, body, fields);
  }

  Reply send(String method, String target, String body, String... fields) throws IOException {
    return proxy.exchange(request(method, target, body, fields));
  }

  /** Sends each request on a connection of its own, all before the first answer is read. */
  List<Reply> together(List<String> requests) throws IOException {
    try (Crowd crowd = new Crowd(proxy, requests.size())) {
      return crowd.ask(requests);
    }
  }

  // ---- what came of it

  /** Status and, where the proxy answered in the origin's place, the reason. */
  static String told(Reply reply) throws IOException {
    boolean ours =
        reply.field("Content-Type").filter("application/problem+json"::equals).isPresent();
    return ours ? reply.status() + " " + reply.reason() : String.valueOf(reply.status());
  }

  /** Methods and targets of what reached the origin as a whole, in order. */
  List<String> asked() {
    return origin.requests().stream().map(r -> r.method() + " " + r.target()).toList();
  }

  /** The only request with this method that reached the origin. */
  Heard only(String method) {
    List<Heard> all = origin.requests(method);
    if (all.size() != 1) {
      throw new AssertionError(all.size() + " requests with " + method + " in " + asked());
    }
    return all.get(0);
  }

  /** The request with this method that reached the origin last. */
  Heard last(String method) {
    List<Heard> all = origin.requests(method);
    return all.get(all.size() - 1);
  }

  List<Refusal> observed() {
    return proxy.observed().stream().map(Problem::refusal).toList();
  }

  List<Refusal> refused() {
    return proxy.refused().stream().map(Problem::refusal).toList();
  }

  @Override
  public void afterEach(ExtensionContext test) throws IOException {
    close();
  }

  private void close() throws IOException {
    if (proxy != null) {
      ProxyFixture ending = proxy;
      proxy = null;
      try {
        ending.close();
      } finally {
        origin.close();
      }
    }
  }
}
