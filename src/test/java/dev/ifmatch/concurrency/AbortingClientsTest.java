package dev.ifmatch.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that leave in the middle of what they do lose nobody's update and lock nobody out. */
@Timeout(120)
class AbortingClientsTest {
  private static final int CLIENTS = 12;
  private static final int TURNS = 150;
  private static final String COUNTER = "/counter";

  private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
  private CountingBackend backend;
  private ProxyFixture proxy;

  /** The points at which a client leaves. */
  private enum Leaving {
    WITHIN_THE_HEAD,
    WITHIN_THE_BODY,
    WITHOUT_THE_ANSWER,
    WITHIN_THE_ANSWER,
    NEVER
  }

  @BeforeEach
  void start() throws IOException {
    backend = CountingBackend.start();
    backend.set(COUNTER, "0");
    proxy = ProxyFixture.inFrontOf(backend.port());
  }

  @AfterEach
  void stop() throws IOException {
    threads.shutdownNow();
    proxy.close();
    backend.close();
  }

  @Test
  void nothingIsLostAndNobodyIsStuck() throws Exception {
    List<Callable<Integer>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Random random = new Random(i);
      clients.add(() -> countUpAndLeave(random));
    }
    int told = 0;
    for (Future<Integer> client : threads.invokeAll(clients)) {
      told += client.get();
    }
    proxy.awaitNoLocks();

    List<String> writes = backend.writes(COUNTER);
    assertEachWriteCountsOnFromTheOneBefore(writes);
    assertThat(writes)
        .as("those who left may have succeeded too")
        .hasSizeGreaterThanOrEqualTo(told);
    assertThat(told).isPositive();
    assertThat(countUpOnce()).as("who comes afterwards").isEqualTo(204);
  }

  @Test
  void everyPlaceInTheQueueCanBeLeft() throws Exception {
    for (int round = 0; round < 50; round++) {
      List<ClientConnection> queue = ClientConnection.several(30, proxy.port());
      WireMessage read;
      try (ClientConnection reader = ClientConnection.to(proxy.port())) {
        read = reader.ask(WireRequest.get(COUNTER));
      }
      CountingBackend.Gate probe = backend.holdReads(COUNTER);
      ClientConnection.sendAll(queue, i -> plusOne(read));
      probe.awaitRead();

      for (int i = 0; i < queue.size(); i += 2) {
        queue.get((i + round % 2) % queue.size()).reset();
      }
      probe.open();

      List<WireMessage> answers = new ArrayList<>();
      for (int i = 1; i < queue.size(); i += 2) {
        answers.add(queue.get((i + round % 2) % queue.size()).receive());
      }
      assertThat(answers).allMatch(answer -> answer.status() == 204 || answer.status() == 412);
      assertThat(answers).filteredOn(WireMessage::isSuccess).hasSizeLessThan(2);
      ClientConnection.closeAll(queue);
      proxy.awaitNoLocks();
    }
    assertEachWriteCountsOnFromTheOneBefore(backend.writes(COUNTER));
  }

  private static void assertEachWriteCountsOnFromTheOneBefore(List<String> writes) {
    for (int i = 0; i < writes.size(); i++) {
      assertThat(writes.get(i)).as("write %d", i).isEqualTo(String.valueOf(i + 1));
    }
  }

  private int countUpAndLeave(Random random) throws IOException {
    int told = 0;
    ClientConnection client = ClientConnection.to(proxy.port());
    for (int turn = 0; turn < TURNS; turn++) {
      WireMessage read = client.ask(WireRequest.get(COUNTER));
      byte[] write = plusOne(read).bytes();
      Leaving leaving = Leaving.values()[random.nextInt(Leaving.values().length)];
      client.send(part(write, leaving, random));
      if (leaving == Leaving.NEVER) {
        WireMessage answer = client.receive();
        assertThat(answer.status()).isIn(204, 412);
        told += answer.isSuccess() ? 1 : 0;
      } else {
        leave(client, leaving, random);
        client = ClientConnection.to(proxy.port());
      }
    }
    client.close();
    return told;
  }

  private static byte[] part(byte[] write, Leaving leaving, Random random) {
    int length =
        switch (leaving) {
          case WITHIN_THE_HEAD -> 1 + random.nextInt(write.length - 16);
          case WITHIN_THE_BODY -> write.length - 1;
          default -> write.length;
        };
    return Arrays.copyOf(write, length);
  }

  private static void leave(ClientConnection client, Leaving leaving, Random random)
      throws IOException {
    if (leaving == Leaving.WITHIN_THE_ANSWER) {
      client.receiveFirstOctet();
    }
    if (random.nextBoolean()) {
      client.reset();
    } else {
      client.close();
    }
  }

  private int countUpOnce() throws IOException {
    try (ClientConnection client = ClientConnection.to(proxy.port())) {
      return client.ask(plusOne(client.ask(WireRequest.get(COUNTER)))).status();
    }
  }

  private static WireRequest plusOne(WireMessage read) {
    int next = Integer.parseInt(read.body()) + 1;
    return WireRequest.put(COUNTER, String.valueOf(next)).ifMatch(read.tag());
  }
}
