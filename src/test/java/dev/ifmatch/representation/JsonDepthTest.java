package dev.ifmatch.representation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.representation.Recipes.Tagged;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The deepest document that is taken needs less than half of the stack that threads have. */
class JsonDepthTest {
  private static final int STACK_BYTES = 512 * 1024;

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void theDeepestDocumentFitsOnASmallStack(String open) throws Exception {
    String close = open.equals("[") ? "]" : "}";
    byte[] base = deepest(open, "1", close);
    byte[] now = deepest(open, "2", close);
    List<String> tokens = Collections.nCopies(JsonScanner.MAX_DEPTH, PointerPattern.ANY);
    List<String> beside = new ArrayList<>(tokens);
    beside.set(JsonScanner.MAX_DEPTH - 1, "x");
    TagRecipe recipe =
        Recipes.json(List.of(new PointerPattern(tokens)), List.of(new PointerPattern(beside)));
    FutureTask<List<String>> task =
        new FutureTask<>(
            () -> {
              assertThat(Tagged.of(recipe, base)).isNotEqualTo(Tagged.of(recipe, now));
              return JsonChanges.between(base, now, recipe).orElseThrow();
            });
    new Thread(null, task, "small stack", STACK_BYTES).start();

    assertThat(task.get()).hasSize(1);
  }

  private static byte[] deepest(String open, String value, String close) {
    int depth = JsonScanner.MAX_DEPTH;
    return (open.repeat(depth) + value + close.repeat(depth)).getBytes(UTF_8);
  }
}
