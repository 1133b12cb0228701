package dev.ifmatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EntityTagPropertiesTest {

  @Provide
  Arbitrary<EntityTag> tags() {
    return HttpValues.tags();
  }

  @Provide
  Arbitrary<String> almostTags() {
    return HttpValues.almostTags();
  }

  @Property
  void whatIsPrintedIsReadBack(@ForAll("tags") EntityTag tag) {
    assertThat(EntityTag.parse(tag.toString())).isEqualTo(tag);
  }

  @Property
  void anyTextIsATagThatPrintsTheSameOrIsRefused(@ForAll("almostTags") String text) {
    try {
      assertThat(EntityTag.parse(text)).hasToString(text);
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageMatching("(?s).+");
    }
  }

  @Property
  void whatMatchesStronglyMatchesWeakly(
      @ForAll("tags") EntityTag one, @ForAll("tags") EntityTag two) {
    assertThat(!one.matchesStrongly(two) || one.matchesWeakly(two)).isTrue();
  }

  @Property
  void comparisonDoesNotDependOnTheOrder(
      @ForAll("tags") EntityTag one, @ForAll("tags") EntityTag two) {
    assertThat(one.matchesStrongly(two)).isEqualTo(two.matchesStrongly(one));
    assertThat(one.matchesWeakly(two)).isEqualTo(two.matchesWeakly(one));
  }

  @Property
  void everyTagMatchesItselfAndAWeakOneOnlyWeakly(@ForAll("tags") EntityTag tag) {
    assertThat(tag.matchesWeakly(tag)).isTrue();
    assertThat(tag.matchesStrongly(tag)).isEqualTo(!tag.weak());
  }
}
