package dev.ifmatch.representation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.http.EntityTag;
import dev.ifmatch.http.FieldList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariantTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # Vary                          | Content-Type                    | Content-Language | tag
          Accept                          | application/json                | de               | "application/json~x"
          accept                          | Application/JSON; charset=UTF-8 | de               | "application/json~x"
          Accept                          | application/json;v=2; q=1       | de               | "application/json;v=2~x"
          Accept                          | application/hal+json; V=Ab      | de               | "application/hal+json;v=Ab~x"
          Accept-Language                 | text/html                       | de-AT            | "~de-at~x"
          Accept-Encoding, Accept-Language, Accept | text/html              | de               | "text/html~de~x"
          Accept, Accept-Language         | text/html                       | de, en           | "text/html~x"
          Accept-Language                 | text/html                       | ''               | "x"
          Accept                          | ''                              | de               | "x"
          Accept                          | text                            | de               | "x"
          Accept                          | text/a~b                        | de               | "x"
          Accept                          | text/html; a="b c"              | de               | "x"
          Origin                          | text/html                       | de               | "x"
          *                               | text/html                       | de               | "x"
          """)
  void isWhatTheAnswerVariedBy(String vary, String type, String language, String tag) {
    FieldList answer =
        FieldList.of("Vary", vary, "Content-Type", type, "Content-Language", language);
    Variant variant = Variant.of(answer);

    assertThat(variant.mark(EntityTag.strong("x"))).hasToString(tag);
    assertThat(Variant.of(variant.mark(EntityTag.strong("x")))).isEqualTo(variant);
    assertThat(Variant.of(variant.mark(EntityTag.strong("x")).withCoding("gzip")))
        .isEqualTo(variant);
  }

  @Test
  void nothingVariesWithoutVary() {
    assertThat(Variant.of(FieldList.of("Content-Type", "text/html"))).isEqualTo(Variant.NONE);
    assertThat(Variant.NONE.mark(EntityTag.strong("x"))).isEqualTo(EntityTag.strong("x"));
  }

  @Test
  void aLanguageThatLooksLikeACodingStays() {
    EntityTag tag =
        Variant.of(FieldList.of("Vary", "Accept-Language", "Content-Language", "pt-BR"))
            .mark(EntityTag.strong("x"));

    assertThat(tag.withCoding("gzip").withoutCoding()).isEqualTo(tag);
    assertThat(tag.withoutCoding()).isEqualTo(tag);
  }

  @Test
  void aWeakTagStaysWeak() {
    assertThat(new Variant("text/html", "").mark(new EntityTag(true, "x")))
        .hasToString("W/\"text/html~x\"");
  }

  /** Tags come from clients: what would not be a valid media type and language names nothing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "~x",
        "text~x",
        "text/~x",
        "/html~x",
        "text/html,*/*~x",
        "text/html;q=~x",
        "text/html;q=0~x",
        "text/html;v=1;q=0.5~x",
        "text/*~x",
        "*/*~x",
        "TEXT/HTML~x",
        "text/html~DE~x",
        "text/html~de_AT~x",
        "text/html~de-~x",
        "text/html~de~en~x",
        "~*~x",
        "text/html\u00e4~x",
        "text/html~toolonglanguage~x",
      })
  void aForgedVariantIsNone(String opaque) {
    assertThat(Variant.of(EntityTag.strong(opaque))).isEqualTo(Variant.NONE);
  }

  @Test
  void aVariantThatIsTooLongIsNone() {
    assertThat(Variant.of(EntityTag.strong("text/" + "a".repeat(127) + "~x")).mediaType())
        .hasSize(132);
    assertThat(Variant.of(EntityTag.strong("text/" + "a".repeat(128) + "~x")))
        .isEqualTo(Variant.NONE);
  }
}
