package dev.ifmatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldListTest {
  private final FieldList fields =
      FieldList.of("Host", "a", "Accept", "text/plain", "HOST", "b", "X-Empty", "");

  @Test
  void namesAreComparedWithoutCase() {
    assertThat(fields.first("hOsT")).contains("a");
    assertThat(fields.all("host")).containsExactly("a", "b");
    assertThat(fields.has("ACCEPT")).isTrue();
  }

  @Test
  void whatIsNotThereIsEmpty() {
    assertThat(fields.first("Hos")).isEmpty();
    assertThat(fields.all("Hos")).isEmpty();
    assertThat(fields.has("Hos")).isFalse();
    assertThat(fields.members("Hos")).isEmpty();
    assertThat(fields.has("x-empty")).isTrue();
    assertThat(fields.first("x-empty")).contains("");
  }

  @Test
  void visitsTheLinesInOrderAsTheyWereSpelled() {
    assertThat(linesOf(fields))
        .containsExactly(
            new Field("Host", "a"),
            new Field("Accept", "text/plain"),
            new Field("HOST", "b"),
            new Field("X-Empty", ""));
  }

  @Test
  void settingPutsOneLineInPlaceOfAll() {
    fields.set("host", "c");

    assertThat(fields.all("Host")).containsExactly("c");
    assertThat(fields.all("Accept")).containsExactly("text/plain");
  }

  @Test
  void addingKeepsWhatIsThere() {
    fields.add("host", "c");

    assertThat(fields.all("Host")).containsExactly("a", "b", "c");
  }

  @Test
  void removingTakesOffAllOfThatNameAlone() {
    fields.remove("host");

    assertThat(linesOf(fields))
        .containsExactly(new Field("Accept", "text/plain"), new Field("X-Empty", ""));
  }

  @Test
  void aCopyIsIndependent() {
    FieldList copy = fields.copy();
    copy.remove("Host");
    fields.add("Accept", "text/html");

    assertThat(copy.has("Host")).isFalse();
    assertThat(copy.all("Accept")).containsExactly("text/plain");
    assertThat(fields.all("Host")).containsExactly("a", "b");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      textBlock =
          """
          # value                   | its members
          a                         | a
          'a, b,c'                  | a;b;c
          ' a ,\t, b ,'             | a;b
          ''                        | ''
          ', ,'                     | ''
          'a="1,2", b'              | a="1,2";b
          'a="1\\",2", b'           | a="1\\",2";b
          'a="1\\\\", b'            | a="1\\\\";b
          'a="open, b'              | a="open, b
          'a="open\\'               | a="open\\
          'a\\, b'                  | a\\;b
          '\013a, b\001'             | '\013a;b\001'
          """)
  void membersAreSplitAtCommasOutsideQuotes(String value, String members) {
    List<String> expected = members.isEmpty() ? List.of() : List.of(members.split(";", -1));

    assertThat(FieldList.of("A", value).members("a")).isEqualTo(expected);
  }

  @Test
  void membersAreThoseOfAllLines() {
    assertThat(FieldList.of("A", "1, 2", "B", "x", "a", "3").members("A"))
        .containsExactly("1", "2", "3");
  }

  @Property
  void splittingKeepsAllButCommasAndBlanks(
      @ForAll @Chars({'"', '\\', ',', ' '}) @CharRange(from = 'a', to = 'c') String value) {
    String kept = String.join("", FieldList.members(List.of(value)));

    assertThat(kept.replaceAll("[, ]", "")).isEqualTo(value.replaceAll("[, ]", ""));
  }

  private static List<Field> linesOf(Fields fields) {
    List<Field> lines = new ArrayList<>();
    fields.forEach(lines::add);
    return lines;
  }
}
