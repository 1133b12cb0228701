package dev.ifmatch.representation;

import static dev.ifmatch.representation.Recipes.JSON;
import static dev.ifmatch.representation.Recipes.ignoring;
import static dev.ifmatch.representation.Recipes.including;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonChangesTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          # base                         | now                              | what is told, ROOT for the document
          {"a":1}                        | {"a":1}                          | NOTHING
          {"a":1,"b":2}                  | { "b" : 2, "\\u0061" : 1 }       | NOTHING
          {"a":1}                        | {"a":2}                          | /a
          {"a":1}                        | {"a":1.0}                        | /a
          {"a":1}                        | {"a":"1"}                        | /a
          {"a":null}                     | {"a":false}                      | /a
          {"a":1}                        | {"a":1,"b":2}                    | /b
          {"a":1,"b":2}                  | {"a":1}                          | ROOT
          {"a":1,"b":2}                  | {"a":2}                          | ROOT /a
          {"a":1}                        | {"b":1}                          | ROOT /b
          {"x":{"a":1,"b":2}}            | {"x":{"a":1}}                    | /x
          {"x":{"a":1,"b":2},"y":1}      | {"y":2,"x":{"a":3}}              | /y /x /x/a
          {"x":{"a":{"b":1}}}            | {"x":{"a":{"b":2}}}              | /x/a/b
          {"x":{"a":1}}                  | {"x":[1]}                        | /x
          {"x":{}}                       | {"x":[]}                         | /x
          {"z":1,"a":1,"m":1}            | {"m":2,"z":2,"a":2}              | /m /z /a
          [1,2,3]                        | [1,5,3]                          | /1
          [1,2,3]                        | [3,2,1]                          | /0 /2
          [1,2]                          | [1,2,3]                          | ROOT
          {"x":[1,2]}                    | {"x":[3]}                        | /x
          {"x":[{"a":1},{"a":2}]}        | {"x":[{"a":1},{"a":3,"b":1}]}    | /x/1/a /x/1/b
          1                              | 2                                | ROOT
          {}                             | []                               | ROOT
          {"a/b":1,"m~n":1,"":1,"é":1}   | {"a/b":2,"m~n":2,"":2,"é":2}     | /a~1b /m~0n / /é
          {"x\\ny":1}                    | {"x\\u000ay":2}                  | `/x\ny`
          """)
  void tellsWhereTheNewStateIsNotTheOldOne(String base, String now, String told) {
    assertThat(between(base, now, JSON)).contains(pointers(told));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          # ignored | base                         | now                            | what is told
          /a        | {"a":1,"b":1}                | {"a":2,"b":1}                  | NOTHING
          /a        | {"a":1,"b":1}                | {"b":1}                        | NOTHING
          /a        | {"b":1}                      | {"a":1,"b":2}                  | /b
          /*/a      | [{"a":1},{"b":1}]            | [{"a":2},{"b":2,"a":3}]        | /1/b
          /0        | [1,2]                        | [3,4]                          | /1
          /0        | [1,2]                        | [3]                            | ROOT
          /a/b      | {"a":{"b":1}}                | {"a":1}                        | /a
          """)
  void doesNotTellWhatIsIgnored(String ignored, String base, String now, String told) {
    assertThat(between(base, now, ignoring(ignored))).contains(pointers(told));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          # included | base                         | now                                | what is told
          /a         | {"a":1,"b":1}                | {"a":1,"b":2,"c":3}                | NOTHING
          /a         | {"a":1,"b":1}                | {"b":2,"a":3}                      | /a
          /a         | {"a":1}                      | {"b":1}                            | ROOT
          /a         | {"b":1}                      | {"a":1}                            | ROOT
          /a         | {"b":1}                      | {"b":2}                            | NOTHING
          /*/id      | [{"id":1,"x":1},{"x":1}]     | [{"id":1,"x":2},{"x":2},{"x":3}]   | NOTHING
          /*/id      | [{"id":1},{"id":2}]          | [{"id":1},{"id":3}]                | /1/id
          /*/id      | [{"id":1}]                   | [{"id":1},{"x":1},{"id":2}]        | /2
          /*/id      | [{"id":1},{"id":2}]          | [{"id":1}]                         | ROOT
          /*/id      | [{"id":1},{"id":2}]          | [{"id":1},{"x":2}]                 | ROOT
          /*/id      | [{"x":1},{"id":2}]           | [{"id":1},{"x":2}]                 | ROOT /0
          /*/id      | {"a":{"id":1},"b":{"id":1}}  | {"a":{"id":1},"b":{"x":1}}         | ROOT
          """)
  void tellsOnlyWhatIsIncluded(String included, String base, String now, String told) {
    assertThat(between(base, now, including(included))).contains(pointers(told));
  }

  @Test
  void tellsTheFirstHundred() {
    List<String> expected = new ArrayList<>();
    StringBuilder base = new StringBuilder("[[");
    StringBuilder now = new StringBuilder("[[");
    for (int i = 0; i < 120; i++) {
      base.append("0,");
      now.append(i % 2 == 0 || i > 110 ? "1," : "0,");
      if (i % 2 == 0 || i > 110) {
        expected.add("/0/" + i);
      }
    }
    String more = "0".repeat(60).replace("0", "{\"a\":0},");
    String state = now + "1]," + more.replace('0', '1') + "1]";

    List<String> told = between(base + "0]," + more + "0]", state, JSON).orElseThrow();

    assertThat(told).hasSize(JsonChanges.MAX_POINTERS).startsWith(expected.toArray(new String[0]));
    assertThat(told.get(expected.size())).isEqualTo("/0/120");
    assertThat(told.get(99)).isEqualTo("/" + (99 - expected.size()) + "/a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"a\":1,\"a\":1}", "[1]x", "\"\\ud800\"", "{\"a\":\"\u00e9"})
  void tellsNothingWhereOneIsNoJson(String text) {
    assertThat(between(text, "{}", JSON)).isEmpty();
    assertThat(between("{}", text, JSON)).isEmpty();
  }

  @Test
  void tellsNothingWhereOneIsTooLarge() {
    TagRecipe recipe = Recipes.json(3);

    assertThat(between("[1]", "[2]", recipe)).contains(List.of("/0"));
    assertThat(between("[1]", "[22]", recipe)).isEmpty();
    assertThat(between("[11]", "[2]", recipe)).isEmpty();
    assertThat(between("[1]", "[2] ", recipe)).isEmpty();
  }

  private static Optional<List<String>> between(String base, String now, TagRecipe recipe) {
    return JsonChanges.between(base.getBytes(UTF_8), now.getBytes(UTF_8), recipe);
  }

  private static List<String> pointers(String told) {
    return told.equals("NOTHING")
        ? List.of()
        : Arrays.stream(told.split(" ")).map(it -> it.equals("ROOT") ? "" : it).toList();
  }
}
