package dev.ifmatch.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTemplateTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          # template             | path                   | values
          /                      | /                      | {}
          /                      | /a                     | -
          /orders                | /orders                | {}
          /orders                | /ORDERS/               | {}
          /Orders                | //orders?x=/y          | {}
          /orders                | /order                 | -
          /orders/{id}           | /orders/7              | {id=7}
          /orders/{id}           | /orders/Ab%41          | {id=Ab%41}
          /orders/{id}           | /orders/a%20b          | {id=a%20b}
          /orders/{id}           | /orders/a%2Fb          | {id=a%2Fb}
          /orders/{id}           | /orders/7;v=1          | {id=7}
          /orders/{id}           | /orders/7%3Bv=1        | {id=7%3Bv=1}
          /orders/{id}           | /./orders/7/           | {id=7}
          /orders/{id}           | /orders                | -
          /orders/{id}           | /orders/7/lines        | -
          /orders/{id}/lines/{n} | /orders/7/lines/2      | {id=7, n=2}
          /orders/{id}/**        | /orders/7              | {id=7}
          /orders/{id}/**        | /orders/7/lines/2      | {id=7}
          /orders/{id}/**        | /orders                | -
          /**                    | /                      | {}
          /**                    | /a/b/c                 | {}
          /orders/{id}.json      | /orders/7.JSON         | {id=7}
          /orders/{id}.json      | /orders/.json          | -
          /orders/{id}.json      | /orders/7.xml          | -
          /Orders({id})          | /orders(7)             | {id=7}
          /a%7eb/{x}             | /A~B/c                 | {x=c}
          /café/{x}              | /caf%C3%A9/c           | {x=c}
          /caf%c3%a9/{x}         | /caf%C3%A9/c           | {x=c}
          """)
  void fitsPathsInAnySpelling(String template, String path, String values) {
    assertThat(PathTemplate.parse(template).match(PathSegments.byPlainSlashes(path)))
        .map(found -> new TreeMap<>(found).toString())
        .isEqualTo(Optional.ofNullable(values));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          orders            | 'orders' is not a path template; write a path such as /orders/{id} or /orders/**
          /orders?x={x}     | '/orders?x={x}' is not a path template; write a path such as /orders/{id} or /orders/**
          /orders/**/x      | '/orders/**/x': ** can only stand at the end
          /{a}/{a}          | '/{a}/{a}': the variable {a} stands twice
          /{a}{b}           | '/{a}{b}': a segment can hold one variable, written {name} with letters and digits
          /{a-b}            | '/{a-b}': a segment can hold one variable, written {name} with letters and digits
          /orders/{id       | '/orders/{id': a segment can hold one variable, written {name} with letters and digits
          /orders/*         | '/orders/*': '*' can stand in no template; write {name} for any one segment, ** at the end
          /orders/..        | '/orders/..': '..' can stand in no template; write {name} for any one segment, ** at the end
          /orders/%2e%2E    | '/orders/%2e%2E': '%2e%2E' can stand in no template; write {name} for any one segment, ** at the end
          /orders/a%3Bb     | '/orders/a%3Bb': 'a%3Bb' can stand in no template; write {name} for any one segment, ** at the end
          /orders;v=1       | '/orders;v=1': 'orders;v=1' can stand in no template; write {name} for any one segment, ** at the end
          """)
  void whatIsNoTemplateIsSaidWithWhatIs(String text, String complaint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PathTemplate.parse(text))
        .withMessage(complaint);
  }

  @Test
  void theOneThatFitsCloserComesFirst() {
    List<String> ordered =
        List.of(
            "/orders/open/lines",
            "/orders/open",
            "/orders/{id}.json",
            "/orders/{id}/lines/{n}",
            "/orders/{id}/lines/**",
            "/orders/{id}",
            "/orders/{id}/**",
            "/orders/**",
            "/{any}",
            "/**");
    List<PathTemplate> shuffled =
        new ArrayList<>(ordered.stream().map(PathTemplate::parse).toList());
    for (int i = 0; i < ordered.size(); i++) {
      shuffled.add(shuffled.remove(0));
      List<PathTemplate> sorted =
          shuffled.stream().sorted(PathTemplate.MOST_SPECIFIC_FIRST).toList();
      assertThat(sorted).extracting(PathTemplate::toString).isEqualTo(ordered);
    }
  }

  @Test
  void templatesThatFitTheSamePathsAreEqualInOrder() {
    assertThat(
            PathTemplate.MOST_SPECIFIC_FIRST.compare(
                PathTemplate.parse("/a/{x}"), PathTemplate.parse("/A/{y}/")))
        .isZero();
  }

  @Test
  void aTargetTakesTheValuesAsTheyAreSpelled() {
    TargetTemplate guard = new TargetTemplate("/orders/{id}?tenant={t}&v=1");

    assertThat(guard.variables()).containsExactlyInAnyOrder("id", "t");
    assertThat(guard.expand(Map.of("id", "a%20$1", "t", "x")))
        .isEqualTo("/orders/a%20$1?tenant=x&v=1");
  }

  @ParameterizedTest
  @CsvSource({"orders/{id}", "/orders/{id", "/orders/{}", "/a b", "/a/../b", "/a#b", "/ä", "/a/**"})
  void whatIsNoTargetIsSaid(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TargetTemplate(text))
        .withMessageStartingWith("'%s' is no target; write a path such as /orders/{id}", text);
  }
}
