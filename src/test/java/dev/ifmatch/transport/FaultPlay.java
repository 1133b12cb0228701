package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.Problem;
import dev.ifmatch.policy.Refusal;
import dev.ifmatch.transport.FaultTable.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/** A backend and the proxy before it, for one fault; tells in the table's words what came of it. */
final class FaultPlay implements AutoCloseable {
  private static final String PROBLEM = "application/problem+json";

  private final Store store = new Store().with("/a", "old");
  private final HostileOrigin origin = new HostileOrigin(store);
  private final ProxyFixture proxy;

  /** The limits, with times that a test can wait for where a lock is held. */
  FaultPlay(LimitsBuilder limits) throws IOException {
    proxy = ProxyFixture.before(origin, limits.lockWait(20).grace(3_600_000).build());
  }

  Store store() {
    return store;
  }

  HostileOrigin origin() {
    return origin;
  }

  ProxyFixture proxy() {
    return proxy;
  }

  /** A backend that does this with the first request of a phase, and is honest else. */
  FaultPlay with(Phase phase, HostileOrigin.Act act) {
    origin.play(phase.once(act, store));
    return this;
  }

  FaultPlay with(Function<Heard, HostileOrigin.Act> script) {
    origin.play(script);
    return this;
  }

  /** Sends a request and looks at what comes of it. */
  Outcome ask(String request) throws IOException {
    return after(told(request));
  }

  /** What came of it for the others, once it is known what came of it for the client. */
  Outcome after(String client) throws IOException {
    long writes = origin.heads().stream().filter(h -> h.method().equals("PUT")).count();
    boolean sent = client.matches("(200|413|50. outcome-|cut off|nothing).*");
    assertThat(writes)
        .as("guarded writes that reached the backend")
        .isLessThanOrEqualTo(sent ? 1 : 0);
    int held = proxy.server().heldLocks();
    String log = log();
    proxy.expectLocksAtTheEnd(held);
    boolean waitedInVain = told(Phase.WRITE.request()).equals("503 lock-timeout");
    assertThat(waitedInVain).as("the next writer waits in vain").isEqualTo(held == 1);
    return new Outcome(client, held == 1 ? "held" : "free", log);
  }

  /** The most urgent line; what is logged of what, LoggingListenerTest knows. */
  private String log() {
    List<Refusal> refused =
        proxy.refused().stream()
            .map(Problem::refusal)
            .filter(refusal -> refusal != Refusal.MALFORMED_REQUEST) // the fixture's fence
            .toList();
    boolean unknown = refused.stream().anyMatch(Refusal::outcomeUnknown);
    boolean anything = !refused.isEmpty() || !proxy.untagged().isEmpty();
    return unknown ? "warn" : anything ? "debug" : "nothing";
  }

  String told(String request) throws IOException {
    try (RawClient client = proxy.connect()) {
      return told(client.send(request), request);
    }
  }

  /** What a client gets, and whether all goes with it that must. */
  static String told(RawClient client, String request) throws IOException {
    Reply head = client.readHeadOnly();
    if (head.field("Content-Type").filter(PROBLEM::equals).isPresent()) {
      return told(head.with(client.wire(), true));
    }
    boolean tagged = head.field("ETag").isPresent() || request.startsWith("POST");
    try {
      head.with(client.wire(), true);
    } catch (IOException broken) {
      return head.status() + ", cut off";
    }
    return head.status() + (tagged || head.status() != 200 ? "" : " without a tag");
  }

  private static String told(Reply problem) throws IOException {
    String reason = problem.reason();
    boolean unknown = reason.startsWith("outcome-unknown");
    assertThat(problem.problem().path("outcome").asText("")).isEqualTo(unknown ? "unknown" : "");
    boolean sent = unknown || reason.matches("origin-(failed|timeout)|body-timeout");
    assertThat(problem.problem().path("sent").asBoolean()).isEqualTo(sent);
    boolean retryable = (problem.status() >= 500 && !unknown) || reason.equals("request-timeout");
    assertThat(problem.problem().path("retryable").asBoolean()).isEqualTo(retryable);
    return problem.status() + " " + reason;
  }

  @Override
  public void close() throws IOException {
    try {
      proxy.close();
    } finally {
      origin.close();
    }
  }
}
