package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ifmatch.policy.RouteTable;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is told of changes stays within what the writer may see. */
class ConflictViewWireTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ANN = "Authorization: ann";
  private static final String BOB = "Authorization: bob";

  @RegisterExtension final Stage stage = new Stage();
  private int price = 1;

  /** To Ann, the backend shows what things cost. */
  private void serve(OriginPeer peer) throws IOException {
    if (peer.readBody().isWrite()) {
      price++;
      peer.answer("200 OK", "stored");
    } else if (peer.request().fields("Authorization").contains("ann")) {
      peer.answer("200 OK", "{\"name\":\"pen\",\"cost\":{\"net\":%d}}".formatted(price));
    } else {
      peer.answer("200 OK", "{\"name\":\"pen\",\"edits\":%d}".formatted(price));
    }
  }

  @Test
  void whoeverBringsTheTagOfAnothersViewHearsNothingOfIt() throws IOException {
    stage.open(heard -> this::serve, policy().json().changes().everywhere());
    String anns = stage.get("/a", ANN).tag();
    String bobs = stage.get("/a", BOB).tag();
    stage.put("/a", "{}", ANN, "If-Match: *");

    for (String tag : List.of(anns, bobs)) {
      Reply reply = stage.put("/a", "{}", BOB, "If-Match: " + tag);
      JsonNode view = JSON.readTree(stage.get("/a", BOB).body());
      assertThat(reply.reason()).isEqualTo("stale");
      assertThat(reply.body()).doesNotContain("cost", "net");
      assertThat(reply.problem().path("changed"))
          .isNotEmpty()
          .allSatisfy(p -> assertThat(view.at(p.asText()).isMissingNode()).isFalse());
    }
    assertThat(stage.put("/a", "{}", ANN, "If-Match: " + anns).problem().path("changed").toString())
        .isEqualTo("[\"/cost/net\"]");
  }

  @Test
  void ofAGuardItIsTheGuardsChangesThatAreTold() throws IOException {
    JsonBackend backend = new JsonBackend("{\"status\":\"open\",\"lines\":[1]}");
    stage.open(
        backend,
        new RouteTable(
            List.of(policy().changes().guarded("/orders/{id}/approve", "/orders/{id}", "POST")),
            policy().json().changes().build()));
    String tag = stage.get("/orders/1").tag();
    backend.replace("{\"status\":\"open\",\"lines\":[2]}");
    Reply reply = stage.send("POST", "/orders/1/approve", "{}", "If-Match: " + tag);
    assertThat(reply.problem().path("changed")).hasToString("[\"/lines/0\"]");
  }
}
