package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ifmatch.policy.PolicyBuilder;
import dev.ifmatch.policy.StatusCodes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code conflict.changes}: a refusal that says what has changed since the client's read. */
class ConflictWireTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BASE =
      "{\"name\":\"pen\",\"price\":1,\"tags\":[\"a\",\"b\"],\"maker\":{\"city\":\"Ulm\"}}";

  @RegisterExtension final Stage stage = new Stage();
  private JsonBackend backend;

  @BeforeEach
  void open() throws IOException {
    open(policy().json().changes(), Limits.DEFAULT);
  }

  private void open(PolicyBuilder route, Limits limits) throws IOException {
    backend = new JsonBackend(BASE);
    stage.open(backend, route.everywhere(), limits);
  }

  private String tag() throws IOException {
    return stage.get("/a").tag();
  }

  private Reply stale(String tag, String... fields) throws IOException {
    List<String> all = new ArrayList<>(List.of(fields));
    all.add("If-Match: " + tag);
    return stage.put("/a", "{\"mine\":true}", all.toArray(String[]::new));
  }

  /** The pointers that a refusal tells; each must lead somewhere in what is there now. */
  private List<String> changed(Reply reply) throws IOException {
    assertThat(reply.reason()).isEqualTo("stale");
    JsonNode changed = reply.problem().path("changed");
    assertThat(changed.isArray()).as(reply.body()).isTrue();
    List<String> pointers = new ArrayList<>();
    changed.forEach(pointer -> pointers.add(pointer.asText()));
    assertThat(pointers)
        .allSatisfy(p -> assertThat(backend.document().at(p).isMissingNode()).as(p).isFalse());
    return pointers;
  }

  private static void assertNothingTold(Reply reply) throws IOException {
    assertThat(Stage.told(reply)).isEqualTo("412 stale");
    assertThat(reply.problem().has("changed")).isFalse();
    assertThat(reply.problem().path("currentETag").asText()).isEqualTo(reply.tag());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"name":"ink","price":1,"tags":["a","b"],"maker":{"city":"Ulm"}}              | /name
          {"name":"ink","price":2,"tags":["a","b"],"maker":{"city":"Bonn"}}             | /name /price /maker/city
          {"name":"pen","price":1.0,"tags":["a","c"],"maker":{"city":"Ulm"}}            | /price /tags/1
          {"name":"pen","price":1,"tags":["a","b"],"maker":{"city":"Ulm","a/b~c":null}} | /maker/a~1b~0c
          {"name":"pen","price":1,"tags":["a"],"maker":{"city":"Ulm"}}                  | /tags
          {"name":"pen","price":1,"tags":["a","b"],"maker":{}}                          | /maker
          {"name":"pen","price":1,"tags":["a","b"],"maker":"Ulm"}                       | /maker
          """)
  void whatAnotherWroteIsTold(String other, String pointers) throws IOException {
    String tag = tag();
    stage.put("/a", other, "If-Match: " + tag);
    Reply reply = stale(tag);
    assertThat(reply.status()).isEqualTo(412);
    assertThat(changed(reply)).containsExactlyInAnyOrder(pointers.split(" "));
    assertThat(backend.document()).isEqualTo(JSON.readTree(other));
  }

  @Test
  void whoWroteBesideTheProxyIsToldOfToo() throws IOException {
    String tag = tag();
    backend.replace(BASE.replace("Ulm", "Bonn"));
    assertThat(changed(stale(tag))).containsExactly("/maker/city");
  }

  @Test
  void theClientsOwnWriteIsABaseToo() throws IOException {
    String written = stage.put("/a", BASE.replace("pen", "ink"), "If-Match: *").tag();
    backend.replace(BASE.replace("pen", "ink").replace("1", "2"));
    assertThat(changed(stale(written))).containsExactly("/price");
  }

  @Test
  void ofSeveralTagsTheOneThatIsKnownIsTheBase() throws IOException {
    String tag = tag();
    backend.replace(BASE.replace("Ulm", "Bonn"));
    assertThat(changed(stale("\"x\", " + tag))).containsExactly("/maker/city");
  }

  @Test
  void whatDoesNotCountIsNotTold() throws IOException {
    open(policy().json("/servedAt", "/price").changes(), Limits.DEFAULT);
    backend.stamping();
    String tag = tag();
    backend.replace(BASE.replace("1", "2").replace("pen", "ink"));
    assertThat(changed(stale(tag))).containsExactly("/name");
  }

  @Test
  void aConflictToldAsSuchTellsItToo() throws IOException {
    open(policy().json().changes().status(StatusCodes.CONFLICT), Limits.DEFAULT);
    String tag = tag();
    backend.replace("{\"price\":1}");
    Reply reply = stale(tag);
    assertThat(reply.status()).isEqualTo(409);
    assertThat(changed(reply)).containsExactly("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"x\"", "\"application/json~x\"", "\"x\", \"y\""})
  void ofABaseThatNobodyKnowsNothingIsTold(String tag) throws IOException {
    tag();
    assertNothingTold(stale(tag));
  }

  @Test
  void offByDefaultNothingIsTold() throws IOException {
    open(policy().json(), Limits.DEFAULT);
    String tag = tag();
    backend.replace("{}");
    assertNothingTold(stale(tag));
  }

  @Test
  void whatIsNotJsonIsNotTold() throws IOException {
    stage.origin().play(heard -> peer -> peer.answer("200 OK", "old"));
    String text = tag();
    stage.origin().play(backend);
    assertNothingTold(stale(text));
    String json = tag();
    stage.origin().play(heard -> peer -> peer.answer("200 OK", "new"));
    assertNothingTold(stale(json));
  }

  @Test
  void whatIsTooLargeIsNotTold() throws IOException {
    open(policy().json().maxJson(200).changes(), Limits.DEFAULT);
    String tag = tag();
    backend.replace(BASE.replace("pen", "p".repeat(200)));
    assertNothingTold(stale(tag));
    String large = tag();
    backend.replace(BASE);
    assertNothingTold(stale(large));
  }

  /** With so little space for it, the last read alone is remembered. */
  @Test
  void whatHadToMakeRoomIsNotTold() throws IOException {
    open(
        policy().json().changes(),
        LimitsBuilder.limits().conflictCache(BASE.length() * 2 + 256).build());
    String first = tag();
    backend.replace(BASE.replace("pen", "ink"));
    String second = tag();
    backend.replace(BASE.replace("Ulm", "Bonn"));
    assertNothingTold(stale(first));
    assertThat(changed(stale(second))).containsExactlyInAnyOrder("/name", "/maker/city");
  }

  @ParameterizedTest
  @CsvSource({"X-A: b, 428 missing", "If-None-Match: *, 412 exists"})
  void onlyAStaleWriterIsTold(String field, String told) throws IOException {
    tag();
    Reply reply = stage.put("/a", "{}", field);
    assertThat(Stage.told(reply)).isEqualTo(told);
    assertThat(reply.problem().has("changed")).isFalse();
  }

  /** The sighting of the one before would do for a refusal, but not for telling. */
  @Test
  void everyoneInTheQueueIsTold() throws Exception {
    String tag = tag();
    Hold hold = new Hold(backend::serve);
    stage.origin().play(Phase.WRITE.once(hold, backend));
    try (RawClient first = stage.proxy().connect();
        RawClient second = stage.proxy().connect();
        RawClient third = stage.proxy().connect()) {
      String put = Stage.request("PUT", "/a", "{\"name\":\"ink\"}", "If-Match: " + tag);
      first.send(put);
      hold.awaitArrival();
      second.send(put.replace("ink", "oil"));
      third.send(put.replace("ink", "wax"));
      stage.proxy().fence();
      hold.letGo();
      assertThat(first.read().status()).isEqualTo(200);
      for (RawClient client : List.of(second, third)) {
        assertThat(changed(client.read())).containsExactlyInAnyOrder("", "/name");
      }
    }
  }

  @Test
  void whoIsShownTheStateNeedsNotBeTold() throws IOException {
    String tag = tag();
    backend.replace("{\"name\":\"ink\"}");
    Reply reply = stale(tag, "Prefer: return=representation");
    assertThat(JSON.readTree(reply.body())).isEqualTo(backend.document());
  }
}
