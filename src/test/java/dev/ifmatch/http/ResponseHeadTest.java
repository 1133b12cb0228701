package dev.ifmatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseHeadTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      textBlock =
          """
          # ETag     | any tag | strong tag
          "a"        | "a"     | "a"
          ' "a" '    | "a"     | "a"
          W/"a"      | W/"a"   |
          a          |         |
          "a         |         |
          "a", "b"   |         |
          ''         |         |
          """)
  void aTagThatNoClientCouldSendBackIsNone(String value, String any, String strong) {
    ResponseHead head = new ResponseHead(200, FieldList.of("etag", value));

    assertThat(head.entityTag().map(EntityTag::toString)).isEqualTo(Optional.ofNullable(any));
    assertThat(head.strongTag().map(EntityTag::toString)).isEqualTo(Optional.ofNullable(strong));
  }

  @Test
  void aDateThatCannotBeReadIsNone() {
    String date = "Sun, 06 Nov 1994 08:49:37 GMT";

    assertThat(new ResponseHead(200, FieldList.of("Last-Modified", date)).lastModified())
        .contains(HttpDate.parse(date));
    assertThat(new ResponseHead(200, FieldList.of("Last-Modified", "yesterday")).lastModified())
        .isEmpty();
  }

  @Test
  void hasNoValidatorsWithoutFields() {
    ResponseHead head = new ResponseHead(200, new FieldList());

    assertThat(head.entityTag()).isEmpty();
    assertThat(head.strongTag()).isEmpty();
    assertThat(head.lastModified()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"199, false", "200, true", "204, true", "299, true", "300, false", "412, false"})
  void isSuccessfulFrom200To299(int status, boolean successful) {
    assertThat(new ResponseHead(status, new FieldList()).isSuccessful()).isEqualTo(successful);
  }

  @Test
  void anotherStatusHasTheSameFields() {
    ResponseHead head = new ResponseHead(200, FieldList.of("A", "1"));
    head.with(304).fields().set("A", "2");

    assertThat(head.with(304).status()).isEqualTo(304);
    assertThat(head.fields().first("A")).contains("2");
  }
}
