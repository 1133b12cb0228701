package dev.ifmatch.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.http.Field;
import dev.ifmatch.http.FieldList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorsTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      textBlock =
          """
          # credentials | Access-Control-Expose-Headers | with the tag
          false         |                               | ETag
          false         | ''                            | ETag
          false         | X-Total                       | X-Total, ETag
          false         | X-Total,Link                  | X-Total, Link, ETag
          false         | ETag                          | ETag
          false         | X-Total, etag                 | X-Total, etag
          false         | *                             | *
          true          |                               | ETag
          true          | *                             | *, ETag
          true          | X-Total                       | X-Total, ETag
          """)
  void aTagIsExposed(boolean credentials, String exposed, String with) {
    FieldList response = answer(credentials);
    add(response, "Access-Control-Expose-Headers", exposed);
    Cors.exposeTag(response);

    assertThat(response.all("Access-Control-Expose-Headers")).containsExactly(with);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      textBlock =
          """
          # credentials | Access-Control-Allow-Headers | with the preconditions
          false         |                              | If-Match, If-None-Match
          false         | Content-Type                 | Content-Type, If-Match, If-None-Match
          false         | if-match                     | if-match, If-None-Match
          false         | If-None-Match                | If-None-Match, If-Match
          false         | *                            | *
          false         | *, Authorization             | *, Authorization
          true          | *                            | *, If-Match, If-None-Match
          """)
  void preconditionsAreAllowed(boolean credentials, String allowed, String with) {
    FieldList response = answer(credentials);
    add(response, "Access-Control-Allow-Headers", allowed);
    Cors.allowPreconditions(response);

    assertThat(response.all("Access-Control-Allow-Headers")).containsExactly(with);
  }

  @Test
  void whatTheBackendDoesNotShareStaysAsItIs() {
    FieldList response = FieldList.of("Access-Control-Expose-Headers", "X-Total", "Vary", "Origin");
    String before = response.toString();
    Cors.exposeTag(response);
    Cors.allowPreconditions(response);

    assertThat(response).hasToString(before);
    assertThat(Cors.of(response)).isEmpty();
  }

  @Test
  void aRefusalIsAsReadableAsTheAnswerInItsPlace() {
    FieldList response = answer(true);
    response.add("Access-Control-Expose-Headers", "X-Total");
    response.add("Vary", "Accept");
    response.add("Vary", "Origin");
    response.add("Set-Cookie", "secret");
    response.add("Content-Type", "text/html");

    assertThat(Cors.of(response))
        .containsExactlyInAnyOrder(
            new Field("Access-Control-Allow-Origin", "https://app.example"),
            new Field("Access-Control-Allow-Credentials", "true"),
            new Field("Access-Control-Expose-Headers", "X-Total, ETag"),
            new Field("Vary", "Accept"),
            new Field("Vary", "Origin"));
  }

  private static FieldList answer(boolean credentials) {
    FieldList response = FieldList.of("access-control-allow-origin", "https://app.example");
    add(response, "Access-Control-Allow-Credentials", credentials ? "true" : null);
    return response;
  }

  private static void add(FieldList fields, String name, String value) {
    if (value != null) {
      fields.add(name, value);
    }
  }
}
