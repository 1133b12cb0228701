package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.RouteTable;
import dev.ifmatch.representation.HashAlgorithm;
import dev.ifmatch.representation.TagRecipe;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An aggregate: actions on it and writes to its parts are checked against the whole. */
class GuardWireTest {
  private static final String ORDER = "/orders/1";
  private static final String LINE = "/orders/1/lines/a";
  private static final String APPROVE = "/orders/1/approve";

  @RegisterExtension final Stage stage = new Stage();
  private final OrderBackend orders = new OrderBackend().with("1").with("2");

  @BeforeEach
  void open() throws IOException {
    stage.open(orders, routes(RoutePolicy.DEFAULT));
  }

  /** The parts' routes have the default tags, whatever those of the order are. */
  private static RouteTable routes(RoutePolicy otherwise) {
    return new RouteTable(
        List.of(
            policy().guarded("/orders/{id}/lines/{n}", "/orders/{id}"),
            policy().guarded("/orders/{id}/approve", "/orders/{id}", "POST")),
        otherwise);
  }

  private String tag() throws IOException {
    return stage.get(ORDER).tag();
  }

  private void assertNothingWasWritten() {
    assertThat(stage.origin().heads()).filteredOn(Heard::isWrite).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"POST, " + APPROVE, "PUT, " + LINE, "PUT, /orders/1/lines/new", "DELETE, " + LINE})
  void aWriteToAPartTellsTheTagOfTheWhole(String method, String target) throws IOException {
    String before = tag();
    stage.origin().forget();
    Reply reply = stage.send(method, target, "pencil", "If-Match: " + before);

    assertThat(reply.status()).isBetween(200, 204);
    assertThat(stage.asked())
        .containsExactly("GET " + ORDER, method + " " + target, "GET " + ORDER);
    assertThat(reply.field("Guard-Location")).contains(ORDER);
    assertThat(reply.field("Guard-ETag")).contains(tag()).isNotEqualTo(before);
    assertThat(reply.field("ETag")).as("it is not the target's").isEmpty();
  }

  @Test
  void theTagOfTheWholeLeadsFromWriteToWrite() throws IOException {
    String first = tag();
    String second = stage.put(LINE, "ink", "If-Match: " + first).field("Guard-ETag").get();
    String third = stage.send("POST", APPROVE, "", "If-Match: " + second).field("Guard-ETag").get();
    String fourth = stage.put(ORDER, "sent", "If-Match: " + third).tag();
    assertThat(stage.send("DELETE", LINE, "", "If-Match: " + fourth).status()).isEqualTo(204);

    assertThat(orders.text("1")).isEqualTo("1 sent {}");
    for (String old : List.of(first, second, third, fourth)) {
      assertThat(Stage.told(stage.put(LINE, "ink", "If-Match: " + old))).isEqualTo("412 stale");
    }
  }

  @ParameterizedTest
  @CsvSource({"POST, " + APPROVE, "PUT, " + LINE, "DELETE, " + LINE})
  void whoSawAnotherStateOfTheWholeIsTold(String method, String target) throws IOException {
    String before = tag();
    stage.put("/orders/1/lines/b", "paper", "If-Match: " + before);
    stage.origin().forget();

    assertThat(Stage.told(stage.send(method, target, "x", "If-Match: " + before)))
        .isEqualTo("412 stale");
    assertThat(stage.asked()).containsExactly("GET " + ORDER);
    assertThat(orders.text("1")).isEqualTo("1 open {a=pen, b=paper}");
  }

  @ParameterizedTest
  @CsvSource({"POST, " + APPROVE, "PUT, " + LINE, "DELETE, " + LINE})
  void whoSaysNothingIsAskedForATag(String method, String target) throws IOException {
    assertThat(Stage.told(stage.send(method, target, "x"))).isEqualTo("428 missing");
    assertNothingWasWritten();
  }

  @Test
  void thePartsOfAnotherWholeAreFree() throws Exception {
    Hold hold = new Hold(orders::serve);
    stage.origin().play(heard -> heard.target().equals(LINE) ? hold : orders.apply(heard));
    String tag = tag();
    try (RawClient client = stage.proxy().connect()) {
      client.send(Stage.request("PUT", LINE, "ink", "If-Match: " + tag));
      hold.awaitArrival();
      assertThat(stage.put("/orders/2/lines/a", "ink", "If-Match: *").status()).isEqualTo(200);
      assertThat(stage.proxy().server().heldLocks()).as("the order's and the line's").isEqualTo(2);
      hold.letGo();
      assertThat(client.read().status()).isEqualTo(200);
    }
  }

  @Test
  void theWholeAndItsPartsShareOneLock() throws Exception {
    Hold hold = new Hold(orders::serve);
    stage.origin().play(heard -> heard.method().equals("POST") ? hold : orders.apply(heard));
    String tag = tag();
    try (RawClient action = stage.proxy().connect();
        RawClient part = stage.proxy().connect();
        RawClient whole = stage.proxy().connect()) {
      action.send(Stage.request("POST", APPROVE, "", "If-Match: " + tag));
      hold.awaitArrival();
      part.send(Stage.request("PUT", LINE, "ink", "If-Match: " + tag));
      whole.send(Stage.request("PUT", ORDER, "sent", "If-Match: " + tag));
      stage.proxy().fence();
      assertThat(stage.asked()).containsExactly("GET " + ORDER, "GET " + ORDER, "POST " + APPROVE);
      hold.letGo();
      assertThat(action.read().status()).isEqualTo(200);
      assertThat(Stage.told(part.read())).isEqualTo("412 stale");
      assertThat(Stage.told(whole.read())).isEqualTo("412 stale");
    }
    assertThat(orders.text("1")).isEqualTo("1 approved {a=pen}");
  }

  @Test
  void ofManyWritesFromOneStateOneSucceedsWhereverTheyGo() throws IOException {
    for (int round = 0; round < 25; round++) {
      String text = "round %d, writer ".formatted(round);
      String from = stage.put(ORDER, text, "If-Match: *").tag();
      List<Reply> replies =
          stage.together(
              IntStream.range(0, 16).mapToObj(i -> anyWrite(i, text + i, from)).toList());
      assertThat(replies).filteredOn(reply -> reply.status() < 300).hasSize(1);
      assertThat(replies).filteredOn(reply -> reply.status() == 412).hasSize(15);
    }
  }

  private static String anyWrite(int i, String text, String from) {
    String field = "If-Match: " + from;
    return switch (i % 4) {
      case 0 -> Stage.request("PUT", ORDER, text, field);
      case 1 -> Stage.request("PUT", "/orders/1/lines/" + i, text, field);
      case 2 -> Stage.request("PUT", "/Orders/1/lines;x/a?y=z", text, field);
      default -> Stage.request("POST", "/orders/1/approve/", text, field);
    };
  }

  @Test
  void theProbeOfTheWholeIsTheWritersOwnWithoutItsQuery() throws IOException {
    stage.send(
        "POST",
        APPROVE + "?force=true",
        "because",
        "Authorization: me",
        "Cookie: c=d",
        "X-Tenant: t",
        "Content-Type: text/plain",
        "Idempotency-Key: 1",
        "If-Match: \"x\"");
    Heard probe = stage.only("GET");
    assertThat(probe.target()).isEqualTo(ORDER);
    assertThat(probe.head())
        .contains("Authorization: me\r\n", "Cookie: c=d\r\n", "X-Tenant: t\r\n")
        .contains("Cache-Control: no-cache\r\n")
        .doesNotContain("Content-", "Idempotency-Key", "If-Match");
  }

  @Test
  void theTagIsThatOfTheWholesOwnRoute() throws IOException {
    TagRecipe md5 = TagRecipe.DEFAULT.with(HashAlgorithm.MD5);
    stage.open(orders, routes(RoutePolicy.DEFAULT.with(md5)));
    String before = tag();
    assertThat(before).as("MD5 in base64url").hasSize("\"\"".length() + 22);
    Reply reply = stage.put(LINE, "ink", "If-Match: " + before);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.field("Guard-ETag")).contains(tag());
  }

  @Test
  void aReadOfAPartPassesAsItIs() throws IOException {
    stage.origin().play(heard -> peer -> peer.answer("200 OK\r\nETag: W/\"own\"", "pen"));
    Reply reply = stage.get(LINE, "If-None-Match: \"x\"");
    stage.head(LINE);
    assertThat(reply.tag()).isEqualTo("W/\"own\"");
    assertThat(stage.asked()).containsExactly("GET " + LINE, "HEAD " + LINE);
    assertThat(stage.only("GET").fields("If-None-Match")).containsExactly("\"x\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST   | /orders/9/approve | If-Match: "x"    | 412 absent
          PUT    | /orders/9/lines/a | If-Match: "x"    | 412 absent
          DELETE | /orders/9/lines/a | If-Match: "x"    | 412 absent
          PATCH  | /orders/9/lines/a | If-Match: *      | 412 absent
          PUT    | /orders/9/lines/a | X-A: b           | 404
          POST   | /orders/9/approve | If-None-Match: * | 404
          """)
  void whereThereIsNoWholeNothingCanBeLost(String method, String target, String field, String told)
      throws IOException {
    Reply reply = stage.send(method, target, "x", field);
    assertThat(Stage.told(reply)).isEqualTo(told);
    assertThat(reply.head()).doesNotContain("Guard-");
    assertThat(stage.asked())
        .isEqualTo(
            told.equals("404")
                ? List.of("GET /orders/9", method + " " + target)
                : List.of("GET /orders/9"));
  }

  @Test
  void whoMayNotReadTheWholeHearsItFromTheBackend() throws IOException {
    stage.origin().play(heard -> peer -> peer.answer("401 Unauthorized", "who are you?"));
    assertThat(stage.put(LINE, "ink", "If-Match: *").body()).isEqualTo("who are you?");
    assertNothingWasWritten();
  }
}
