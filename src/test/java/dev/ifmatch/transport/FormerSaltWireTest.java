package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.http.Comparison;
import dev.ifmatch.policy.PolicyBuilder;
import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.RoutePolicy.AlreadyApplied;
import dev.ifmatch.policy.RoutePolicy.NoOp;
import dev.ifmatch.policy.RoutePolicy.WriteTag;
import dev.ifmatch.policy.RouteTable;
import dev.ifmatch.representation.TagStrength;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code former-salt}: tags from before the salt was changed are taken back, and not sent out. */
@Timeout(60)
class FormerSaltWireTest {
  private static final int WRITERS = 16;
  private static final int ROUNDS = 40;

  @RegisterExtension final Stage stage = new Stage();
  private final Store store = new Store().with("/a", "old");

  /** What a client has read before the salt was changed. */
  private String former = "";

  /** The tag of the same state by the new salt. */
  private String now = "";

  /** Reads with one salt, and then gives the running proxy another. */
  private void change(Function<Heard, HostileOrigin.Act> origin, PolicyBuilder route)
      throws IOException {
    stage.open(origin, route.salt("former").everywhere());
    former = stage.get("/a").tag();
    stage.proxy().use(route.salt("now").formerSalt("former").everywhere());
    now = stage.get("/a").tag();
    assertThat(now).isNotEqualTo(former);
  }

  private Reply put(String body, String tags) throws IOException {
    return stage.put("/a", body, "If-Match: " + tags);
  }

  @Test
  void aWriteMayBringAFormerTagAndGetsAnewOne() throws IOException {
    change(store, policy());
    Reply written = put("new", former);
    assertThat(written.status()).isEqualTo(200);
    assertThat(written.tag()).isEqualTo(stage.get("/a").tag()).isNotEqualTo(former);
    assertThat(put("newer", written.tag()).status()).isEqualTo(200);
  }

  @Test
  void amongOthersAndWithTheSuffixOfACompressingHop() throws IOException {
    change(store, policy());
    assertThat(put("1", "\"other\", " + former).status()).isEqualTo(200);
    store.with("/a", "old");
    assertThat(put("2", former.replaceFirst("\"$", "-gzip\"")).status()).isEqualTo(200);
  }

  @Test
  void aFormerTagOfAnotherStateIsStale() throws IOException {
    change(store, policy());
    store.with("/a", "changed");
    Reply refused = put("new", former);
    assertThat(Stage.told(refused)).isEqualTo("412 stale");
    assertThat(refused.tag()).isEqualTo(stage.get("/a").tag());
  }

  @Test
  void afterItsTimeItIsStaleToo() throws IOException {
    change(store, policy());
    stage.proxy().use(policy().salt("now").everywhere());
    Reply refused = put("new", former);
    assertThat(Stage.told(refused)).isEqualTo("412 stale");
    assertThat(refused.tag()).isEqualTo(now);
  }

