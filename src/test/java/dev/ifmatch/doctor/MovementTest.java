package dev.ifmatch.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Readings of one document, separated by slashes, and the places where they differ. */
class MovementTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":1}                     ; {"a":1}                                   | nothing
          {"a":1,"b":[2,{"c":3}]}     ; {"b":[2,{"c":3}],"a":1}                   | nothing
          {"a":1,"b":2}               ; {"a":1,"b":3}                             | /b
          {"a":1,"b":2}               ; {"a":1,"b":2}           ; {"a":1,"b":3}   | /b
          {"a":1.0}                   ; {"a":1}                                   | /a
          {"a":"1"}                   ; {"a":1}                                   | /a
          {"a":null}                  ; {}                                        | /a
          {"a":{"b":{"c":1}}}         ; {"a":{"b":{"c":2}}}                       | /a/b/c
          {"a":{"b":1}}               ; {"a":[1]}                                 | /a
          {"a/b":1,"c~d":1}           ; {"a/b":2,"c~d":2}                         | /a~1b /c~0d
          1                           ; 2                                         | the whole
          [1]                         ; {"a":1}                                   | the whole
          {"a":[{"x":1},{"x":1}]}     ; {"a":[{"x":2},{"x":2}]}                   | /a/*/x
          {"a":[{"x":1},{"x":1}]}     ; {"a":[{"x":1},{"x":2}]}                   | /a/1/x
          {"a":[{"x":1}]}             ; {"a":[{"x":2}]}                           | /a/*/x
          {"a":[[1,1],[1,1]]}         ; {"a":[[2,1],[3,1]]}                       | /a/*/0
          {"a":[[1,1],[1,1]]}         ; {"a":[[2,3],[4,5]]}                       | /a/*/*
          {"a":[1,2]}                 ; {"a":[1,2,3]}                             | /a
          {"a":[1,2,3]}               ; {"a":[3,1,2]}                             | order of /a
          [1,1,2]                     ; [1,2,1]                                   | order of the whole
          [1,1,2]                     ; [1,2,2]                                   | /1
          {"a":[{"k":1,"t":5},{"k":2,"t":6}]} ; {"a":[{"k":2,"t":7},{"k":1,"t":8}]} | order of /a
          {"a":[{"k":1,"t":5},{"k":2,"t":6}]} ; {"a":[{"k":1,"t":6},{"k":2,"t":5}]} | /a/*/t
          {"a":[{"k":1,"t":5},2]}     ; {"a":[{"k":1,"t":6},2]}                   | /a/0/t
          {"s":{"p":1,"q":2}}         ; {"s":{"r":1,"t":2}}                       | /s
          {"s":{"p":1,"q":2}}         ; {"s":{"p":1,"r":2}}                       | /s/q /s/r
          """)
  void theSmallestPlaceThatHoldsTheChangeIsNamed(String readings, String places) {
    assertThat(
            Movement.between(documents(readings.split(";", -1))).stream()
                .map(MovementTest::place)
                .collect(Collectors.joining(" ")))
        .isEqualTo(places.equals("nothing") ? "" : places);
  }

  private static String place(Movement movement) {
    String pointer = movement.tokens().isEmpty() ? "the whole" : movement.pointer().toString();
    return movement.order() ? "order of " + pointer : pointer;
  }

  @Test
  void itSaysWhatStoodThere() {
    List<Movement> found =
        Movement.between(documents("{\"a\":\"x\",\"b\":[1]}", "{\"a\":2.50,\"b\":[1,2]}"));

    assertThat(found)
        .extracting(Movement::values)
        .containsExactly(List.of("\"x\"", "2.50"), List.of("[1 elements]", "[2 elements]"));
  }

  @ParameterizedTest
  @CsvSource({"/a, 1", "/b, 3", "/b/*/x, 2", "/b/1/x, 1", "/c, 0"})
  void itKnowsHowMuchOfADocumentItIs(String pointer, int size) {
    List<String> tokens = List.of(pointer.substring(1).split("/", -1));
    JsonValue document = documents("{\"a\":1,\"b\":[{\"x\":1},{\"x\":2,\"y\":3}]}").get(0);

    assertThat(new Movement(tokens, false, List.of()).sizeIn(document)).isEqualTo(size);
    assertThat(document.size()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{", "{\"a\":1} x", "<a/>", "{'a':1}"})
  void whatIsNoJsonIsNotTakenForIt(String text) {
    assertThat(JsonValue.parse(text.getBytes(UTF_8))).isEmpty();
  }

  @Test
  void norIsWhatIsNestedWithoutEnd() {
    assertThat(JsonValue.parse("[".repeat(100_000).getBytes(UTF_8))).isEmpty();
  }

  private static List<JsonValue> documents(String... texts) {
    return Arrays.stream(texts)
        .map(text -> JsonValue.parse(text.getBytes(UTF_8)).orElseThrow())
        .toList();
  }
}
