package dev.ifmatch.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a path's segments look like. */
class PathGuessTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          /                                                | /
          /orders                                          | /orders
          /orders/7                                        | /orders/{id}
          /orders/7/                                       | /orders/{id}
          /orders/7?view=full                              | /orders/{id}
          /orders/7/lines/2                                | /orders/{id}/lines/{id2}
          /v1/orders/7                                     | /v1/orders/{id}
          /api/v2.1/orders/7                               | /api/v2.1/orders/{id}
          /orders/0b0e7ad2-40b0-4d6c-9c52-1d1e2f3a4b5c     | /orders/{id}
          /orders/5f2b8c9de1a4                             | /orders/{id}
          /orders/01ARZ3NDEKTSV4RRFFQ69G5FAV               | /orders/{id}
          /orders/ord_42                                   | /orders/{id}
          /orders/ABC-42                                   | /orders/{id}
          /orders/7.json                                   | /orders/{id}.json
          /odata/Orders(7)                                 | /odata/Orders({id})
          /odata/Orders('7')                               | /odata/Orders({id})
          /users/ada                                       | /users/ada
          /users/deadbeef                                  | /users/deadbeef
          /some-long-page-title                            | /some-long-page-title
          /a;b=1/7                                         | /**
          /a*                                              | /**
          """)
  void whatIdentifiesOneOfManyBecomesAVariable(String target, String template) {
    assertThat(PathGuess.of(target)).isEqualTo(template);
  }
}
