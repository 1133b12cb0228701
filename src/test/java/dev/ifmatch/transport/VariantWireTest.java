package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static dev.ifmatch.transport.VariantBackend.JSON;
import static dev.ifmatch.transport.VariantBackend.XML;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.http.Comparison;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One resource in several types and languages: to each client its own tag, to all one lock. */
class VariantWireTest {
  private static final String AS_JSON = "Accept: " + JSON;
  private static final String AS_XML = "Accept: " + XML;

  @RegisterExtension final Stage stage = new Stage();
  private VariantBackend backend = new VariantBackend();

  @BeforeEach
  void open() throws IOException {
    open(new VariantBackend());
  }

  private void open(VariantBackend other) throws IOException {
    backend = other;
    stage.open(backend, policy().everywhere());
  }

  private String tag(String... fields) throws IOException {
    String tag = stage.get("/a", fields).tag();
    stage.origin().forget();
    return tag;
  }

  private void assertWritten(Reply reply, String text) {
    assertThat(reply.status()).isEqualTo(200);
    assertThat(backend.text()).isEqualTo(text);
  }

  @Test
  void eachTypeHasATagThatNamesIt() throws IOException {
    String json = tag(AS_JSON);
    String xml = tag(AS_XML);
    assertThat(json).startsWith("\"application/json~");
    assertThat(xml).startsWith("\"application/xml~");
    assertThat(stage.head("/a", AS_XML).tag()).isEqualTo(xml);
    assertThat(stage.get("/a", "Accept: text/html;q=0.9, */*;q=0.1").tag()).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource({JSON + ", '{\"text\":\"new\"}'", XML + ", <text>new</text>"})
  void eachClientWritesWithItsOwnTag(String type, String body) throws IOException {
    String tag = tag("Accept: " + type);
    Reply reply = stage.put("/a", body, "If-Match: " + tag, "Content-Type: " + type);
    assertWritten(reply, "new");
    assertThat(stage.asked()).containsExactly("GET /a", "PUT /a", "GET /a");
    assertThat(stage.origin().requests("GET"))
        .allSatisfy(read -> assertThat(read.fields("Accept")).containsExactly(type));
    assertThat(stage.only("PUT").head()).doesNotContain("If-Match");
    assertThat(reply.tag()).isEqualTo(tag("Accept: " + type)).isNotEqualTo(tag);
  }

  /** What the client accepts as an answer to its write is another matter than what it has read. */
  @ParameterizedTest
  @ValueSource(strings = {AS_JSON, "Accept: */*", "Accept: text/html", "Accept: " + XML + ";q=0"})
  void theTagSaysWhatWasReadWhateverTheWriteAccepts(String accept) throws IOException {
    String tag = tag(AS_XML);
    Reply reply = stage.put("/a", "{\"text\":\"new\"}", "If-Match: " + tag, accept);
    assertWritten(reply, "new");
    assertThat(stage.only("PUT").head()).contains(accept + "\r\n");
    assertThat(reply.tag()).startsWith("\"application/xml~");
  }

  @Test
  void aChangeThroughOneIsAConflictForTheOther() throws IOException {
    String json = tag(AS_JSON);
    String xml = tag(AS_XML);
    assertWritten(stage.put("/a", "<text>by xml</text>", "If-Match: " + xml), "by xml");
    Reply refused = stage.put("/a", "{\"text\":\"by json\"}", "If-Match: " + json);
    assertThat(Stage.told(refused)).isEqualTo("412 stale");
    assertThat(refused.tag()).isEqualTo(tag(AS_JSON));
    assertWritten(
        stage.put("/a", "{\"text\":\"by json\"}", "If-Match: " + refused.tag()), "by json");
    assertThat(Stage.told(stage.send("DELETE", "/a", "", "If-Match: " + xml)))
        .isEqualTo("412 stale");
  }

  @Test
  void ofManyWritersThroughBothOneSucceeds() throws IOException {
    for (int round = 0; round < 30; round++) {
      String json = tag(AS_JSON);
      String xml = tag(AS_XML);
      List<String> writes = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        String body = i % 2 == 0 ? "{\"text\":\"%d %d\"}" : "<text>%d %d</text>";
        writes.add(
            Stage.request(
                "PUT", "/a", body.formatted(round, i), "If-Match: " + (i % 2 == 0 ? json : xml)));
      }
      List<Reply> replies = stage.together(writes);
      assertThat(replies).filteredOn(reply -> reply.status() == 200).hasSize(1);
      assertThat(replies).filteredOn(reply -> reply.status() == 412).hasSize(15);
      assertThat(stage.origin().requests("PUT")).hasSize(1);
    }
  }

