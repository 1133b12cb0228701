package dev.ifmatch.representation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.representation.Documents.Document;
import dev.ifmatch.representation.Recipes.Tagged;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(Documents.class)
@Domain(DomainContext.Global.class)
class JsonChangesPropertiesTest {

  @Property
  void nothingChangesByAnotherSpelling(
      @ForAll Document document, @ForAll List<PointerPattern> ignore, @ForAll Random random) {
    assertThat(
            JsonChanges.between(
                document.spelled(random),
                document.spelled(random),
                Recipes.json(List.of(), ignore)))
        .contains(List.of());
  }

  /** Something is told just where the tags differ, and all of it is in the newer state. */
  @Property(tries = 2000)
  void whatIsToldLeadsFromTheOldStateToTheNew(
      @ForAll Document base,
      @ForAll Edits edit,
      @ForAll Edits another,
      @ForAll List<PointerPattern> include,
      @ForAll List<PointerPattern> ignore,
      @ForAll Random random) {
    TagRecipe recipe = Recipes.json(include, ignore);
    Document now = new Document(another.edited(edit.edited(base.value(), random), random));
    Optional<Object> counting = Projection.of(now.value(), recipe);
    Assume.that(counting.isPresent() && Projection.of(base.value(), recipe).isPresent());

    List<String> told =
        JsonChanges.between(base.spelled(random), now.plain(), recipe).orElseThrow();

    assertThat(told.isEmpty())
        .isEqualTo(Tagged.of(recipe, base.plain()).equals(Tagged.of(recipe, now.plain())));
    assertThat(told).doesNotHaveDuplicates();
    Object mended = base.value();
    for (String pointer : told) {
      mended = copy(now.value(), mended, tokens(pointer));
    }
    assertThat(Projection.of(mended, recipe)).isEqualTo(counting);
  }

  @Property
  void twoStatesThatHaveNothingInCommon(
      @ForAll Document base, @ForAll Document now, @ForAll Random random) {
    List<String> told =
        JsonChanges.between(base.plain(), now.spelled(random), Recipes.JSON).orElseThrow();
    Object mended = base.value();
    for (String pointer : told) {
      mended = copy(now.value(), mended, tokens(pointer));
    }

    assertThat(mended).isEqualTo(now.value());
  }

  /** Puts what stands in one document at a place into the other. */
  private static Object copy(Object from, Object to, List<String> path) {
    if (path.isEmpty()) {
      return from;
    }
    List<String> rest = path.subList(1, path.size());
    if (from instanceof Map<?, ?> object) {
      assertThat(object.containsKey(path.get(0))).isTrue();
      Map<Object, Object> copy = new LinkedHashMap<>((Map<?, ?>) to);
      copy.put(path.get(0), copy(object.get(path.get(0)), copy.get(path.get(0)), rest));
      return copy;
    }
    List<?> array = (List<?>) from;
    int index = Integer.parseInt(path.get(0));
    List<Object> copy = new ArrayList<>((List<?>) to);
    while (copy.size() <= index) {
      copy.add(null);
    }
    copy.set(index, copy(array.get(index), copy.get(index), rest));
    return copy;
  }

  private static List<String> tokens(String pointer) {
    return Arrays.stream(pointer.split("/", -1))
        .skip(1)
        .map(token -> token.replace("~1", "/").replace("~0", "~"))
        .toList();
  }
}