  @Test
  void aReaderWithAFormerTagGetsItAllWithTheNewOne() throws IOException {
    change(store, policy());
    Reply read = stage.get("/a", "If-None-Match: " + former);
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.tag()).isEqualTo(now);
    assertThat(stage.get("/a", "If-None-Match: " + now).status()).isEqualTo(304);
    assertThat(stage.get("/a", "If-Match: " + former).status()).isEqualTo(200);
    assertThat(stage.head("/a", "If-Match: " + former).status()).isEqualTo(200);
    assertThat(stage.get("/a", "If-Match: \"x\"").status()).isEqualTo(412);
  }

  @Test
  void weakTagsStayWeak() throws IOException {
    change(store, policy().strength(TagStrength.WEAK));
    assertThat(former).startsWith("W/");
    assertThat(Stage.told(put("new", former))).isEqualTo("412 weak-tag");
    change(store, policy().strength(TagStrength.WEAK).comparison(Comparison.TOLERANT));
    assertThat(put("new", former).status()).isEqualTo(200);
  }

  @Test
  void ofJson() throws IOException {
    JsonBackend backend = new JsonBackend("{\"n\":1,\"by\":0}");
    change(backend.stamping(), policy().json("/servedAt"));
    assertThat(put("{\"n\":2}", former).status()).isEqualTo(200);
    assertThat(Stage.told(put("{\"n\":3}", former))).isEqualTo("412 stale");
  }

  @Test
  void ofAGuard() throws IOException {
    OrderBackend orders = new OrderBackend().with("1");
    stage.open(orders, guarded(policy().salt("former")));
    String tag = stage.get("/orders/1").tag();
    stage.proxy().use(guarded(policy().salt("now").formerSalt("former")));
    Reply written = stage.put("/orders/1/lines/a", "ink", "If-Match: " + tag);
    assertThat(written.status()).isEqualTo(200);
    assertThat(written.field("Guard-ETag")).contains(stage.get("/orders/1").tag());
    assertThat(stage.put("/orders/1/lines/a", "red", "If-Match: " + tag).status()).isEqualTo(412);
  }

  private static RouteTable guarded(PolicyBuilder route) {
    return new RouteTable(
        List.of(route.route("/orders/{id}"), route.guarded("/orders/{id}/**", "/orders/{id}")),
        RoutePolicy.DEFAULT);
  }

  @Test
  void whatIsThereAlreadyIsSeenAsEver() throws IOException {
    change(
        store,
        policy()
            .noOp(NoOp.UNCHANGED)
            .alreadyApplied(AlreadyApplied.ACCEPT)
            .writeTag(WriteTag.VERBATIM));
    Reply same = put("old", former);
    assertThat(same.status()).isEqualTo(204);
    assertThat(same.tag()).isEqualTo(now);
    Reply written = put("new", former);
    assertThat(written.tag()).as("it is what was sent").isEqualTo(stage.get("/a").tag());
    Reply again = put("new", former);
    assertThat(again.status()).isEqualTo(204);
    assertThat(again.tag()).isEqualTo(written.tag());
  }

  @Test
  void whatHasChangedSinceIsToldToWhoReadBefore() throws IOException {
    JsonBackend backend = new JsonBackend("{\"name\":\"pen\",\"price\":1}");
    change(backend, policy().json().changes());
    backend.replace("{\"name\":\"pen\",\"price\":2}");
    Reply refused = put("{}", former);
    assertThat(refused.problem().path("changed").toString()).isEqualTo("[\"/price\"]");
  }

  /** Half of them know the state by the former tag, half by the new one. */
  @Test
  void ofManyWritersExactlyOneSucceeds() throws IOException {
    change(store, policy());
    RouteTable before = policy().salt("former").everywhere();
    RouteTable after = policy().salt("now").formerSalt("former").everywhere();
    int wonByFormer = 0;
    try (Crowd crowd = new Crowd(stage.proxy(), WRITERS)) {
      for (int round = 0; round < ROUNDS; round++) {
        stage.proxy().use(before);
        String formerTag = stage.get("/a").tag();
        stage.proxy().use(after);
        List<String> tags = List.of(formerTag, stage.get("/a").tag());
        String text = "round " + round + " by ";
        List<Reply> replies =
            crowd.ask(
                IntStream.range(0, WRITERS)
                    .mapToObj(
                        i -> Stage.request("PUT", "/a", text + i, "If-Match: " + tags.get(i % 2)))
                    .toList());
        assertThat(replies).filteredOn(reply -> reply.status() == 200).hasSize(1);
        assertThat(replies).filteredOn(reply -> reply.status() == 412).hasSize(WRITERS - 1);
        for (int i = 0; i < WRITERS; i += 2) {
          wonByFormer += replies.get(i).status() == 200 ? 1 : 0;
        }
      }
    }
    assertThat(wonByFormer).as("the first one to come has a former tag").isPositive();
  }

  /** Who waits is not refused by what the holder saw, if its former tag is of just that. */
  @Test
  void whoWaitsWithAFormerTagOfTheNextStateIsLetThrough() throws Exception {
    store.with("/same", "new");
    stage.open(store, policy().salt("former").everywhere());
    String next = stage.get("/same").tag();
    stage.proxy().use(policy().salt("now").formerSalt("former").everywhere());
    Hold hold = new Hold(store::serve);
    stage.origin().play(Phase.WRITE.once(hold, store));
    try (RawClient first = stage.proxy().connect();
        RawClient second = stage.proxy().connect();
        RawClient third = stage.proxy().connect()) {
      first.send(Phase.WRITE.request());
      hold.awaitArrival();
      second.send(Stage.request("PUT", "/a", "newer", "If-Match: " + next));
      stage.proxy().fence();
      third.send(Stage.request("PUT", "/a", "newest", "If-Match: " + next));
      stage.proxy().fence();
      hold.letGo();
      assertThat(first.read().status()).isEqualTo(200);
      assertThat(second.read().status()).isEqualTo(200);
      assertThat(Stage.told(third.read())).isEqualTo("412 stale");
    }
  }
}
