package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.RouteTable;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a guard is said as its own, and what is asked of it is not asked of another. */
class GuardTruthWireTest {
  private static final RouteTable ROUTES =
      new RouteTable(
          List.of(
              policy().guarded("/orders/{id}/approve", "/orders/{id}", "POST"),
              policy().guarded("/reports/{id}", "/reports/{id}?view=full", "PUT")),
          RoutePolicy.DEFAULT);

  @RegisterExtension final Stage stage = new Stage();
  private String writeAnswer = "200 OK";

  @BeforeEach
  void open() throws IOException {
    stage.open(
        heard ->
            peer -> {
              if (heard.isWrite()) {
                peer.answer(writeAnswer, "done");
              } else if (heard.target().contains("9")) {
                peer.answer("404 Not Found", "");
              } else {
                peer.answer("200 OK\r\nETag: \"of:" + heard.target() + '"', heard.target());
              }
            },
        ROUTES);
  }

  private Reply approve(String... fields) throws IOException {
    return stage.send("POST", "/orders/1/approve", "", fields);
  }

  @Test
  void aWriterWithoutATagIsToldWhereToGetIt() throws IOException {
    String detail = approve().problem().path("detail").asText();
    assertThat(detail).contains("GET /orders/1 first").contains("If-Match: \"of:/orders/1\"");
  }

  /** RFC 9110 §8.8.3: an answer's entity-tag is that of the target's own representation. */
  @Test
  void aRefusalNamesTheGuardsTagAsTheGuards() throws IOException {
    Reply reply = approve("If-Match: \"x\"");
    assertThat(reply.problem().path("currentETag").asText()).isEqualTo("\"of:/orders/1\"");
    assertThat(reply.field("ETag")).isEmpty();
    assertThat(reply.field("Guard-ETag")).contains("\"of:/orders/1\"");
    assertThat(reply.field("Guard-Location")).contains("/orders/1");
  }

  /** It was said of the guard; of the target it may well be wrong. */
  @Test
  void thatThereIsNoGuardIsNotAskedOfTheTarget() throws IOException {
    assertThat(stage.send("POST", "/orders/9/approve", "", "If-None-Match: *").status())
        .isEqualTo(200);
    assertThat(stage.only("POST").head()).doesNotContain("If-None-Match");
  }

  /** RFC 9110 §8.7: another host's resource, and another query's, is another resource. */
  @ParameterizedTest
  @ValueSource(
      strings = {"http://elsewhere/orders/1", "/orders/1?view=short", "//elsewhere/orders/1"})
  void anotherLocationIsNotTheGuards(String location) throws IOException {
    writeAnswer = "200 OK\r\nContent-Location: " + location;
    Reply reply = approve("If-Match: *");
    assertThat(reply.field("ETag")).isEmpty();
    assertThat(reply.field("Guard-ETag")).contains("\"of:/orders/1\"");
  }

  /** The path is the target's, the representation is not. */
  @Test
  void aGuardWithAQueryIsAnotherResource() throws IOException {
    Reply reply = stage.put("/reports/1", "x", "If-Match: \"of:/reports/1?view=full\"");
    assertThat(stage.only("PUT").head()).doesNotContain("If-Match");
    assertThat(reply.field("ETag")).isEmpty();
    assertThat(reply.field("Guard-ETag")).contains("\"of:/reports/1?view=full\"");
  }

  /** An encoded delimiter is part of the name (RFC 3986 §2.2): there is no order {@code 8}. */
  @ParameterizedTest
  @ValueSource(strings = {"9%3Ba", "9%3ba"})
  void anEncodedSemicolonIsPartOfTheName(String id) throws IOException {
    stage.send("POST", "/orders/" + id + "/approve", "", "If-Match: *");
    assertThat(stage.asked().get(0)).isEqualToIgnoringCase("GET /orders/" + id);
  }

  /** A template for it and all below it takes in the guard itself, which its writers must read. */
  @Test
  void aResourceThatIsItsOwnGuardIsTagged() throws IOException {
    stage.open(
        new OrderBackend().with("1"),
        new RouteTable(
            List.of(policy().guarded("/orders/{id}/**", "/orders/{id}")), RoutePolicy.DEFAULT));
    Reply read = stage.get("/orders/1");
    assertThat(read.tag()).isEqualTo(stage.head("/orders/1").tag());
    assertThat(stage.get("/orders/1/lines/a").field("ETag")).isEmpty();
    assertThat(stage.get("/orders/1", "If-None-Match: " + read.tag()).status()).isEqualTo(304);
    assertThat(stage.put("/orders/1", "sent", "If-Match: " + read.tag()).status()).isEqualTo(204);
  }
}
