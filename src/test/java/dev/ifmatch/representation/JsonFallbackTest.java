package dev.ifmatch.representation;

import static dev.ifmatch.representation.Recipes.JSON;
import static dev.ifmatch.representation.Recipes.bytesTag;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.representation.Recipes.Tagged;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not taken as JSON is tagged by its bytes. */
class JsonFallbackTest {

  private static final String NO_JSON =
      """
      x   nul   nulll   null null   nUll   True   NULL   undefined   NaN   -NaN   Infinity   -Infinity
      'a'   "a   a"   "a"b   "\\"   "\\x"   "\\a"   "\\'"   "\\u"   "\\u12"   "\\u12g4"   "\\U0041"
      "\\u 041"   "\\u+041"   01   -01   00   -   +1   1.   .5   -.5   1.e5   1e   1e+   1E-   1e5.5
      1.2.3   0x10   1_000   1-   --1   1+1   1e5e5   1e++5   -e5   1d   1,   e   e5   .   -.
      [1   1]   [1,]   [,1]   [,]   [1,,2]   [1 2]   [1:2]   [1}   {1]   [}   {]   [   ]   {   }
      [[]   []]   {"a"}   {"a":}   {"a":1   {"a":1,}   {,}   {,"a":1}   {:1}   {a:1}   {1:1}
      {null:1}   {'a':1}   {"a" 1}   {"a",1}   {"a"::1}   {"a":1 "b":2}   {"a":1;"b":2}   {"a":1}}
      {"a":1}{"b":2}   {"a":1} {"b":2}   1 2   [1][2]   // c   1 // c   /* c */ 1   [1 /* c */]
      # c   1;   [\\n]   [\\u0031]   [nu\\u006cl]   {"a":1}x   (1)   <a/>   a=1&b=2   {"a":tru}
      [truefalse]   [1true]   ["a""b"]   ,   :   "a":1   ["a":1]   {"a":1,2}   {{}}   {[]}   {"a":{]}
      """;

  private static final String JSON_TEXTS =
      """
      0   -0   10   1.5   -1.50   1e5   1E+05   1.0e-0   "\\u007f"   "/"   "\\/"   "\\u0000"   ""
      [ ]   { }   [[],{}]   {"":0}   {"a":1,"A":2}   {"é":1,"e\u0301":2}   {"a":{"a":{"a":1}}}
      [{"a":1},{"a":1}]   null   true   false   "null"   [1 , 2]   { "a" : 1 , "b" : 2 }
      """;

  static Stream<String> noJson() {
    return Stream.concat(
        Arrays.stream(NO_JSON.split("   |\n")),
        Stream.of(
            "",
            " ",
            "\n",
            "\"\t\"",
            "\"\n\"",
            "\"\u0000\"",
            "\"\u001f\"",
            "1\u0000",
            "\f1",
            "1\u000b",
            "{\"a\nb\":1}",
            "\u00a01",
            "1\u00a0",
            "\u20281",
            "\ufeff1",
            "\ufeff{}",
            "1\ufeff",
            "[1]\ufeff",
            "// c\n1",
            "# c\n1"));
  }

  static Stream<String> json() {
    return Stream.concat(
        Arrays.stream(JSON_TEXTS.split("   |\n")),
        Stream.of(" 1 ", "\t1\r\n", "\"\u007f\"", "\"\ufeff\"", "\"\uffff\"", "\"\u2028\""));
  }

  @ParameterizedTest
  @MethodSource("noJson")
  void textThatIsNoJson(String text) {
    assertFallsBack(text.getBytes(UTF_8), FormFallback.NOT_JSON);
  }

  @ParameterizedTest
  @MethodSource("json")
  void textThatIsJson(String text) {
    assertThat(Tagged.of(JSON, text.getBytes(UTF_8)).fallback()).isEmpty();
  }

