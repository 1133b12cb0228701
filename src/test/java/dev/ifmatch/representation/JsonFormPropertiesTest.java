package dev.ifmatch.representation;

import static dev.ifmatch.representation.Recipes.JSON;
import static dev.ifmatch.representation.Recipes.bytesTag;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.representation.Documents.Document;
import dev.ifmatch.representation.Recipes.Tagged;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** A tag in JSON form stands for what a document says, for all of it, and for nothing else. */
@Domain(Documents.class)
@Domain(DomainContext.Global.class)
class JsonFormPropertiesTest {

  @Property
  void howADocumentIsSpelledDoesNotMatter(@ForAll Document document, @ForAll Random random) {
    Tagged plain = Tagged.of(JSON, document.plain());
    Tagged spelled = Tagged.of(JSON, document.spelled(random));

    assertThat(plain.fallback()).isEmpty();
    assertThat(spelled).isEqualTo(plain);
  }

  @Property
  void twoDocumentsHaveOneTagJustIfTheySayTheSame(
      @ForAll Document one, @ForAll Document two, @ForAll Random random) {
    assertThat(Tagged.of(JSON, one.plain()).equals(Tagged.of(JSON, two.spelled(random))))
        .isEqualTo(Objects.equals(one.value(), two.value()));
  }

  @Property(tries = 2000)
  void everyEditChangesTheTag(
      @ForAll Document document, @ForAll Edits edit, @ForAll Random random) {
    Document edited = new Document(edit.edited(document.value(), random));
    Assume.that(!Objects.equals(edited.value(), document.value()));

    assertThat(Tagged.of(JSON, edited.spelled(random)).tag())
        .isNotEqualTo(Tagged.of(JSON, document.spelled(random)).tag());
  }

  @Property(tries = 2000)
  void justWhatCountsUnderTheRecipeChangesTheTag(
      @ForAll Document document,
      @ForAll Edits edit,
      @ForAll List<PointerPattern> include,
      @ForAll List<PointerPattern> ignore,
      @ForAll Random random) {
    TagRecipe recipe = Recipes.json(include, ignore);
    Document edited = new Document(edit.edited(document.value(), random));
    Optional<Object> before = Projection.of(document.value(), recipe);
    Optional<Object> after = Projection.of(edited.value(), recipe);
    Assume.that(before.isPresent() && after.isPresent());

    assertThat(
            Tagged.of(recipe, document.spelled(random))
                .equals(Tagged.of(recipe, edited.spelled(random))))
        .isEqualTo(before.equals(after));
  }

  @Property
  void whereNothingCountsTheBytesDo(
      @ForAll Document document,
      @ForAll List<PointerPattern> include,
      @ForAll List<PointerPattern> ignore) {
    TagRecipe recipe = Recipes.json(include, ignore);
    Tagged tagged = Tagged.of(recipe, document.plain());

    if (Projection.of(document.value(), recipe).isPresent()) {
      assertThat(tagged.fallback()).isEmpty();
      assertThat(tagged.tag()).isNotEqualTo(bytesTag(document.plain()));
    } else {
      assertThat(tagged.fallback()).contains(FormFallback.NOTHING_INCLUDED);
      assertThat(tagged.tag()).isEqualTo(bytesTag(document.plain()));
    }
  }

  @Property
  void howTheBytesArriveDoesNotMatter(
      @ForAll Document document, @ForAll List<PointerPattern> ignore, @ForAll Random random) {
    TagRecipe recipe = Recipes.json(List.of(), ignore);
    byte[] content = document.spelled(random);

    assertThat(Tagged.of(recipe, split(content, random))).isEqualTo(Tagged.of(recipe, content));
  }

  @Property
  void howDamagedBytesArriveDoesNotMatterEither(@ForAll Document document, @ForAll Random random) {
    byte[] content = document.spelled(random);
    content[random.nextInt(content.length)] = (byte) random.nextInt();
    TagRecipe recipe = Recipes.json(random.nextInt(2 * content.length));
    Tagged whole = Tagged.of(recipe, content);

    assertThat(Tagged.of(recipe, split(content, random))).isEqualTo(whole);
    if (whole.fallback().isPresent()) {
      assertThat(whole.tag()).isEqualTo(bytesTag(content));
    }
  }

  private static byte[][] split(byte[] content, Random random) {
    byte[][] pieces = new byte[random.nextInt(content.length + 2) + 1][];
    int at = 0;
    for (int i = 0; i < pieces.length; i++) {
      boolean last = i == pieces.length - 1;
      int end = last ? content.length : Math.min(content.length, at + random.nextInt(4));
      pieces[i] = Arrays.copyOfRange(content, at, end);
      at = end;
    }
    return pieces;
  }
}
