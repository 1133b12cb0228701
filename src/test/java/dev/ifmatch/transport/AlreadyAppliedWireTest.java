package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.PolicyBuilder;
import dev.ifmatch.policy.Refusal;
import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.RoutePolicy.AlreadyApplied;
import dev.ifmatch.policy.RouteTable;
import dev.ifmatch.policy.StatusCodes;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code already-applied}: a retry after a lost answer, which finds its own write. */
class AlreadyAppliedWireTest {
  private static final int WRITERS = 20;

  @RegisterExtension final Stage stage = new Stage();
  private final Store store = new Store().with("/a", "old");

  private void open(AlreadyApplied alreadyApplied) throws IOException {
    open(policy().alreadyApplied(alreadyApplied));
  }

  private void open(PolicyBuilder route) throws IOException {
    stage.open(store, route.everywhere());
  }

  /** A PUT whose answer was lost, told by its tag. */
  private String putFrom(String tag) throws IOException {
    String written = stage.put("/a", "new", "If-Match: " + tag).tag();
    stage.origin().forget();
    return written;
  }

  @Test
  void refusedItHasAReasonOfItsOwn() throws IOException {
    open(AlreadyApplied.REFUSE);
    String tag = stage.get("/a").tag();
    String written = putFrom(tag);
    Reply retry = stage.put("/a", "new", "If-Match: " + tag);
    assertThat(Stage.told(retry)).isEqualTo("412 already-applied");
    assertThat(retry.tag()).isEqualTo(written);
    assertThat(retry.problem().path("currentETag").asText()).isEqualTo(written);
    assertThat(stage.asked()).containsExactly("GET /a");
  }

  /** RFC 9110 §13.1.1 lets a server answer so where the request's change is there already. */
  @Test
  void acceptedItHasSucceeded() throws IOException {
    open(policy().alreadyApplied(AlreadyApplied.ACCEPT).status(StatusCodes.CONFLICT));
    String tag = stage.get("/a").tag();
    String written = putFrom(tag);
    Reply retry = stage.put("/a", "new", "If-Match: " + tag);
    assertThat(retry.status()).as("a success, not a 304").isEqualTo(204);
    assertThat(retry.tag()).isEqualTo(written);
    assertThat(retry.body()).isEmpty();
    assertThat(stage.asked()).containsExactly("GET /a");
    assertThat(stage.refused()).isEmpty();
    assertThat(stage.put("/a", "newer", "If-Match: " + retry.tag()).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PUT    | /a    | other | If-Match: "x"                                      | 412 stale
          PATCH  | /a    | old   | If-Match: "x"                                      | 412 stale
          POST   | /a    | old   | If-Match: "x"                                      | 412 stale
          DELETE | /a    | old   | If-Match: "x"                                      | 412 stale
          PUT    | /none | old   | If-Match: "x"                                      | 412 absent
          PUT    | /a    | old   | If-None-Match: *                                   | 412 exists
          PUT    | /a    | old   | If-Unmodified-Since: Sat, 01 Jan 2000 00:00:00 GMT | 412 undated
          PUT    | /a    | old   | X-A: b                                             | 428 missing
          """)
  void itIsOnlyAStalePutOfTheVeryState(
      String method, String target, String body, String field, String told) throws IOException {
    for (AlreadyApplied either : AlreadyApplied.values()) {
      open(either);
      assertThat(Stage.told(stage.send(method, target, body, field))).isEqualTo(told);
      assertThat(stage.origin().requests()).noneMatch(Heard::isWrite);
    }
  }

  @Test
  void aWeakTagIsStillAWeakTag() throws IOException {
    open(AlreadyApplied.ACCEPT);
    String weak = "If-Match: W/" + stage.get("/a").tag();
    assertThat(Stage.told(stage.put("/a", "old", weak))).isEqualTo("412 weak-tag");
  }

  /** A part that reads like the whole is another thing all the same. */
  @Test
  void aPartIsNotTheWhole() throws IOException {
    OrderBackend orders = new OrderBackend().with("1");
    stage.open(
        orders,
        new RouteTable(
            List.of(
                policy()
                    .alreadyApplied(AlreadyApplied.ACCEPT)
                    .guarded("/orders/{id}/lines/{n}", "/orders/{id}")),
            RoutePolicy.DEFAULT));
    String whole = orders.text("1");
    assertThat(Stage.told(stage.put("/orders/1/lines/a", whole, "If-Match: \"x\"")))
        .isEqualTo("412 stale");
  }

  @ParameterizedTest
  @EnumSource
  void ofManyEqualWritesFromOneStateOneIsForwarded(AlreadyApplied alreadyApplied)
      throws IOException {
    open(alreadyApplied);
    for (int round = 0; round < 25; round++) {
      String tag = stage.get("/a").tag();
      stage.origin().forget();
      String put = Stage.request("PUT", "/a", "round " + round, "If-Match: " + tag);
      List<Reply> replies = stage.together(Collections.nCopies(WRITERS, put));

      assertThat(stage.origin().requests("PUT")).hasSize(1);
      assertThat(replies).filteredOn(reply -> reply.status() == 200).hasSize(1);
      int others = alreadyApplied == AlreadyApplied.ACCEPT ? 204 : 412;
      assertThat(replies).filteredOn(reply -> reply.status() == others).hasSize(WRITERS - 1);
      assertThat(replies).extracting(Reply::tag).containsOnly(stage.get("/a").tag());
    }
    assertThat(stage.refused()).doesNotContain(Refusal.STALE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"return=representation", "return=minimal"})
  void acceptedThereIsNothingToShow(String preference) throws IOException {
    open(AlreadyApplied.ACCEPT);
    Reply retry = stage.put("/a", "old", "If-Match: \"x\"", "Prefer: " + preference);
    assertThat(retry.status()).isEqualTo(204);
    assertThat(retry.tag()).isEqualTo(stage.get("/a").tag());
    assertThat(retry.field("Preference-Applied")).isEmpty();
  }
}
