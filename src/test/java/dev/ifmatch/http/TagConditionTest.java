package dev.ifmatch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagConditionTest {

  @ParameterizedTest
  @ValueSource(strings = {"*", " * ", "\t*"})
  void anAsteriskAloneIsAny(String value) {
    assertThat(TagCondition.parse(List.of(value))).isEqualTo(new TagCondition.Any());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      textBlock =
          """
          # value                | the tags, as they print
          "a"                    | "a"
          W/"a"                  | W/"a"
          ""                     | ""
          '"a", "b"'             | '"a", "b"'
          '"a","b"'              | '"a", "b"'
          '  "a" \t,\t W/"b"  '  | '"a", W/"b"'
          '"a,b", "c"'           | '"a,b", "c"'
          "*"                    | "*"
          '"*", "a"'             | '"*", "a"'
          ',"a",, ,"b",'         | '"a", "b"'
          '"a\\", "b"'           | '"a\\", "b"'
          """)
  void aListIsReadInItsOrder(String value, String tags) {
    assertThat(TagCondition.parse(List.of(value)))
        .isInstanceOf(TagCondition.OneOf.class)
        .hasToString(tags);
  }

  @Test
  void severalFieldLinesAreOneList() {
    assertThat(TagCondition.parse(List.of("\"a\"", " W/\"b\" , \"c\"", "", "\"d\"")))
        .hasToString("\"a\", W/\"b\", \"c\", \"d\"");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      textBlock =
          """
          ''               | holds no entity-tag
          ' '              | holds no entity-tag
          ','              | holds no entity-tag
          ' , , '          | holds no entity-tag
          '*, "a"'         | stands alone
          '"a", *'         | stands alone
          *,               | stands alone
          **               | stands alone
          '"a" *'          | separated by commas
          '"a" "b"'        | separated by commas
          "a""b"           | separated by commas
          "a"b             | separated by commas
          '"a" W/"b"'      | separated by commas
          a                | written in double quotes
          'a, "b"'         | written in double quotes
          '"a", b'         | written in double quotes
          'w/"a"'          | written in double quotes
          "a               | closing quote is missing
          '"a", "b'        | closing quote is missing
          '"a, "b"'        | character 0x20
          '"a b"'          | character 0x20
          """)
  void whatIsMalformedIsRefusedAndSaysWhy(String value, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TagCondition.parse(List.of(value)))
        .withMessageContaining(why);
  }

  @Test
  void anAsteriskInOneOfSeveralLinesIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TagCondition.parse(List.of("*", "\"a\"")))
        .withMessageContaining("stands alone");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TagCondition.parse(List.of("*", "*")))
        .withMessageContaining("stands alone");
  }

  @Test
  void aTagThatIsCutInTwoLinesIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TagCondition.parse(List.of("\"a\", \"b", "\"c\"")));
  }

  @Test
  void keepsAListOfItsOwn() {
    List<EntityTag> tags = new ArrayList<>(List.of(EntityTag.strong("a")));
    TagCondition.OneOf condition = new TagCondition.OneOf(tags);
    tags.clear();

    assertThat(condition.tags()).containsExactly(EntityTag.strong("a"));
  }
}
