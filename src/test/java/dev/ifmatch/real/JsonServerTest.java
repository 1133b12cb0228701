package dev.ifmatch.real;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ifmatch.concurrency.ClientConnection;
import dev.ifmatch.concurrency.ProxyFixture;
import dev.ifmatch.concurrency.WireMessage;
import dev.ifmatch.concurrency.WireRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** json-server, unmodified: what it loses alone, and does not lose behind the proxy. */
@Timeout(180)
class JsonServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int WRITERS = 50;

  @TempDir static Path folder;
  private static ServerProcess server;
  private static ProxyFixture proxy;
  private static int serverPort;

  @BeforeAll
  static void start() throws IOException {
    String program = System.getenv("IFMATCH_JSON_SERVER");
    assumeTrue(
        program != null,
        "skipped: set IFMATCH_JSON_SERVER to the json-server program (npm install json-server@0.17.4)");
    Path database = folder.resolve("db.json");
    Files.writeString(
        database,
        """
        {"posts": [{"id": 1, "title": "draft", "author": "Guido"},
                   {"id": 2, "title": "draft", "author": "Guido"},
                   {"id": 3, "edits": []}, {"id": 4, "edits": []}]}
        """,
        UTF_8);
    serverPort = ServerProcess.freePort();
    server =
        ServerProcess.start(
            folder,
            serverPort,
            List.of(
                program,
                "--quiet",
                "--host",
                "127.0.0.1",
                "--port",
                String.valueOf(serverPort),
                database.toString()));
    proxy = ProxyFixture.inFrontOf(serverPort);
  }

  @AfterAll
  static void stop() {
    if (proxy != null) {
      proxy.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void theSecondOfTwoWritersIsRefusedAndCanTryAgain() throws IOException {
    try (ClientConnection guido = ClientConnection.to(proxy.port());
        ClientConnection ada = ClientConnection.to(proxy.port())) {
      WireMessage guidos = guido.ask(WireRequest.get("/posts/1"));
      WireMessage adas = ada.ask(WireRequest.get("/posts/1"));
      assertThat(guidos.tag()).startsWith("\"").isEqualTo(adas.tag());

      WireMessage saved = guido.ask(with(guidos, "title", "By Guido").ifMatch(guidos.tag()));
      assertThat(saved.status()).isEqualTo(200);

      WireMessage refused = ada.ask(with(adas, "author", "Ada").ifMatch(adas.tag()));
      assertThat(refused.status()).isEqualTo(412);
      assertThat(refused.tag()).isEqualTo(saved.tag());

      WireMessage again = ada.ask(WireRequest.get("/posts/1"));
      assertThat(again.tag()).isEqualTo(saved.tag());
      assertThat(ada.ask(with(again, "author", "Ada").ifMatch(again.tag())).status())
          .isEqualTo(200);
      assertThat(JSON.readTree(guido.ask(WireRequest.get("/posts/1")).body()))
          .isEqualTo(
              JSON.readTree("{'id':1,'title':'By Guido','author':'Ada'}".replace('\'', '"')));
    }
  }

  @Test
  void theFirstOfTwoWritersIsErasedWithoutTheProxy() throws IOException {
    try (ClientConnection guido = ClientConnection.to(serverPort);
        ClientConnection ada = ClientConnection.to(serverPort)) {
      WireMessage guidos = guido.ask(WireRequest.get("/posts/2"));
      WireMessage adas = ada.ask(WireRequest.get("/posts/2"));

      assertThat(guido.ask(with(guidos, "title", "By Guido")).status()).isEqualTo(200);
      assertThat(ada.ask(with(adas, "author", "Ada")).status()).isEqualTo(200);

      assertThat(JSON.readTree(guido.ask(WireRequest.get("/posts/2")).body()).get("title").asText())
          .isEqualTo("draft");
    }
  }

  @Test
  void oneOfFiftyWritersWinsAndNoEditIsLost() throws IOException {
    List<ClientConnection> writers = ClientConnection.several(WRITERS, proxy.port());
    List<String> winners = new ArrayList<>();
    for (int round = 0; round < 300; round++) {
      WireMessage read = writers.get(0).ask(WireRequest.get("/posts/3"));

      List<WireMessage> answers =
          ClientConnection.askAll(writers, i -> edited(read, i).ifMatch(read.tag()));

      assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
      assertThat(answers).filteredOn(answer -> answer.status() == 412).hasSize(WRITERS - 1);
      winners.add("writer " + indexOfSuccess(answers));
    }
    assertThat(edits(writers.get(0).ask(WireRequest.get("/posts/3")))).isEqualTo(winners);
    ClientConnection.closeAll(writers);
    proxy.awaitNoLocks();
  }

  @Test
  void fortyNineOfFiftyEditsAreLostWithoutTheProxy() throws IOException {
    int rounds = 10;
    List<ClientConnection> writers = ClientConnection.several(WRITERS, serverPort);
    for (int round = 0; round < rounds; round++) {
      WireMessage read = writers.get(0).ask(WireRequest.get("/posts/4"));

      List<WireMessage> answers = ClientConnection.askAll(writers, i -> edited(read, i));

      assertThat(answers).as("all are told: done").allMatch(answer -> answer.status() == 200);
    }
    assertThat(edits(writers.get(0).ask(WireRequest.get("/posts/4")))).hasSize(rounds);
    ClientConnection.closeAll(writers);
  }

  private static WireRequest with(WireMessage read, String field, String value) throws IOException {
    ObjectNode post = (ObjectNode) JSON.readTree(read.body());
    return put(post.put(field, value));
  }

  /** The post that was read, with this writer's name behind its edits. */
  private static WireRequest edited(WireMessage read, int writer) {
    try {
      ObjectNode post = (ObjectNode) JSON.readTree(read.body());
      ((ArrayNode) post.get("edits")).add("writer " + writer);
      return put(post);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static WireRequest put(ObjectNode post) {
    return WireRequest.put("/posts/" + post.get("id").asInt(), post.toString())
        .with("Content-Type: application/json");
  }

  private static List<String> edits(WireMessage read) throws IOException {
    List<String> edits = new ArrayList<>();
    for (JsonNode edit : JSON.readTree(read.body()).get("edits")) {
      edits.add(edit.asText());
    }
    return edits;
  }

  private static int indexOfSuccess(List<WireMessage> answers) {
    return answers.indexOf(answers.stream().filter(WireMessage::isSuccess).findFirst().get());
  }
}
