package dev.ifmatch.representation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.representation.Recipes.Tagged;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** What a thread has learned from one document changes nothing about another. */
class ShapesPropertiesTest {

  /** Objects whose names are apt to be taken for those of others. */
  @Provide
  Arbitrary<String> objects() {
    Arbitrary<String> names =
        Arbitraries.integers()
            .between(0, 20)
            .flatMap(n -> Arbitraries.of("a", "b", "", "é", "\\n").map("x".repeat(n)::concat));
    Arbitrary<String> members =
        names.flatMap(
            name ->
                Arbitraries.of("\"%s\":1", "\"%s\" :1", "\"%s\": {\"a\":[]}", "\"%s\":[{}]")
                    .map(member -> member.formatted(name)));
    return members
        .list()
        .ofMaxSize(5)
        .map(some -> some.stream().collect(Collectors.joining(",", "{", "}")));
  }

  @Property(tries = 500)
  void aTagDoesNotDependOnWhatWasReadBefore(
      @ForAll @Size(min = 1, max = 6) List<@From("objects") String> objects) throws Exception {
    byte[] list = ("[" + String.join(",", objects) + "]").getBytes(UTF_8);
    FutureTask<Tagged> task = new FutureTask<>(() -> Tagged.of(Recipes.JSON, list));
    new Thread(task, "one that has read nothing").start();

    assertThat(Tagged.of(Recipes.JSON, list)).isEqualTo(task.get());
  }
}
