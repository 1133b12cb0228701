package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ifmatch.policy.Mode;
import dev.ifmatch.policy.Refusal;
import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.RoutePolicy.AlreadyApplied;
import dev.ifmatch.policy.RoutePolicy.NoOp;
import dev.ifmatch.policy.RouteTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many writers from one state, again and again, on routes of every kind: one success each time. */
@Timeout(120)
class PolicyRacesTest {
  private static final int WRITERS = 16;
  private static final int ROUNDS = 200;

  @RegisterExtension final Stage stage = new Stage();
  private Crowd crowd;

  private void gather() throws IOException {
    crowd = new Crowd(stage.proxy(), WRITERS);
  }

  @AfterEach
  void part() throws IOException {
    crowd.close();
  }

  private List<Reply> ask(IntFunction<String> request) throws IOException {
    return crowd.ask(IntStream.range(0, WRITERS).mapToObj(request).toList());
  }

  private static void assertOneOf(List<Reply> replies, int others) {
    assertThat(replies).filteredOn(reply -> reply.status() < 300).hasSize(1);
    assertThat(replies).filteredOn(reply -> reply.status() == others).hasSize(WRITERS - 1);
  }

  /** All that is written anywhere below an order counts up from what was there. */
  @Test
  void throughAGuardAndItsParts() throws IOException {
    OrderBackend orders = new OrderBackend().with("1");
    stage.open(
        orders,
        new RouteTable(
            List.of(policy().guarded("/orders/{id}/lines/{n}", "/orders/{id}")),
            RoutePolicy.DEFAULT));
    gather();
    String[] targets = {
      "/orders/1", "/orders/1/lines/a", "/Orders/1/lines/b;x", "/orders/1/lines/c"
    };
    String tag = stage.get("/orders/1").tag();
    for (int round = 0; round < ROUNDS; round++) {
      String text = "round " + round;
      String from = tag;
      List<Reply> replies =
          ask(
              i ->
                  Stage.request(
                      "PUT", targets[i % targets.length], text + "-" + i, "If-Match: " + from));
      assertOneOf(replies, 412);
      Reply winner = replies.stream().filter(reply -> reply.status() < 300).findFirst().get();
      tag = winner.field("Guard-ETag").or(() -> winner.field("ETag")).get();
      assertThat(orders.text("1")).containsOnlyOnce(text + "-");
    }
    assertThat(stage.origin().requests()).filteredOn(Heard::isWrite).hasSize(ROUNDS);
  }

  @Test
  void throughSeveralVariants() throws IOException {
    VariantBackend backend = new VariantBackend("en", "de");
    stage.open(backend, policy().everywhere());
    gather();
    String[] types = {VariantBackend.JSON, VariantBackend.XML};
    String[] languages = {"en", "de"};
    for (int round = 0; round < ROUNDS; round++) {
      List<String> tags = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        String[] fields = {"Accept: " + types[i % 2], "Accept-Language: " + languages[i / 2]};
        tags.add(stage.get("/a", fields).tag());
      }
      assertThat(tags).doesNotHaveDuplicates();
      String body = "<x>%d by %%d</x>".formatted(round);
      List<Reply> replies =
          ask(i -> Stage.request("PUT", "/a", body.formatted(i), "If-Match: " + tags.get(i % 4)));
      assertOneOf(replies, 412);
      assertThat(stage.origin().requests("PUT")).hasSize(1);
      stage.origin().forget();
    }
  }

  /** Each in its own words: of equal documents one is forwarded, and the others find it there. */
  @ParameterizedTest
  @EnumSource
  void withEqualDocuments(AlreadyApplied alreadyApplied) throws IOException {
    JsonBackend backend = new JsonBackend("{\"round\":-1,\"a\":1,\"b\":{\"c\":2,\"d\":3}}");
    stage.open(
        backend.stamping(),
        policy()
            .json("/servedAt")
            .alreadyApplied(alreadyApplied)
            .noOp(NoOp.UNCHANGED)
            .everywhere());
    gather();
    Random random = new Random(7);
    int others = alreadyApplied == AlreadyApplied.ACCEPT ? 204 : 412;
    for (int round = 0; round < ROUNDS; round++) {
      String tag = stage.get("/a").tag();
      JsonNode next =
          new ObjectMapper()
              .readTree("{\"round\":%d,\"a\":1,\"b\":{\"c\":2,\"d\":3}}".formatted(round));
      List<Reply> replies =
          ask(
              i ->
                  Stage.request(
                      "PUT",
                      "/a",
                      JsonBackend.shuffled(next, random).toString(),
                      "If-Match: " + tag));
      assertThat(replies).filteredOn(reply -> reply.status() == 200).hasSize(1);
      assertThat(replies).filteredOn(reply -> reply.status() == others).hasSize(WRITERS - 1);
      assertThat(replies).extracting(Reply::tag).containsOnly(stage.get("/a").tag());
      assertThat(stage.origin().requests("PUT")).hasSize(1);
      stage.origin().forget();
    }
    assertThat(stage.refused()).doesNotContain(Refusal.STALE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void withDocumentsThatAreWrittenDifferentlyEachTime(boolean changes) throws IOException {
    JsonBackend backend = new JsonBackend("{\"n\":-1,\"by\":0}");
    var route = policy().json("/servedAt");
    stage.open(backend.stamping(), (changes ? route.changes() : route).everywhere());
    gather();
    for (int round = 0; round < ROUNDS; round++) {
      Reply read = stage.get("/a");
      String body = "{\"n\":%d,\"by\":%%d}".formatted(round);
      List<Reply> replies =
          ask(i -> Stage.request("PUT", "/a", body.formatted(i), "If-Match: " + read.tag()));
      assertOneOf(replies, 412);
      if (changes) {
        assertThat(replies)
            .filteredOn(reply -> reply.status() == 412)
            .allSatisfy(reply -> assertThat(reply.problem().path("changed")).isNotEmpty());
      }
      assertThat(backend.document().path("n").asInt()).isEqualTo(round);
    }
  }

  /** All pass, one after the other: a probe, the write and its reread stand together. */
  @Test
  void observedTheyPassInTurn() throws IOException {
    Store store = new Store().with("/a", "old");
    stage.open(store, policy().mode(Mode.OBSERVE).everywhere());
    gather();
    for (int round = 0; round < ROUNDS; round++) {
      String tag = stage.get("/a").tag();
      stage.origin().forget();
      String body = "round " + round + " by ";
      List<Reply> replies = ask(i -> Stage.request("PUT", "/a", body + i, "If-Match: " + tag));
      assertThat(replies).extracting(Reply::status).containsOnly(200);
      assertThat(replies).extracting(Reply::tag).doesNotHaveDuplicates();

      List<String> turn = List.of("GET /a", "PUT /a", "GET /a");
      List<String> turns = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        turns.addAll(turn);
      }
      assertThat(stage.asked()).isEqualTo(turns);
      assertThat(stage.observed()).hasSize((round + 1) * (WRITERS - 1)).containsOnly(Refusal.STALE);
    }
  }
}