  /** Around the marks go a string's quotes, a name's, and those of a value that is ignored. */
  @ParameterizedTest
  @CsvSource({
    "80, a continuation alone",
    "bf, a continuation alone",
    "c3, cut off",
    "c328, without its continuation",
    "c3c3a9, without its continuation",
    "c080, overlong NUL",
    "c1bf, overlong DEL",
    "c0af, overlong slash",
    "e08080, overlong NUL of three bytes",
    "e09fbf, overlong U+07FF",
    "e282, cut off",
    "e28228, without its second continuation",
    "eda080, high surrogate",
    "edafbf, high surrogate",
    "edb080, low surrogate",
    "edbfbf, low surrogate",
    "eda0bdedb880, a pair of surrogates (CESU-8)",
    "f0808080, overlong NUL of four bytes",
    "f08fbfbf, overlong U+FFFF",
    "f09f98, cut off",
    "f09f9828, without its third continuation",
    "f0289fbf, without its first continuation",
    "f4908080, above U+10FFFF",
    "f5808080, above U+10FFFF",
    "f888808080, five bytes",
    "fc8480808080, six bytes",
    "fe, no UTF-8 at all",
    "ff, no UTF-8 at all",
  })
  void badUtf8(String hex, String what) {
    String mark = new String(HexFormat.of().parseHex(hex), ISO_8859_1);
    String[] documents = {
      "\"%s\"",
      "[\"ok\",\"abcdefgh%sabcdefgh\"]",
      "{\"%s\":1}",
      "{\"a\":{\"b\":\"%s\"},\"c\":1}",
      "%s"
    };
    for (String document : documents) {
      byte[] content = document.formatted(mark).getBytes(ISO_8859_1);
      assertFallsBack(content, FormFallback.NOT_JSON);
      assertThat(Tagged.of(Recipes.ignoring("/a"), content).fallback())
          .as(what)
          .contains(FormFallback.NOT_JSON);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\ud800",
        "\\udbff",
        "\\udc00",
        "\\udfff",
        "\\ud800\\ud800",
        "\\udc00\\ud800",
        "\\ud800x",
        "\\ud800\\n",
        "\\ud800\\u0041",
        "\\ud800\\",
        "x\\ud800",
        "\\ud83d\\ude00\\ud83d",
        "\\uD800\\udbff",
        "\\ud83d\\ue000",
        "\\ud83d\\udbff"
      })
  void aLoneSurrogate(String escaped) {
    assertFallsBack("\"%s\"".formatted(escaped).getBytes(UTF_8), FormFallback.NOT_JSON);
    assertFallsBack("{\"%s\":1}".formatted(escaped).getBytes(UTF_8), FormFallback.NOT_JSON);
    assertFallsBack("[\"%s\",1]".formatted(escaped).getBytes(UTF_8), FormFallback.NOT_JSON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE"})
  void anotherEncoding(String charset) {
    assertFallsBack("{\"a\":1}".getBytes(Charset.forName(charset)), FormFallback.NOT_JSON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":1}",
        "{\"a\":1,\"b\":2,\"a\":3}",
        "{\"\":1,\"\":2}",
        "[{\"a\":1,\"a\":2}]",
        "{\"a\":{\"b\":{\"c\":1,\"c\":2}}}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"\\n\":1,\"\\u000a\":2}",
        "{\"é\":1,\"\\u00e9\":2}",
        "{\"😀\":1,\"\\ud83d\\ude00\":2}",
        "{\"x\":0,\"a\":1,\"a\":2",
        "[{\"a\":1,\"b\":2},{\"a\":1,\"b\":2},{\"a\":1,\"a\":2}]",
        "{\"a very long name of a member\":1,\"b\":2,\"a very long name of a member\":3}"
      })
  void aNameTwiceInOneObject(String text) {
    boolean closed = text.endsWith("}") || text.endsWith("]");
    assertFallsBack(
        text.getBytes(UTF_8), closed ? FormFallback.DUPLICATE_NAME : FormFallback.NOT_JSON);
    if (closed) {
      assertThat(Tagged.of(Recipes.ignoring("/a", "/x"), text.getBytes(UTF_8)).fallback())
          .contains(FormFallback.DUPLICATE_NAME);
    }
  }

  @Test
  void nestedTooDeeply() {
    int most = JsonScanner.MAX_DEPTH;
    String objects = "{\"a\":".repeat(most);
    assertThat(Tagged.of(JSON, nested(most)).fallback()).isEmpty();
    assertThat(Tagged.of(JSON, (objects + "1" + "}".repeat(most)).getBytes(UTF_8)).fallback())
        .isEmpty();
    assertFallsBack(nested(most + 1), FormFallback.TOO_DEEP);
    assertFallsBack((objects + "{}" + "}".repeat(most)).getBytes(UTF_8), FormFallback.TOO_DEEP);
    assertFallsBack("[".repeat(60_000).getBytes(UTF_8), FormFallback.TOO_DEEP);
    assertFallsBack(("[" + "[],".repeat(9_000) + "[1").getBytes(UTF_8), FormFallback.NOT_JSON);
  }

  private static byte[] nested(int depth) {
    return ("[".repeat(depth) + "]".repeat(depth)).getBytes(UTF_8);
  }

  private static void assertFallsBack(byte[] content, FormFallback why) {
    assertThat(Tagged.of(JSON, content))
        .as(new String(content, UTF_8))
        .isEqualTo(new Tagged(bytesTag(content), Optional.of(why)));
  }
}
