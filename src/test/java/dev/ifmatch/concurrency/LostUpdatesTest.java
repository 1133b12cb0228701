package dev.ifmatch.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that read a counter, add one, and write it back: each success must count. */
@Timeout(120)
class LostUpdatesTest {
  private static final int CLIENTS = 16;
  private static final String COUNTER = "/counter";

  private CountingBackend backend;
  private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);

  @BeforeEach
  void start() throws IOException {
    backend = CountingBackend.start();
    backend.set(COUNTER, "0");
  }

  @AfterEach
  void stop() throws IOException {
    threads.shutdownNow();
    backend.close();
  }

  @Test
  void everySuccessCountsThroughTheProxy() throws Exception {
    try (ProxyFixture proxy = ProxyFixture.inFrontOf(backend.port())) {
      int successes = inParallel(() -> countUp(proxy.port(), 150));

      assertThat(successes).isPositive();
      assertThat(backend.text(COUNTER)).isEqualTo(String.valueOf(successes));
      assertThat(backend.writes(COUNTER)).as("nothing was written twice").hasSize(successes);
      proxy.awaitNoLocks();
    }
  }

  @Test
  void everyClientGetsThereThroughTheProxy() throws Exception {
    int each = 10;
    try (ProxyFixture proxy = ProxyFixture.inFrontOf(backend.port())) {
      inParallel(() -> countUpUntil(proxy.port(), each));

      assertThat(backend.text(COUNTER)).isEqualTo(String.valueOf(CLIENTS * each));
    }
  }

  @Test
  void successesAreLostStraightToTheBackend() throws Exception {
    int rounds = 20;
    CyclicBarrier allHaveRead = new CyclicBarrier(CLIENTS);
    CyclicBarrier allHaveWritten = new CyclicBarrier(CLIENTS);

    int successes =
        inParallel(
            () -> {
              int mine = 0;
              try (ClientConnection client = ClientConnection.to(backend.port())) {
                for (int round = 0; round < rounds; round++) {
                  WireMessage read = client.ask(WireRequest.get(COUNTER));
                  allHaveRead.await();
                  mine += client.ask(plusOne(read)).isSuccess() ? 1 : 0;
                  allHaveWritten.await();
                }
              }
              return mine;
            });

    assertThat(successes).as("the backend told everybody: done").isEqualTo(CLIENTS * rounds);
    assertThat(backend.text(COUNTER)).as("and kept one of each round").isEqualTo("" + rounds);
  }

  /** Tries so many times; answers how often it succeeded. */
  private static int countUp(int port, int attempts) throws IOException {
    int successes = 0;
    try (ClientConnection client = ClientConnection.to(port)) {
      for (int i = 0; i < attempts; i++) {
        successes += tryOnce(client) ? 1 : 0;
      }
    }
    return successes;
  }

  private static int countUpUntil(int port, int wanted) throws IOException {
    int successes = 0;
    try (ClientConnection client = ClientConnection.to(port)) {
      while (successes < wanted) {
        successes += tryOnce(client) ? 1 : 0;
      }
    }
    return successes;
  }

  private static boolean tryOnce(ClientConnection client) throws IOException {
    WireMessage read = client.ask(WireRequest.get(COUNTER));
    WireMessage answer = client.ask(plusOne(read).ifMatch(read.tag()));
    assertThat(answer.status()).isIn(204, 412);
    return answer.isSuccess();
  }

  private static WireRequest plusOne(WireMessage read) {
    return WireRequest.put(COUNTER, String.valueOf(Integer.parseInt(read.body()) + 1));
  }

  private int inParallel(Callable<Integer> client) throws Exception {
    List<Callable<Integer>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(client);
    }
    int sum = 0;
    for (Future<Integer> part : threads.invokeAll(clients)) {
      sum += part.get();
    }
    return sum;
  }
}
