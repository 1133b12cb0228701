package dev.ifmatch.transport;

import static dev.ifmatch.policy.PolicyBuilder.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.http.Comparison;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code comparison}: what hops and careless clients have done to a tag, and what passes then. */
class ComparisonWireTest {
  @RegisterExtension final Stage stage = new Stage();
  private final Store store = new Store().with("/a", "old");

  private void open(Comparison comparison) throws IOException {
    stage.open(store, policy().comparison(comparison).everywhere());
  }

  /** In the field, T stands for the current tag's text. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # If-Match            | strict                     | tolerant
          "T"                   | 200                        | 200
          W/"T"                 | 412 weak-tag               | 200
          T                     | 400 malformed-precondition | 200
          W/T                   | 400 malformed-precondition | 200
          "T-gzip"              | 200                        | 200
          W/"T-gzip"            | 412 weak-tag               | 200
          W/"T--gzip"           | 412 weak-tag               | 200
          T-gzip                | 400 malformed-precondition | 200
          T;gzip                | 400 malformed-precondition | 200
          "x", W/"T"            | 412 weak-tag               | 200
          x, T                  | 400 malformed-precondition | 200
          x,y , W/T ,"z"        | 400 malformed-precondition | 200
          "x", T                | 400 malformed-precondition | 200
          W/"x"                 | 412 stale                  | 412 stale
          x                     | 400 malformed-precondition | 412 stale
          x, y, W/z             | 400 malformed-precondition | 412 stale
          Tx                    | 400 malformed-precondition | 412 stale
          T-x                   | 400 malformed-precondition | 412 stale
          w/"T"                 | 400 malformed-precondition | 400 malformed-precondition
          "T                    | 400 malformed-precondition | 400 malformed-precondition
          T"                    | 400 malformed-precondition | 400 malformed-precondition
          T T                   | 400 malformed-precondition | 400 malformed-precondition
          T, *                  | 400 malformed-precondition | 400 malformed-precondition
          *, T                  | 400 malformed-precondition | 400 malformed-precondition
          ,                     | 400 malformed-precondition | 400 malformed-precondition
          """)
  void whatPasses(String field, String strict, String tolerant) throws IOException {
    for (Comparison comparison : Comparison.values()) {
      open(comparison);
      String tag = stage.get("/a").tag().replace("\"", "");
      String told = Stage.told(stage.put("/a", "new", "If-Match: " + field.replace("T", tag)));
      assertThat(told)
          .as(comparison.toString())
          .isEqualTo(comparison == Comparison.STRICT ? strict : tolerant);
      assertThat(stage.origin().requests("PUT")).hasSize(told.equals("200") ? 1 : 0);
    }
  }

  @Test
  void aTagOverSeveralLinesPassesToo() throws IOException {
    open(Comparison.TOLERANT);
    String tag = stage.get("/a").tag().replace("\"", "");
    assertThat(stage.put("/a", "new", "If-Match: x", "If-Match: " + tag).status()).isEqualTo(200);
  }

  /** What only promises equivalence does so by the origin's own measure, which nobody knows. */
  @ParameterizedTest
  @ValueSource(strings = {"W/\"own\"", "\"own\"", "own", "W/own", "\"own-gzip\""})
  void theOriginsOwnWeakTagNeverPasses(String field) throws IOException {
    open(Comparison.TOLERANT);
    stage.origin().play(heard -> peer -> peer.answer("200 OK\r\nETag: W/\"own\"", "text"));
    assertThat(Stage.told(stage.put("/a", "new", "If-Match: " + field))).isEqualTo("412 stale");
    assertThat(stage.origin().requests("PUT")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "\"own\",      200",
    "own,          200",
    "\"own-gzip\", 200",
    "W/\"own\",    412 weak-tag",
    "W/own,        412 weak-tag",
  })
  void theOriginsOwnStrongTagIsComparedStrongly(String field, String told) throws IOException {
    open(Comparison.TOLERANT);
    stage.origin().play(heard -> peer -> peer.answer("200 OK\r\nETag: \"own\"", "text"));
    assertThat(Stage.told(stage.put("/a", "new", "If-Match: " + field))).isEqualTo(told);
  }

  /** That it is not there is compared weakly, by either (RFC 9110 §13.1.2). */
  @ParameterizedTest
  @CsvSource({"STRICT, W/\"T\"", "TOLERANT, W/\"T\"", "TOLERANT, T", "TOLERANT, 'x, T'"})
  void aTagThatIsRuledOutIsRecognised(Comparison comparison, String field) throws IOException {
    open(comparison);
    String tag = stage.get("/a").tag().replace("\"", "");
    Reply reply = stage.put("/a", "new", "If-None-Match: " + field.replace("T", tag));
    assertThat(Stage.told(reply)).isEqualTo("412 exists");
  }
}
