package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.PolicyBuilder;
import dev.ifmatch.representation.FormFallback;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code tag.form: json}: what a document says has one tag, however the backend writes it. */
class JsonFormWireTest {
  private static final String DOCUMENT =
      "{\"id\":7,\"name\":\"pen\",\"tags\":[\"a\",\"b\"],\"maker\":{\"city\":\"Ulm\",\"zip\":null}}";

  @RegisterExtension final Stage stage = new Stage();

  private JsonBackend open(PolicyBuilder route) throws IOException {
    JsonBackend backend = new JsonBackend(DOCUMENT);
    Limits limits = LimitsBuilder.limits().tagBuffer(20_000).build();
    stage.open(backend, route.everywhere(), limits);
    return backend;
  }

  private void answering(String body) {
    stage.origin().play(heard -> peer -> peer.answer("200 OK", body));
  }

  private String tagOf(String body) throws IOException {
    answering(body);
    return stage.get("/a").tag();
  }

  @Test
  void readsOfOneStateHaveOneTag() throws IOException {
    open(policy().json());
    String tag = stage.get("/a").tag();
    Set<String> bodies = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      Reply read = stage.get("/a");
      bodies.add(read.body());
      assertThat(read.tag()).isEqualTo(tag).isEqualTo(stage.head("/a").tag());
      assertThat(stage.get("/a", "If-None-Match: " + tag).status()).isEqualTo(304);
    }
    assertThat(bodies).as("which the backend wrote differently").hasSizeGreaterThan(10);
    assertThat(stage.proxy().fallbacks()).isEmpty();
  }

  @Test
  void fromReadToWriteToWrite() throws IOException {
    JsonBackend backend = open(policy().json("/servedAt"));
    backend.stamping();
    String tag = stage.get("/a").tag();
    for (int i = 0; i < 10; i++) {
      Reply written = stage.put("/a", "{\"n\":%d}".formatted(i), "If-Match: " + tag);
      assertThat(written.status()).isEqualTo(200);
      assertThat(written.tag()).isNotEqualTo(tag).isEqualTo(stage.get("/a").tag());
      assertThat(Stage.told(stage.put("/a", "{}", "If-Match: " + tag))).isEqualTo("412 stale");
      tag = written.tag();
    }
    assertThat(backend.document()).hasToString("{\"n\":9}");
  }

  @Test
  void whatMovesWithEachReadIsIgnoredOrNothingEverMatches() throws IOException {
    open(policy().json()).stamping();
    assertThat(stage.get("/a").tag()).isNotEqualTo(stage.get("/a").tag());
    open(policy().json("/servedAt")).stamping();
    assertThat(stage.get("/a").tag()).isEqualTo(stage.get("/a").tag());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"a":1,"b":2}             | {"b":2 , "a":1}           | same
          {"a":"\\u0041/"}          | {"a":"A\\/"}              | same
          {"a":9007199254740992}    | {"a":9007199254740993}    | other
          {"a":1}                   | {"a":1.0}                 | other
          {"a":1}                   | {"a":"1"}                 | other
          {"a":1}                   | {"a":1,"b":null}          | other
          {"a":[1,2]}               | {"a":[2,1]}               | other
          {"a":[[1],2]}             | {"a":[1,[2]]}             | other
          {"a":{"b":1}}             | {"a":{},"b":1}            | other
          {"a":"b\\",\\"c\\":\\"d"} | {"a":"b","c":"d"}         | other
          {"a":""}                  | {"":"a"}                  | other
          []                        | {}                        | other
          """)
  void sayTheSame(String one, String other, String expected) throws IOException {
    open(policy().json());
    assertThat(tagOf(one).equals(tagOf(other))).isEqualTo(expected.equals("same"));
    assertThat(stage.proxy().fallbacks()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /items/*/seen | {"items":[{"id":1,"seen":1},{"id":2}]} | {"items":[{"id":1},{"id":2,"seen":9}]} | same
          /items/*/seen | {"items":[{"id":1,"seen":1}]}          | {"items":[{"id":2,"seen":1}]}          | other
          /items/*/seen | {"items":[{"id":1}],"seen":1}          | {"items":[{"id":1}],"seen":2}          | other
          /items/0      | {"items":[1,2]}                        | {"items":[3,2]}                        | same
          /items/0      | {"items":[1,2]}                        | {"items":[1,3]}                        | other
          /*/at         | {"a":{"at":1},"b":{"at":2}}            | {"b":{"at":3},"a":{}}                  | same
          /a~1b         | {"a/b":1,"c":1}                        | {"c":1,"a/b":2}                        | same
          """)
  void whatIsIgnoredDoesNotCountAndNothingElse(
      String ignore, String one, String other, String expected) throws IOException {
    open(policy().json(ignore));
    assertThat(tagOf(one).equals(tagOf(other))).isEqualTo(expected.equals("same"));
  }

  @Test
  void whatIsIncludedAloneCounts() throws IOException {
    open(policy().jsonOf("/version", "/owner/id"));
    String tag = tagOf("{\"version\":1,\"owner\":{\"id\":1,\"name\":\"x\"},\"n\":1}");
    assertThat(tagOf("{\"n\":2,\"owner\":{\"name\":\"y\",\"id\":1},\"version\":1}")).isEqualTo(tag);
    assertThat(tagOf("{\"version\":2,\"owner\":{\"id\":1}}")).isNotEqualTo(tag);
    assertThat(tagOf("{\"version\":1,\"owner\":{\"id\":2}}")).isNotEqualTo(tag);
    assertThat(stage.proxy().fallbacks()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          not json                      | NOT_JSON
          {"a":1                        | NOT_JSON
          {"a":"\\ud800"}               | NOT_JSON
          {"b":1,"a":1,"a":2}           | DUPLICATE_NAME
          {"other":1}                   | NOTHING_INCLUDED
          """)
  void whatCannotBeTakenSoIsTakenByItsBytes(String body, FormFallback why) throws IOException {
    open(why == FormFallback.NOTHING_INCLUDED ? policy().jsonOf("/a") : policy().json());
    String tag = tagOf(body);
    assertThat(stage.head("/a").tag()).isEqualTo(tag);
    assertThat(stage.proxy().fallbacks()).containsExactly(why, why);
    assertThat(tagOf(body + " ")).as("bytes differ").isNotEqualTo(tag);
    answering(body);
    assertThat(stage.put("/a", "new", "If-Match: " + tag).status()).isEqualTo(200);
    assertThat(Stage.told(stage.put("/a", "new", "If-Match: \"x\""))).isEqualTo("412 stale");
    assertThat(stage.proxy().fallbacks()).containsOnly(why);
  }

  @Test
  void whatIsTooDeepIsTakenByItsBytes() throws IOException {
    open(policy().json());
    String deep = "[".repeat(5_000) + "]".repeat(5_000);
    assertThat(tagOf(deep)).isNotEqualTo(tagOf(" " + deep));
    assertThat(stage.proxy().fallbacks())
        .containsExactly(FormFallback.TOO_DEEP, FormFallback.TOO_DEEP);
  }

  /** At the limit, one octet decides; whatever is decided holds for reads and writes. */
  @Test
  void whatIsTooLargeIsTakenByItsBytes() throws IOException {
    open(policy().json().maxJson(1_000));
    String fits = "{\"a\":\"" + "x".repeat(992) + "\"}";
    assertThat(tagOf(fits)).isEqualTo(tagOf(fits));
    assertThat(stage.proxy().fallbacks()).isEmpty();
    String larger = fits.replace("{", "{ ");
    String tag = tagOf(larger);
    assertThat(tag).isNotEqualTo(tagOf(fits));
    answering(larger);
    assertThat(stage.put("/a", "new", "If-Match: " + tag).status()).isEqualTo(200);
    assertThat(stage.proxy().fallbacks()).isNotEmpty().containsOnly(FormFallback.TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 30_000})
  void theWayItArrivesMakesNoDifference(int length) throws IOException {
    open(policy().json());
    String body = DOCUMENT.replace("pen", "p".repeat(length));
    answering(body);
    String tag = stage.head("/a").tag();
    StringBuilder chunks =
        new StringBuilder("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    int size = Math.max(1, length / 1_000);
    for (int at = 0; at < body.length(); at += size) {
      String chunk = body.substring(at, Math.min(at + size, body.length()));
      chunks.append("%x\r\n%s\r\n".formatted(chunk.length(), chunk));
    }
    chunks.append("0\r\n\r\n");
    stage.origin().play(heard -> peer -> peer.answer(chunks.toString()));
    Reply get = stage.get("/a", "TE: trailers");
    assertThat(stage.head("/a").tag()).isEqualTo(tag);
    assertThat(get.body()).isEqualTo(body);
    assertThat(get.field("ETag").orElse(get.trailers())).contains(tag);
    assertThat(get.field("ETag").isPresent()).isEqualTo(length < 20_000);
  }

  @Test
  void aCodedAnswerSaysTheSameInItsCoding() throws IOException {
    open(policy().json());
    String tag = tagOf(DOCUMENT);
    ByteArrayOutputStream coded = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(coded)) {
      out.write(DOCUMENT.replace(",", " , ").getBytes(ISO_8859_1));
    }
    String gzip = coded.toString(ISO_8859_1);
    stage.origin().play(heard -> peer -> peer.answer("200 OK\r\nContent-Encoding: gzip", gzip));
    assertThat(stage.get("/a").tag()).isEqualTo(tag.replaceAll("\"$", "-gzip\""));
  }
}