  @Test
  void whatAClientHasOfOneVariantIsNotSentAgain() throws IOException {
    String json = tag(AS_JSON);
    String xml = tag(AS_XML);
    Reply fresh = stage.get("/a", AS_XML, "If-None-Match: " + xml);
    assertThat(fresh.status()).isEqualTo(304);
    assertThat(fresh.tag()).isEqualTo(xml);
    assertThat(fresh.field("Vary")).contains("Accept");
    assertThat(stage.get("/a", AS_XML, "If-None-Match: " + json).status()).isEqualTo(200);
    assertThat(stage.get("/a", AS_XML, "If-None-Match: " + json + ", " + xml).status())
        .isEqualTo(304);
  }

  @ParameterizedTest
  @CsvSource({"de, de", "en, en", "'pt-br;q=0.2, pt-BR', pt-BR", "br, br", "ja, en"})
  void eachLanguageHasATagThatNamesItAndServesItsWriter(String asked, String got)
      throws IOException {
    open(new VariantBackend("en", "de", "pt-BR", "br"));
    String language = "Accept-Language: " + asked;
    String tag = tag(AS_XML, language);
    assertThat(tag).startsWith("\"application/xml~" + got.toLowerCase(Locale.ROOT) + "~");

    Reply reply = stage.put("/a", "<x>new</x>", "If-Match: " + tag, "Accept-Language: en, de");
    assertWritten(reply, "new");
    assertThat(reply.tag()).isEqualTo(stage.get("/a", AS_XML, language).tag());
    assertThat(stage.origin().requests("GET").get(0).fields("Accept-Language"))
        .singleElement()
        .asString()
        .isEqualToIgnoringCase(got);
    assertThat(stage.only("PUT").fields("Accept-Language")).containsExactly("en, de");
  }

  /** As hops leave them that compress: also where the language is named like a coding. */
  @ParameterizedTest
  @CsvSource({
    "br, -gzip",
    "br, --gzip",
    "br, ;gzip",
    "br, -br",
    "de, -br",
    "pt-BR, -deflate",
    "pt-BR, -br"
  })
  void aCodingBehindTheTagDoesNotTouchItsVariant(String language, String suffix)
      throws IOException {
    open(new VariantBackend("en", "de", "pt-BR", "br"));
    String tag = tag(AS_JSON, "Accept-Language: " + language);
    String coded = tag.substring(0, tag.length() - 1) + suffix + '"';
    assertWritten(stage.put("/a", "{\"x\":\"new\"}", "If-Match: " + coded), "new");
  }

  @ParameterizedTest
  @ValueSource(strings = {"W/T", "W/\"T\"", "T"})
  void aTolerantRouteTakesVariantsTooInAnyShape(String shape) throws IOException {
    stage.open(backend, policy().comparison(Comparison.TOLERANT).everywhere());
    String tag = tag(AS_XML);
    String field = "If-Match: " + shape.replace("T", tag.replace("\"", ""));
    assertWritten(stage.put("/a", "<text>new</text>", field), "new");
  }

  @Test
  void theBackendsOwnTagsAreNotMarked() throws IOException {
    open(new VariantBackend().with("\r\nETag: \"own\""));
    assertThat(tag(AS_XML)).isEqualTo("\"own\"");
    assertWritten(stage.put("/a", "new", "If-Match: \"own\""), "new");
    assertThat(stage.only("PUT").fields("If-Match")).containsExactly("\"own\"");
  }

  @Test
  void aRefusalThatShowsTheStateShowsTheVariantThatWasRead() throws IOException {
    String xml = tag(AS_XML);
    stage.put("/a", "new", "If-Match: *");
    Reply reply = stage.put("/a", "x", "If-Match: " + xml, "Prefer: return=representation");
    assertThat(reply.status()).isEqualTo(412);
    assertThat(reply.body()).isEqualTo("<text>new</text>");
    assertThat(reply.field("Content-Type")).contains(XML + ";charset=utf-8");
    assertThat(reply.field("Vary")).contains("Accept, Prefer");
  }
}
