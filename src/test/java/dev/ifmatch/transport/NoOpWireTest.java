package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.PolicyBuilder;
import dev.ifmatch.policy.RoutePolicy.NoOp;
import dev.ifmatch.policy.StatusCodes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code no-op: unchanged}: a write that would change nothing is answered in the origin's place.
 */
class NoOpWireTest {
  private static final int BODY_MEMORY = 1_000;

  @RegisterExtension final Stage stage = new Stage();
  private final Store store = new Store().with("/a", "old");

  @BeforeEach
  void open() throws IOException {
    open(policy());
  }

  private void open(PolicyBuilder route) throws IOException {
    stage.open(
        store,
        route.noOp(NoOp.UNCHANGED).everywhere(),
        LimitsBuilder.limits().bodyMemory(BODY_MEMORY).build());
  }

  private String tag() throws IOException {
    String tag = stage.get("/a").tag();
    stage.origin().forget();
    return tag;
  }

  private void assertUnchanged(Reply reply, int status, String tag) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.tag()).isEqualTo(tag);
    assertThat(reply.body()).isEmpty();
    assertThat(reply.head()).doesNotContain("Content-");
    assertThat(stage.asked()).containsExactly("GET /a");
  }

  @ParameterizedTest
  @CsvSource({"RFC, 204", "CONFLICT, 304"})
  void theOriginSeesTheProbeAlone(String school, int status) throws IOException {
    open(policy().status(school.equals("RFC") ? StatusCodes.RFC : StatusCodes.CONFLICT));
    String tag = tag();
    try (RawClient client = stage.proxy().connect()) {
      String put = Stage.request("PUT", "/a", "old", "If-Match: " + tag);
      assertUnchanged(client.send(put).read(), status, tag);
      assertThat(client.send(put.replace("old", "new")).read().body()).isEqualTo("stored");
    }
    assertThat(stage.refused()).isEmpty();
  }

  @Test
  void aStarIsAsGoodAsATag() throws IOException {
    String tag = tag();
    assertUnchanged(stage.put("/a", "old", "If-Match: *"), 204, tag);
  }

  @Test
  void theBackendsOwnTagIsTold() throws IOException {
    stage.origin().play(heard -> peer -> peer.answer("200 OK\r\nETag: \"own\"", "old"));
    assertUnchanged(stage.put("/a", "old", "If-Match: \"own\""), 204, "\"own\"");
  }

  @Test
  void fieldsThatDoNotSpeakOfContentStay() throws IOException {
    String fields = "\r\nVary: Origin\r\nAccess-Control-Allow-Origin: https://page\r\nX-A: b";
    stage.origin().play(heard -> peer -> peer.answer("200 OK" + fields, "old"));
    Reply reply = stage.put("/a", "old", "If-Match: *");
    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.field("Vary")).contains("Origin");
    assertThat(reply.field("Access-Control-Expose-Headers")).contains("ETag");
  }

  @ParameterizedTest
  @CsvSource({
    "PUT,    new,  X-A: b",
    "PUT,    ol,   X-A: b",
    "PUT,    older,X-A: b",
    "PUT,    '',   X-A: b",
    "PUT,    old,  Content-Encoding: br",
    "PUT,    old,  Content-Encoding: gzip",
    "PATCH,  old,  X-A: b",
    "POST,   old,  X-A: b",
    "DELETE, old,  X-A: b",
  })
  void whatChangesSomethingIsForwarded(String method, String body, String field)
      throws IOException {
    stage.send(method, "/a", body, field, "If-Match: *");
    assertThat(stage.asked()).startsWith("GET /a", method + " /a");
    assertThat(stage.only(method).body()).isEqualTo(body);
  }

  @Test
  void whoSaysNothingIsStillAskedForATag() throws IOException {
    assertThat(Stage.told(stage.put("/a", "old"))).isEqualTo("428 missing");
    assertThat(Stage.told(stage.put("/a", "old", "If-None-Match: *"))).isEqualTo("412 exists");
    assertThat(Stage.told(stage.put("/a", "old", "If-Match: \"x\"")))
        .isEqualTo("412 already-applied");
  }

  /** There is nothing yet that it could be equal to. */
  @Test
  void whatIsNotThereIsCreated() throws IOException {
    assertThat(stage.put("/b", "", "If-None-Match: *").status()).isEqualTo(201);
    assertThat(stage.put("/b", "", "If-Match: *").status()).isEqualTo(204);
    assertThat(stage.origin().requests("PUT")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "x-gzip"})
  void aCodedBodyIsComparedByItsContent(String coding) throws IOException {
    String tag = tag();
    String same = coded("old", coding);
    String other = coded("new", coding);
    String field = "Content-Encoding: " + coding;
    assertUnchanged(stage.put("/a", same, field, "If-Match: *"), 204, tag);
    assertThat(stage.put("/a", other, field, "If-Match: *").body()).isEqualTo("stored");
    assertThat(stage.only("PUT").body()).isEqualTo(other);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, BODY_MEMORY, BODY_MEMORY + 1, 300_000})
  void aBodyOfAnySizeIsComparedAsAWhole(int length) throws IOException {
    String body = "x".repeat(length);
    store.with("/a", body);
    String tag = tag();
    assertUnchanged(stage.put("/a", body, "If-Match: *"), 204, tag);
    stage.origin().forget();
    String chunked = length == 0 ? "" : "%x\r\n%s\r\n".formatted(length, body);
    String head = "PUT /a HTTP/1.1\r\nHost: h\r\nIf-Match: *\r\nTransfer-Encoding: chunked\r\n\r\n";
    assertUnchanged(stage.proxy().exchange(head + chunked + "0\r\n\r\n"), 204, tag);

    assertThat(stage.put("/a", body + "y", "If-Match: *").body()).isEqualTo("stored");
    assertThat(store.text("/a").length()).isEqualTo(length + 1);
  }

  @Test
  void anExpectedUploadIsAskedForFirst() throws IOException {
    String tag = tag();
    try (RawClient client = stage.proxy().connect()) {
      String put = Stage.request("PUT", "/a", "old", "If-Match: " + tag, "Expect: 100-continue");
      client.send(put.substring(0, put.length() - "old".length()));
      assertThat(client.wire().readHead()).startsWith("HTTP/1.1 100 ");
      assertThat(client.send("old").read().status()).isEqualTo(204);
    }
    assertThat(stage.asked()).containsExactly("GET /a", "GET /a");
  }

  @Test
  void theNextInTheQueueGoesOn() throws Exception {
    String tag = tag();
    Hold hold = new Hold(store::serve);
    stage.origin().play(Phase.PROBE.once(hold, store));
    try (RawClient first = stage.proxy().connect();
        RawClient second = stage.proxy().connect()) {
      first.send(Stage.request("PUT", "/a", "old", "If-Match: " + tag));
      hold.awaitArrival();
      second.send(Stage.request("PUT", "/a", "new", "If-Match: " + tag));
      stage.proxy().fence();
      hold.letGo();
      assertThat(first.read().status()).isEqualTo(204);
      assertThat(second.read().body()).isEqualTo("stored");
    }
    assertThat(stage.only("PUT").body()).isEqualTo("new");
  }

  private static String coded(String text, String coding) throws IOException {
    ByteArrayOutputStream coded = new ByteArrayOutputStream();
    try (OutputStream out =
        coding.equals("deflate") ? new DeflaterOutputStream(coded) : new GZIPOutputStream(coded)) {
      out.write(text.getBytes(ISO_8859_1));
    }
    return coded.toString(ISO_8859_1);
  }
}
