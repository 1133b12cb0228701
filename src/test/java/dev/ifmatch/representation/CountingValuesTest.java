package dev.ifmatch.representation;

import static dev.ifmatch.representation.Recipes.bytesTag;
import static dev.ifmatch.representation.Recipes.ignoring;
import static dev.ifmatch.representation.Recipes.including;
import static dev.ifmatch.representation.Recipes.tagged;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.representation.Recipes.Tagged;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which values count under pointers that include or ignore some. */
class CountingValuesTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          # ignored       | one state                      | the other                      | same tag
          /a              | {"a":1,"b":2}                  | {"a":[{"x":3}],"b":2}          | true
          /a              | {"a":1,"b":2}                  | {"b":2}                        | true
          /a              | {"a":1,"b":2}                  | {"a":1,"b":3}                  | false
          /a              | {"a":1}                        | {}                             | true
          /a              | {"c":{"a":1}}                  | {"c":{"a":2}}                  | false
          /a              | {"a":1}                        | []                             | false
          /a/b            | {"a":{"b":1}}                  | {"a":{}}                       | true
          /a/b            | {"a":{"b":1}}                  | {"a":[]}                       | false
          /a/b            | {"a":{"b":1}}                  | {}                             | false
          /a/b            | {"a":{"b":{"c":1},"d":1}}      | {"a":{"b":{"c":2},"d":1}}      | true
          /0              | [1,2]                          | [3,2]                          | true
          /0              | [1,2]                          | [2]                            | false
          /0              | [1,2]                          | [1,3]                          | false
          /0              | {"0":1,"b":2}                  | {"0":2,"b":2}                  | true
          /1              | [1,2,3]                        | [1,{"x":[]},3]                 | true
          /1              | [1,2]                          | [1]                            | false
          /01             | [1,2]                          | [1,3]                          | false
          /10             | [0,1,2,3,4,5,6,7,8,9,10,11]    | [0,1,2,3,4,5,6,7,8,9,0,11]     | true
          /-              | [1,2]                          | [1,3]                          | false
          /1000000000     | {"1000000000":1}               | {"1000000000":2}               | true
          /*              | [1,2]                          | [3,4]                          | true
          /*              | [1,2]                          | [3]                            | false
          /*              | {"a":1}                        | {"b":2,"c":3}                  | true
          /*              | {"a":1}                        | []                             | false
          /*/at           | [{"at":1,"x":1},{"at":2}]      | [{"at":3,"x":1},{}]            | true
          /*/at           | {"a":{"at":1},"b":[1]}         | {"a":{"at":2},"b":[1]}         | true
          /*/at           | [{"at":1,"x":1}]               | [{"at":1,"x":2}]               | false
          /*/*            | {"a":{"b":1},"c":[1]}          | {"a":{"d":1},"c":[2]}          | true
          /a/*/b          | {"a":[{"b":1},{"b":2}]}        | {"a":[{"b":3},{"b":4}]}        | true
          /a/*/b          | {"a":{"b":1}}                  | {"a":{"b":2}}                  | false
          /a~1b           | {"a/b":1}                      | {"a/b":2}                      | true
          /m~0n           | {"m~n":1}                      | {"m~n":2}                      | true
          /               | {"":1,"a":1}                   | {"":2,"a":1}                   | true
          /é              | {"\\u00e9":1}                  | {"é":2}                        | true
          /\ud83d\ude00   | {"\\ud83d\\ude00":1}           | {"😀":2}                       | true
          /ab             | {"a":1}                        | {"a":2}                        | false
          /a              | {"ab":1}                       | {"ab":2}                       | false
          """)
  void ignored(String pointer, String one, String other, boolean same) {
    TagRecipe recipe = ignoring(pointer);

    assertThat(tagged(recipe, one).fallback()).isEmpty();
    assertThat(tagged(recipe, other).fallback()).isEmpty();
    assertThat(tagged(recipe, one).equals(tagged(recipe, other))).isEqualTo(same);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          # included | one state                        | the other                          | same tag
          /a         | {"a":1,"b":2}                    | {"b":3,"c":4,"a":1}                | true
          /a         | {"a":1,"b":2}                    | {"a":2,"b":2}                      | false
          /a         | {"a":{"x":1}}                    | {"a":{"x":1,"y":2}}                | false
          /a         | {"a":[1]}                        | {"a":[1,2]}                        | false
          /a/b       | {"a":{"b":1,"c":1}}              | {"a":{"b":1},"c":1}                | true
          /a/b       | {"a":{"b":1}}                    | {"a":{"b":2}}                      | false
          /0         | [1,2]                            | [1,3,4]                            | true
          /0         | [1,2]                            | {"0":1}                            | false
          /1         | [1,2]                            | [3,2]                              | true
          /1         | [1,2]                            | [1,3]                              | false
          /*/id      | [{"id":1,"x":1},{"id":2}]        | [{"id":1},{"id":2,"x":2},{"x":3}]  | true
          /*/id      | [{"id":1},{"id":2}]              | [{"id":2},{"id":1}]                | false
          /*/id      | [{"id":1},{}]                    | [{},{"id":1}]                      | false
          /*/id      | [{"id":1}]                       | [{"id":1},{"id":2}]                | false
          /*         | {"a":1}                          | {"a":1,"b":2}                      | false
          /*/*/id    | {"a":[{"id":1}],"b":[{"id":2}]}  | {"a":[{"id":2}],"b":[{"id":1}]}    | false
          /*/*/id    | {"a":[{"id":1}],"b":[]}          | {"a":[{"id":1,"x":1}]}             | true
          """)
  void included(String pointer, String one, String other, boolean same) {
    TagRecipe recipe = including(pointer);

    assertThat(tagged(recipe, one).fallback()).isEmpty();
    assertThat(tagged(recipe, other).fallback()).isEmpty();
    assertThat(tagged(recipe, one).equals(tagged(recipe, other))).isEqualTo(same);
  }

  @Test
  void whatIsIncludedStandsAtItsPlace() {
    TagRecipe recipe = including("/a", "/b", "/c/d");

    assertThat(tagged(recipe, "{\"a\":1}")).isNotEqualTo(tagged(recipe, "{\"b\":1}"));
    assertThat(tagged(recipe, "{\"c\":{\"d\":1}}")).isNotEqualTo(tagged(recipe, "{\"a\":1}"));
    assertThat(tagged(recipe, "{\"a\":1,\"c\":{\"x\":1}}"))
        .isEqualTo(tagged(recipe, "{\"a\":1,\"c\":2}"));
  }

  @Test
  void ignoreWinsOverInclude() {
    TagRecipe recipe =
        Recipes.json(
            List.of(PointerPattern.parse("/a"), PointerPattern.parse("/b")),
            List.of(PointerPattern.parse("/a/x"), PointerPattern.parse("/b")));

    assertThat(tagged(recipe, "{\"a\":{\"x\":1,\"y\":1},\"b\":1}"))
        .isEqualTo(tagged(recipe, "{\"a\":{\"y\":1},\"b\":2}"))
        .isNotEqualTo(tagged(recipe, "{\"a\":{\"y\":2},\"b\":1}"));
    assertThat(tagged(recipe, "{\"b\":1}").fallback()).contains(FormFallback.NOTHING_INCLUDED);
  }

  /** Else all such documents would have one tag. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "1",
        "null",
        "{\"b\":{\"a\":1}}",
        "{\"items\":[]}",
        "{\"items\":{}}",
        "{\"items\":[{\"x\":1},[],1]}",
        "{\"A\":1}"
      })
  void aDocumentWithNothingThatIsIncludedCountsAsBytes(String json) {
    TagRecipe recipe = including("/a", "/items/*/id", "/items/0/1");

    assertThat(tagged(recipe, json))
        .isEqualTo(
            new Tagged(bytesTag(json.getBytes(UTF_8)), Optional.of(FormFallback.NOTHING_INCLUDED)));
  }

  @Test
  void aDocumentThatIsIgnoredAltogetherCountsAsBytes() {
    TagRecipe recipe = Recipes.json(List.of(), List.of(new PointerPattern(List.of())));

    assertThat(tagged(recipe, "{}").fallback()).contains(FormFallback.NOTHING_INCLUDED);
  }

  @Test
  void aDocumentThatIsIncludedAltogetherCountsAsItself() {
    TagRecipe recipe = Recipes.json(List.of(new PointerPattern(List.of())), List.of());

    assertThat(tagged(recipe, "{\"a\":[1]}")).isEqualTo(tagged(Recipes.JSON, "{\"a\":[1]}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":tru,\"b\":1}", "{\"a\":[1,],\"b\":1}", "{\"a\":01,\"b\":1}"})
  void whatIsIgnoredMustBeJsonToo(String text) {
    assertThat(tagged(ignoring("/a"), text).fallback()).contains(FormFallback.NOT_JSON);
  }

  @Test
  void pointersDoNotTouchBytes() {
    TagRecipe json = ignoring("/a");
    TagRecipe bytes =
        new TagRecipe(
            TagForm.BYTES,
            json.hash(),
            json.salt(),
            json.include(),
            json.ignore(),
            json.strength(),
            json.maxJsonBytes());

    assertThat(tagged(bytes, "{\"a\":1}").tag()).isEqualTo(bytesTag("{\"a\":1}".getBytes(UTF_8)));
  }
}
