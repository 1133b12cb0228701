package dev.ifmatch.representation;

import static dev.ifmatch.representation.Recipes.JSON;
import static dev.ifmatch.representation.Recipes.bytesTag;
import static dev.ifmatch.representation.Recipes.tagged;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.http.EntityTag;
import dev.ifmatch.representation.Recipes.Tagged;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFormTest {

  /**
   * Worked out apart from the program, from its description. Tags outlive it: another value here
   * means that every client's next write is refused.
   */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          null | HjGT7rqZOcUvC9kmZydPp7QLNwxjjoyOC0DleV1gbPk
          {}   | xpIeDdepWAnjXqaaaFDVsVG3xE5o6g6TXHqU4nb57ko
          []   | K2FcvaW-Qus-DI9xD5K8Q3EYiE8xN97obdulyieKAw8
          ""   | Lrb3U-Q1IzozFCN9rUcVvsO2PHMa-jBCHoKto0IcdoA
          -0.0 | 4h4GuVzJTtnjmhnT-7coca8dX4vojBW0gfMdwzseNfw
          {"b":[1,2.50,null,true,false,"x\\u00e9\\ud83d\\ude00"],"a":{"":{}},"\\uffff":1,"\\ud83d\\ude00":2} | sYkPgunTn6R25xY3Foxki3lrv5PVoVtAFTHsRI04BOc
          """)
  void isTheHashOfTheCanonicalForm(String json, String opaque) {
    assertThat(tagged(JSON, json).tag()).isEqualTo(EntityTag.strong(opaque));
  }

  @Test
  void isTheHashOfTheCanonicalFormWhereTextIsLongerThanAnyBuffer() {
    assertThat(tagged(JSON, "[\"" + "x".repeat(5000) + "\",1]").tag())
        .isEqualTo(EntityTag.strong("6OpH91ehDjFiCggOOTcX8gLFY03NwttQNCRkpez6hk4"));
    String name = "x".repeat(5000);
    String inner = "y".repeat(9000);
    assertThat(tagged(JSON, "{\"%s\":{\"%s\":[1],\"b\":2}}".formatted(name, inner)).tag())
        .isEqualTo(EntityTag.strong("jyLpM48A2ykGK6HwndDZu4fSL-_JrRGAUOHJfqd5SjE"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          {"a":1,"b":2}                   | {"b":2,"a":1}
          {"a":{"x":1,"y":[]},"b":2}      | {"b":2,"a":{"y":[],"x":1}}
          [1,2]                           | ` [ 1 ,\t2 ] `
          "a/b"                           | "a\\/b"
          "\\u00e9"                       | "é"
          "\\ud83d\\ude00"                | "\\uD83D\\uDE00"
          "\\ud83d\\ude00"                | "😀"
          "\\u0022\\u005c\\u0008\\u000c\\u000a\\u000d\\u0009" | "\\"\\\\\\b\\f\\n\\r\\t"
          {"\\u0061":1}                   | {"a":1}
          """)
  void oneStateHasOneTagHoweverItIsSpelled(String one, String two) {
    assertThat(tagged(JSON, one).fallback()).isEmpty();
    assertThat(tagged(JSON, two)).isEqualTo(tagged(JSON, one));
  }

  /** What a parser that works numbers out, or a hash without lengths and kinds, would mix up. */
  @Test
  void noTwoOfTheseAreOneState() {
    List<String> states =
        List.of(
            "9007199254740992",
            "9007199254740993",
            "1",
            "1.0",
            "1.00",
            "1e0",
            "1E0",
            "1e+0",
            "0",
            "-0",
            "0.0",
            "-0.0",
            "1e400",
            "1e401",
            "1e-400",
            "0.1",
            "0.1000000000000000055511151231257827",
            "9".repeat(400),
            "9".repeat(399) + "8",
            "0." + "1".repeat(2000),
            "0." + "1".repeat(1999) + "2",
            "null",
            "\"null\"",
            "true",
            "\"true\"",
            "\"1\"",
            "\"\"",
            "[]",
            "{}",
            "[[]]",
            "[{}]",
            "{\"\":[]}",
            "{\"\":{}}",
            "[null]",
            "[[],[]]",
            "[[[]]]",
            "[\"\"]",
            "[\"\",\"\"]",
            "[[\"\"],\"\"]",
            "[[\"\",\"\"]]",
            "[1,2]",
            "[2,1]",
            "[12]",
            "[[1],2]",
            "[1,[2]]",
            "{\"0\":1,\"1\":2}",
            "[\"1\",\"2\"]",
            "[\"a\",\"b\"]",
            "[\"ab\"]",
            "{\"a\":\"b\"}",
            "{\"a\":null}",
            "{\"b\":\"a\"}",
            "{\"a\":{\"b\":1},\"c\":2}",
            "{\"a\":{\"b\":1,\"c\":2}}",
            "{\"a\":1,\"b\":2}",
            "{\"a\":2,\"b\":1}",
            "\"é\"",
            "\"e\\u0301\"",
            "\"\\u0000\"",
            "\" \"",
            "\"\\\\u0061\"",
            "\"a\"",
            "\"A\"",
            "\"" + "x".repeat(127) + "\"",
            "\"" + "x".repeat(128) + "\"");
    Set<EntityTag> tags = new HashSet<>();
    for (String state : states) {
      assertThat(tagged(JSON, state).fallback()).as(state).isEmpty();
      tags.add(tagged(JSON, state).tag());
    }

    assertThat(tags).hasSameSizeAs(states);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10, 63, 64, 65, 200})
  void manyMembersAreSortedHoweverManyThereAre(int count) {
    StringBuilder up = new StringBuilder("{\"z\":[");
    StringBuilder down = new StringBuilder("{\"a\":0,\"z\":[");
    for (int i = 0; i < 3; i++) {
      up.append(i == 0 ? "" : ",").append('{');
      down.append(i == 0 ? "" : ",").append('{');
      for (int j = 0; j < count; j++) {
        up.append(j == 0 ? "" : ",").append("\"m%d\":%d".formatted(j, i));
        int k = count - 1 - j;
        down.append(j == 0 ? "" : ",").append("\"m%d\":%d".formatted(k, i));
      }
      up.append('}');
      down.append('}');
    }
    Tagged one = tagged(JSON, up.append("],\"a\":0}").toString());

    assertThat(one.fallback()).isEmpty();
    assertThat(tagged(JSON, down.append("]}").toString())).isEqualTo(one);
  }

  @Test
  void limitedByTheBytesOfTheDocument() {
    byte[] json = "{\"name\":\"Ada\"}".getBytes(UTF_8);
    Tagged unlimited = Tagged.of(JSON, json);

    assertThat(Tagged.of(Recipes.json(json.length + 1), json)).isEqualTo(unlimited);
    assertThat(Tagged.of(Recipes.json(json.length), json)).isEqualTo(unlimited);
    for (int limit = 0; limit < json.length; limit++) {
      assertThat(Tagged.of(Recipes.json(limit), json))
          .isEqualTo(new Tagged(bytesTag(json), Optional.of(FormFallback.TOO_LARGE)));
    }
  }

  @Test
  void spaceBehindTheDocumentCountsTowardsTheLimit() {
    assertThat(tagged(Recipes.json(4), "null").fallback()).isEmpty();
    assertThat(tagged(Recipes.json(4), "null ").fallback()).contains(FormFallback.TOO_LARGE);
  }

  /** Two pieces at every place, and three at every two. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\\n\":[-1.5e+3,true,null],\"é\\ud83d\\ude00\":\"\\u00e9😀\"}",
        " -12 ",
        "12",
        "[false , {} ]",
        "{\"a\":1,\"\\u0061\":2}",
        "[01]",
        "\"\\ud83d\\u0061\"",
        "[nul1]",
        "[1]]"
      })
  void whereTheBytesAreSplitDoesNotMatter(String json) {
    byte[] content = json.getBytes(UTF_8);
    Tagged whole = Tagged.of(JSON, content);
    for (int i = 0; i <= content.length; i++) {
      for (int j = i; j <= content.length; j++) {
        assertThat(
                Tagged.of(
                    JSON,
                    Arrays.copyOf(content, i),
                    Arrays.copyOfRange(content, i, j),
                    Arrays.copyOfRange(content, j, content.length)))
            .isEqualTo(whole);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void isThatOfTheDecodedBytesButForTheSuffixOfTheirCoding(Coder coder) {
    byte[] one = "{\"a\":1, \"b\":2}".getBytes(UTF_8);
    byte[] two = "{\"b\":2,\"a\":1}".getBytes(UTF_8);
    byte[] noJson = "{\"b\":2".getBytes(UTF_8);
    Fingerprint coded = new Fingerprint(JSON, coder.coding);
    coded.update(ByteBuffer.wrap(coder.encode(two)));
    Fingerprint codedNoJson = new Fingerprint(JSON, coder.coding);
    codedNoJson.update(ByteBuffer.wrap(coder.encode(noJson)));

    assertThat(coded.tag())
        .contains(EntityTag.strong(Tagged.of(JSON, one).tag().opaque() + coder.suffix));
    assertThat(coded.fallback()).isEmpty();
    assertThat(codedNoJson.tag())
        .contains(EntityTag.strong(bytesTag(noJson).opaque() + coder.suffix));
    assertThat(codedNoJson.fallback()).contains(FormFallback.NOT_JSON);
  }

  /** What is hashed for a document must not be what is hashed for a body of the same bytes. */
  @ParameterizedTest
  @ValueSource(strings = {"{}", "\"x\"", "[1,2]"})
  void noBodyHasTheBytesThatAreHashedForADocument(String json) {
    Recorder canonical = new Recorder();
    Form form = new JsonForm(JSON, () -> canonical);
    form.update(ByteBuffer.wrap(json.getBytes(UTF_8)));
    assertThat(form.finish(1000)).isTrue();
    Recorder bytes = new Recorder();
    Form copy = new BytesForm(bytes);
    copy.update(ByteBuffer.allocate(0));
    copy.update(ByteBuffer.wrap(canonical.all(), 0, 1));
    copy.update(ByteBuffer.wrap(canonical.all(), 1, canonical.all().length - 1));

    assertThat(canonical.all()).startsWith(BytesForm.RESERVED, 1);
    assertThat(bytes.all()).startsWith(BytesForm.RESERVED, 0).endsWith(canonical.all());
    assertThat(bytes.all()).hasSize(canonical.all().length + 2);
  }
}
