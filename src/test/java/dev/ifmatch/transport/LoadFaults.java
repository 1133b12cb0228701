package dev.ifmatch.transport;

import static dev.ifmatch.transport.LimitsBuilder.limits;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.ifmatch.transport.FaultTable.Outcome;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Too much of what is good by itself, in the words of the table of faults. */
final class LoadFaults {
  private static final int REQUESTS = 100_000;
  private static final int BATCH = 500;
  private static final int SLOW_CLIENTS = 10_000;
  private static final int BODY_BYTES = 4 << 20;

  private LoadFaults() {}

  static Map<String, FaultScenario> all() {
    return Map.of(
        "the client sends 100,000 requests on one connection",
        FaultScenario.in(EnumSet.of(Phase.READ), LoadFaults::many),
        "10,000 clients stop within the head",
        FaultScenario.in("others' reads and writes", when -> slowloris()),
        "the disk is full",
        FaultScenario.in(EnumSet.of(Phase.WRITE), LoadFaults::fullDisk));
  }

  private static Outcome many(Phase phase) throws Exception {
    String batch = phase.request().repeat(BATCH);
    try (FaultPlay play = new FaultPlay(limits());
        RawClient client = play.proxy().connect()) {
      Reply first = client.send(phase.request()).read();
      byte[] answers = (first.head() + first.body()).repeat(BATCH).getBytes(UTF_8);
      for (int sent = 0; sent < REQUESTS; sent += BATCH) {
        play.origin().forget();
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(client, batch));
        assertThat(Arrays.equals(client.wire().readBytes(answers.length), answers)).isTrue();
        sending.get();
      }
      assertThat(play.origin().connections()).isOne();
      return play.after(String.valueOf(first.status()));
    }
  }

  private static void send(RawClient client, String octets) {
    try {
      client.send(octets);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Outcome slowloris() throws Exception {
    long files =
        ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getMaxFileDescriptorCount();
    assumeTrue(
        files > SLOW_CLIENTS + 1_000,
        () -> "skipped: only %d files may be open here, see ulimit -n".formatted(files));
    List<SocketChannel> slow = new ArrayList<>();
    try (HostileOrigin origin = new HostileOrigin(new Store().with("/a", "old"));
        ProxyProcess proxy = new ProxyProcess("", origin)) {
      try {
        for (int i = 0; i < SLOW_CLIENTS; i++) {
          slow.add(SocketChannel.open(proxy.address()));
          send(slow.get(i), "GET /a HTTP/1.1\r\nHost: h\r\nX-Slow: ");
        }
        for (SocketChannel client : slow) {
          send(client, "x");
        }
        assertThat(proxy.told(Phase.READ.request())).isEqualTo("200");
        String told = proxy.told(Phase.WRITE.request());
        assertThat(proxy.told(Phase.WRITE.request())).isEqualTo(told);
        return new Outcome(told, "free", "nothing");
      } finally {
        for (SocketChannel client : slow) {
          client.close();
        }
      }
    }
  }

  private static void send(SocketChannel client, String octets) throws IOException {
    assertThat(client.write(ByteBuffer.wrap(octets.getBytes(UTF_8)))).isEqualTo(octets.length());
  }

  private static Outcome fullDisk(Phase phase) throws Exception {
    try (HostileOrigin origin = new HostileOrigin(new Store().with("/a", "old"));
        ProxyProcess proxy = new ProxyProcess("ulimit -f 2048 && ", origin)) { // of 512 bytes
      String large = phase.request().replace(": 3\r\n", ": " + BODY_BYTES + "\r\n");
      String told = proxy.told(large + "x".repeat(BODY_BYTES - 3));
      assertThat(proxy.nextLine()).contains("ERROR").contains("temporary file");
      assertThat(origin.requests()).as("what was asked while the disk was full").isEmpty();
      assertThat(proxy.told(phase.request())).isEqualTo("200");
      return new Outcome(told, "free", "error");
    }
  }
}
