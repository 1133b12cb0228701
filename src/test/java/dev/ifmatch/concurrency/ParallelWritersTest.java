package dev.ifmatch.concurrency;

import static dev.ifmatch.concurrency.ClientConnection.askAll;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Of the writers that start from one state, one succeeds; through real sockets and event loops. */
@Timeout(120)
class ParallelWritersTest {
  private static final int WRITERS = 50;
  private static final String PATH = "/documents/1";

  private CountingBackend backend;
  private ProxyFixture proxy;
  private ClientConnection reader;
  private List<ClientConnection> writers;

  @BeforeEach
  void start() throws IOException {
    backend = CountingBackend.start();
    proxy = ProxyFixture.inFrontOf(backend.port());
    reader = ClientConnection.to(proxy.port());
    writers = ClientConnection.several(WRITERS, proxy.port());
  }

  @AfterEach
  void stop() throws IOException {
    ClientConnection.closeAll(writers);
    reader.close();
    proxy.awaitNoLocks();
    proxy.close();
    backend.close();
  }

  @Test
  void oneWriterOfFiftyWins() throws IOException {
    for (int round = 0; round < 200; round++) {
      backend.set(PATH, "round " + round);
      String tag = readTag(PATH);

      List<WireMessage> answers = askAll(writers, i -> edit(PATH, i).ifMatch(tag));

      int winner = onlyWinner(answers);
      assertThat(backend.writes(PATH)).containsExactly("by writer " + winner);
      assertThat(backend.reads(PATH)).isBetween(3, WRITERS + 2);
      assertThat(answers.get(winner).tag()).isEqualTo(readTag(PATH));
      answers.forEach(answer -> assertThat(answer.tag()).isEqualTo(answers.get(winner).tag()));
    }
  }

  @Test
  void fiftyWritersAtOnceCostOneWriteAndTwoReads() throws Exception {
    try (EventLoopFence fence = new EventLoopFence(proxy.port())) {
      for (int round = 0; round < 50; round++) {
        backend.set(PATH, "round " + round);
        String tag = readTag(PATH);
        CountingBackend.Gate probe = backend.holdReads(PATH);

        ClientConnection.sendAll(writers, i -> edit(PATH, i).ifMatch(tag));
        probe.awaitRead();
        fence.pass();
        probe.open();

        onlyWinner(ClientConnection.receiveAll(writers));
        assertThat(backend.writes(PATH)).hasSize(1);
        assertThat(backend.reads(PATH)).as("the reader's, the probe, the reread").isEqualTo(3);
      }
    }
  }

  @Test
  void oneWriterOfEachResourceWins() throws IOException {
    int resources = 10;
    List<String> tags = new ArrayList<>();
    for (int round = 0; round < 60; round++) {
      tags.clear();
      for (int r = 0; r < resources; r++) {
        backend.set("/documents/" + r, "round " + round);
        tags.add(readTag("/documents/" + r));
      }

      List<WireMessage> answers =
          askAll(
              writers,
              i -> edit("/documents/" + i % resources, i).ifMatch(tags.get(i % resources)));

      for (int r = 0; r < resources; r++) {
        int first = r;
        List<WireMessage> mine = new ArrayList<>();
        for (int i = first; i < WRITERS; i += resources) {
          mine.add(answers.get(i));
        }
        int winner = first + onlyWinner(mine) * resources;
        assertThat(backend.writes("/documents/" + r)).containsExactly("by writer " + winner);
      }
    }
  }

  @Test
  void putPatchAndDeleteShareOneLock() throws IOException {
    for (int round = 0; round < 60; round++) {
      backend.set(PATH, "round " + round);
      String tag = readTag(PATH);
      int turn = round;

      List<WireMessage> answers = askAll(writers, i -> anyWrite(i + turn).ifMatch(tag));

      assertThat(answers).filteredOn(WireMessage::isSuccess).hasSize(1);
      // once the resource is deleted, a PATCH or DELETE meets the backend's own 404
      assertThat(answers).filteredOn(a -> !a.isSuccess()).allMatch(a -> isRefusal(a.status()));
      assertThat(backend.writes(PATH)).hasSize(1);
    }
  }

  @Test
  void oneCreatorWins() throws IOException {
    for (int round = 0; round < 60; round++) {
      backend.remove(PATH);

      List<WireMessage> answers = askAll(writers, i -> edit(PATH, i).ifAbsent());

      int winner = onlyWinner(answers);
      assertThat(answers.get(winner).status()).isEqualTo(201);
      assertThat(backend.writes(PATH)).containsExactly("by writer " + winner);
    }
  }

  @Test
  void readersBesideWritersSeeEachStateWithItsOwnTag() throws IOException {
    Map<String, String> textOfTag = new HashMap<>();
    for (int round = 0; round < 100; round++) {
      backend.set(PATH, "round " + round);
      String tag = readTag(PATH);
      IntFunction<WireRequest> either =
          i -> i % 2 == 0 ? WireRequest.get(PATH) : edit(PATH, i).ifMatch(tag);

      List<WireMessage> answers = askAll(writers, either);

      assertThat(answers).filteredOn(answer -> answer.status() == 204).hasSize(1);
      for (int i = 0; i < WRITERS; i += 2) {
        WireMessage read = answers.get(i);
        String before = textOfTag.putIfAbsent(read.tag(), read.body());
        assertThat(before).isIn(null, read.body());
      }
    }
  }

  @Test
  void spellingsOfOneResourceShareOneLock() throws IOException {
    List<String> spellings =
        List.of(
            "/a/b", "/a/%62", "//a/b", "/a/./b", "/a;v=1/b", "/%61//b/", "/a/b?x=1", "/a/b;v=2");
    for (int round = 0; round < 100; round++) {
      backend.set("/a/b", "round " + round);
      String tag = readTag("/a/b");

      List<WireMessage> answers =
          askAll(writers, i -> edit(spellings.get(i % spellings.size()), i).ifMatch(tag));

      int winner = onlyWinner(answers);
      assertThat(backend.writes("/a/b")).containsExactly("by writer " + winner);
    }
  }

  private String readTag(String path) throws IOException {
    return reader.ask(WireRequest.get(path)).tag();
  }

  private static WireRequest edit(String target, int writer) {
    return WireRequest.put(target, "by writer " + writer);
  }

  private static WireRequest anyWrite(int turn) {
    return switch (turn % 3) {
      case 0 -> edit(PATH, turn);
      case 1 -> WireRequest.patch(PATH, "patched by " + turn);
      default -> WireRequest.delete(PATH);
    };
  }

  private static boolean isRefusal(int status) {
    return status == 412 || status == 404;
  }

  /** Which writer succeeded, where one did and all others were told that their state is stale. */
  private static int onlyWinner(List<WireMessage> answers) {
    assertThat(answers).filteredOn(WireMessage::isSuccess).hasSize(1);
    assertThat(answers).filteredOn(answer -> answer.status() == 412).hasSize(answers.size() - 1);
    return answers.indexOf(answers.stream().filter(WireMessage::isSuccess).findFirst().get());
  }
}
