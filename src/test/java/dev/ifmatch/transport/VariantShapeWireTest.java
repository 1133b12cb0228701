package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of an answer gets into a tag as its variant, and what of a tag gets into a probe. */
class VariantShapeWireTest {
  private static final String VARY = "200 OK\r\nVary: Accept-Language, Accept";
  private static final String[] OWN = {"Accept: text/mine", "Accept-Language: fr, en;q=0.5"};

  @RegisterExtension final Stage stage = new Stage();
  private String answer = VARY;

  @BeforeEach
  void open() throws IOException {
    stage.open(
        heard -> peer -> peer.answer(heard.isWrite() ? "200 OK" : answer, "text"),
        policy().everywhere());
  }

  private Reply put(String tag) throws IOException {
    return stage.put("/a", "new", "If-Match: " + tag, OWN[0], OWN[1]);
  }

  /** The probe's Accept and Accept-Language, with a dash for what is the writer's own. */
  private String asked() {
    Heard probe = stage.origin().requests("GET").get(0);
    assertThat(probe.fields("Accept")).hasSize(1);
    assertThat(probe.fields("Accept-Language")).hasSize(1);
    String asked =
        "Accept: %s, Accept-Language: %s"
            .formatted(probe.field("Accept").get(), probe.field("Accept-Language").get());
    return asked.replace("text/mine", "-").replace("fr, en;q=0.5", "-");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text/csv                                 | de        | text/csv~de~
          Text/CSV; charset=UTF-8                  | DE-at     | text/csv~de-at~
          text/csv;charset=x;header=Present        | zh-Hant   | text/csv;header=Present~zh-hant~
          application/vnd.a.b+json;v=1;profile=a-b | i-klingon | application/vnd.a.b+json;v=1;profile=a-b~i-klingon~
          text/csv;q=1                             | x-a-1     | text/csv~x-a-1~
          text/csv;                                | de        | text/csv~de~
          """)
  void aValidVariantIsNamedAndAskedForAgain(String type, String language, String variant)
      throws IOException {
    answer = VARY + "\r\nContent-Type: " + type + "\r\nContent-Language: " + language;
    String tag = stage.get("/a").tag();
    assertThat(tag).startsWith('"' + variant);
    stage.origin().forget();

    assertThat(put(tag).status()).isEqualTo(200);
    String[] parts = variant.split("~", -1);
    assertThat(asked()).isEqualTo("Accept: %s, Accept-Language: %s".formatted(parts[0], parts[1]));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text                      | de
          text/                     | de
          /csv                      | de
          */*                       | de
          text/*                    | de
          text/csv, text/plain      | de
          text/csv;a="b c"          | de
          text/csv;a="b~c"          | de
          text/csv;a=b~c            | de
          te~xt/csv                 | de
          text/csv;a                | de
          text/csv;a=               | de
          text/c sv                 | de
          text/csv;a=1;b=2;c=3;d=4;e=5 | de
          """)
  void anInvalidTypeIsLeftOut(String type, String language) throws IOException {
    answer = VARY + "\r\nContent-Type: " + type + "\r\nContent-Language: " + language;
    assertServesWithout("\"~de~", "Accept: -");
  }

  @ParameterizedTest
  @ValueSource(strings = {"de, en", "*", "d~e", "de_AT", "verylonglanguage", "-de", "de-", "1a"})
  void anInvalidLanguageIsLeftOut(String language) throws IOException {
    answer = VARY + "\r\nContent-Type: text/csv\r\nContent-Language: " + language;
    assertServesWithout("\"text/csv~", "Accept-Language: -");
  }

  private void assertServesWithout(String prefix, String own) throws IOException {
    String tag = stage.get("/a").tag();
    assertThat(tag).startsWith(prefix);
    assertThat(tag.substring(prefix.length())).doesNotContain("~");
    stage.origin().forget();
    assertThat(put(tag).status()).isEqualTo(200);
    assertThat(asked()).contains(own);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Vary: *", "Vary: Cookie", "X-Vary: Accept", "Vary: X-Accept"})
  void whatTheAnswerDoesNotVaryByIsNotNamed(String vary) throws IOException {
    answer = "200 OK\r\nContent-Type: text/csv\r\nContent-Language: de\r\n" + vary;
    assertThat(stage.get("/a").tag()).doesNotContain("~");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "text/forged~x"         | Accept: text/forged, Accept-Language: -
          "~xx~x"                 | Accept: -, Accept-Language: xx
          "a/b~xx~x"              | Accept: a/b, Accept-Language: xx
          "x", "a/b~y", "c/d~z"   | Accept: a/b, Accept-Language: -
          W/"a/b~x"               | Accept: a/b, Accept-Language: -
          """)
  void whatATagNamesIsAskedForEvenWhereItWasMadeUp(String tag, String asked) throws IOException {
    assertThat(Stage.told(put(tag))).isEqualTo("412 stale");
    assertThat(asked()).isEqualTo(asked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"../../~x\"",
        "\"/etc/passwd~x\"",
        "\"*/*~x\"",
        "\"text/*~x\"",
        "\"text/html,*/*~x\"",
        "\"text/html;a=1;b=2;c=3;d=4;e=5~x\"",
        "\"text/html%0d%0aX-Evil:1~x\"",
        "\"text/html\\r\\nX-Evil:1~x\"",
        "\"text/html:X-Evil~x\"",
        "\"text/ht\u00e4ml~x\"",
        "\"\u00ff\u00fe/a~x\"",
        "\"text~html~x\"",
        "\"a/b~de,en~x\"",
        "\"a/b~*~x\"",
        "\"a/b~de;q=0~x\"",
        "\"a/b~c~d~x\"",
        "\"a/b~../~x\"",
        "\"<script>~x\"",
        "\"${jndi:x}/a~x\"",
        "\"TEXT/HTML~x\"",
      })
  void whatIsNoVariantIsNotAskedFor(String tag) throws IOException {
    Reply reply = put(tag);
    assertThat(reply.status()).isIn(400, 412);
    assertThat(stage.origin().requests()).noneMatch(Heard::isWrite);
    if (reply.status() == 412) {
      assertThat(asked()).isEqualTo("Accept: -, Accept-Language: -");
      assertThat(stage.only("GET").head()).doesNotContain("X-Evil");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"a/b\u007f~x\"",
        "\"a/b\u0000~x\"",
        "\"a/b\u0001~x\"",
        "\"a/b\rX-Evil: 1~x\"",
        "\"a/b\nX: 1~x\""
      })
  void controlCharactersDoNotGetIn(String tag) throws IOException {
    assertThat(put(tag).status()).isEqualTo(400);
    assertThat(stage.origin().heads()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 7_000})
  void noNamesAreLongerThanWhatCanBeRegistered(int length) throws IOException {
    put("\"text/" + "x".repeat(length) + "~x\"");
    put("\"~" + "de-".repeat(length / 3) + "de~x\"");
    assertThat(stage.origin().requests("GET"))
        .hasSize(2)
        .allSatisfy(probe -> assertThat(probe.head()).contains(OWN[0], OWN[1]));
  }
}
