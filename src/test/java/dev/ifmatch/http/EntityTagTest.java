package dev.ifmatch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertAll;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagTest {

  /** The table of RFC 9110 §8.8.3.2, word for word. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      textBlock =
          """
          # ETag 1 | ETag 2 | Strong Comparison | Weak Comparison
          W/"1"    | W/"1"  | no match          | match
          W/"1"    | W/"2"  | no match          | no match
          W/"1"    | "1"    | no match          | match
          "1"      | "1"    | match             | match
          """,
      delimiter = '|')
  void comparesAsTheStandardsTableSays(String one, String two, String strongly, String weakly) {
    EntityTag first = EntityTag.parse(one);
    EntityTag second = EntityTag.parse(two);

    assertAll(
        () -> assertThat(first.matchesStrongly(second)).isEqualTo(strongly.equals("match")),
        () -> assertThat(second.matchesStrongly(first)).isEqualTo(strongly.equals("match")),
        () -> assertThat(first.matchesWeakly(second)).isEqualTo(weakly.equals("match")),
        () -> assertThat(second.matchesWeakly(first)).isEqualTo(weakly.equals("match")));
  }

  @Test
  void strongTagsOfDifferentTextDoNotMatch() {
    assertThat(EntityTag.strong("1").matchesStrongly(EntityTag.strong("2"))).isFalse();
    assertThat(EntityTag.strong("a").matchesStrongly(EntityTag.strong("A"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      textBlock =
          """
          "xyzzy"     | false | xyzzy
          W/"xyzzy"   | true  | xyzzy
          ""          | false | ''
          W/""        | true  | ''
          "W/"        | false | W/
          "*"         | false | *
          "a,b"       | false | a,b
          "a\\b"      | false | a\\b
          "!#~"       | false | !#~
          "\u0080ÿé"  | false | \u0080ÿé
          """)
  void readsAndPrints(String text, boolean weak, String opaque) {
    assertThat(EntityTag.parse(text)).isEqualTo(new EntityTag(weak, opaque)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      textBlock =
          """
          xyzzy         | written in double quotes
          ''            | written in double quotes
          *             | written in double quotes
          W/            | written in double quotes
          W/xyzzy       | written in double quotes
          w/"xyzzy"     | written in double quotes
          ' "xyzzy"'    | written in double quotes
          W"xyzzy"      | written in double quotes
          'W/ "xyzzy"'  | written in double quotes
          "xyzzy        | closing quote is missing
          "             | closing quote is missing
          W/"           | closing quote is missing
          "xyzzy""      | behind the entity-tag's closing quote
          "xyzzy"-gzip  | behind the entity-tag's closing quote
          '"xyzzy" '    | behind the entity-tag's closing quote
          "a","b"       | behind the entity-tag's closing quote
          "a b"         | character 0x20
          "a\0b"    | character 0x00
          "a\u007fb"    | character 0x7f
          "a\tb"        | character 0x09
          "a€b"         | character 0x20ac
          """)
  void refusesAndSaysWhy(String text, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EntityTag.parse(text))
        .withMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\"b", " ", "\n", "\u00a0\u0100"})
  void cannotBeMadeOfWhatNoTagMayHold(String opaque) {
    assertThatIllegalArgumentException().isThrownBy(() -> EntityTag.strong(opaque));
  }

  @ParameterizedTest
  @CsvSource({
    "x-gzip, x",
    "x--gzip, x",
    "x;gzip, x",
    "x-deflate, x",
    "x-br, x",
    "x-zstd, x",
    "x--df, x",
    "x-y-gzip, x-y",
    "x-gzip-br, x-gzip",
    "gzip, gzip",
    "-gzip, -gzip",
    ";gzip, ;gzip",
    "--gzip, -",
    "xgzip, xgzip",
    "x_gzip, x_gzip",
    "x-GZIP, x-GZIP",
    "x-gzip2, x-gzip2",
    "x-gzip-, x-gzip-",
    "x-xz, x-xz",
    "47DEQpj8HBSa+gzip, 47DEQpj8HBSa+gzip",
  })
  void takesOffTheSuffixOfACompressingHop(String sent, String plain) {
    assertThat(new EntityTag(false, sent).withoutCoding()).isEqualTo(new EntityTag(false, plain));
    assertThat(new EntityTag(true, sent).withoutCoding()).isEqualTo(new EntityTag(true, plain));
  }

  @Test
  void aCodedTagIsAnotherTagOfTheSameState() {
    EntityTag plain = EntityTag.strong("abc");

    assertThat(plain.withCoding("gzip")).hasToString("\"abc-gzip\"");
    assertThat(plain.withCoding("gzip").matchesWeakly(plain)).isFalse();
    assertThat(plain.withCoding("gzip").withoutCoding()).isEqualTo(plain);
    assertThat(new EntityTag(true, "abc").withCoding("deflate")).hasToString("W/\"abc-deflate\"");
  }
}
