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
import dev.ifmatch.policy.PolicyBuilder;
import dev.ifmatch.representation.TagForm;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** json-server, unmodified: what it loses alone, and does not lose behind the proxy. */
@Timeout(180)
class JsonServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int WRITERS = 50;

  @TempDir static Path folder;
  private static ServerProcess server;
  private static ProxyFixture bytes;
  private static ProxyFixture json;
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
                   {"id": 3, "edits": []}, {"id": 4, "edits": []},
                   {"id": 5, "title": "draft", "author": "Guido"},
                   {"id": 6, "edits": []}, {"id": 7, "title": "draft", "author": "Guido"}]}
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
    bytes = ProxyFixture.inFrontOf(serverPort);
    json = ProxyFixture.inFrontOf(serverPort, PolicyBuilder.policy().json().build());
  }

  @AfterAll
  static void stop() {
    if (json != null) {
      bytes.close();
      json.close();
    }
    if (server != null) {
      server.close();
    }
  }

  private static ProxyFixture proxy(TagForm form) {
    return form == TagForm.JSON ? json : bytes;
  }

  @ParameterizedTest
  @CsvSource({"BYTES, /posts/1", "JSON, /posts/5"})
  void theSecondOfTwoWritersIsRefusedAndCanTryAgain(TagForm form, String post) throws IOException {
    ProxyFixture proxy = proxy(form);
    try (ClientConnection guido = ClientConnection.to(proxy.port());
        ClientConnection ada = ClientConnection.to(proxy.port())) {
      WireMessage guidos = guido.ask(WireRequest.get(post));
      WireMessage adas = ada.ask(WireRequest.get(post));
      assertThat(guidos.tag()).startsWith("\"").isEqualTo(adas.tag());

      WireMessage saved = guido.ask(with(guidos, "title", "By Guido").ifMatch(guidos.tag()));
      assertThat(saved.status()).isEqualTo(200);

      WireMessage refused = ada.ask(with(adas, "author", "Ada").ifMatch(adas.tag()));
      assertThat(refused.status()).isEqualTo(412);
      assertThat(refused.tag()).isEqualTo(saved.tag());

      WireMessage again = ada.ask(WireRequest.get(post));
      assertThat(again.tag()).isEqualTo(saved.tag());
      assertThat(ada.ask(with(again, "author", "Ada").ifMatch(again.tag())).status())
          .isEqualTo(200);
      assertThat(JSON.readTree(guido.ask(WireRequest.get(post)).body()))
          .isEqualTo(
              ((ObjectNode) JSON.readTree(guidos.body()))
                  .put("title", "By Guido")
                  .put("author", "Ada"));
    }
  }

  @Test
  void anotherOrderOfMembersIsNoConflictWhereTheTagIsThatOfTheJson() throws IOException {
    try (ClientConnection guido = ClientConnection.to(json.port());
        ClientConnection ada = ClientConnection.to(json.port())) {
      WireMessage read = ada.ask(WireRequest.get("/posts/7"));
      String reordered = "{\"author\":\"Guido\", \"title\":\"draft\", \"id\":7}";
      WireRequest same =
          WireRequest.put("/posts/7", reordered).with("Content-Type: application/json");

      WireMessage saved = guido.ask(same.ifMatch(read.tag()));
      assertThat(saved.status()).isEqualTo(200);
      assertThat(saved.tag()).isEqualTo(read.tag());
      assertThat(guido.ask(WireRequest.get("/posts/7")).body()).isNotEqualTo(read.body());
      assertThat(ada.ask(with(read, "author", "Ada").ifMatch(read.tag())).status()).isEqualTo(200);
      assertThat(guido.ask(same.ifMatch(read.tag())).status()).isEqualTo(412);
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

  @ParameterizedTest
  @CsvSource({"BYTES, /posts/3", "JSON, /posts/6"})
  void oneOfFiftyWritersWinsAndNoEditIsLost(TagForm form, String post) throws IOException {
    ProxyFixture proxy = proxy(form);
    List<ClientConnection> writers = ClientConnection.several(WRITERS, proxy.port());
    List<String> winners = new ArrayList<>();
    for (int round = 0; round < 200; round++) {
      WireMessage read = writers.get(0).ask(WireRequest.get(post));

      List<WireMessage> answers =
          ClientConnection.askAll(writers, i -> edited(read, i).ifMatch(read.tag()));

      assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
      assertThat(answers).filteredOn(answer -> answer.status() == 412).hasSize(WRITERS - 1);
      winners.add("writer " + indexOfSuccess(answers));
    }
    assertThat(edits(writers.get(0).ask(WireRequest.get(post)))).isEqualTo(winners);
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
