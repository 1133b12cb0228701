package dev.ifmatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TagConditionPropertiesTest {

  @Provide
  Arbitrary<List<EntityTag>> tags() {
    return HttpValues.tags().list().ofMinSize(1).ofMaxSize(5);
  }

  @Provide
  Arbitrary<List<String>> almostConditions() {
    return HttpValues.almostTags().list().ofMinSize(1).ofMaxSize(3);
  }

  @Property
  void whatIsPrintedIsReadBack(@ForAll("tags") List<EntityTag> tags) {
    TagCondition condition = new TagCondition.OneOf(tags);

    assertThat(TagCondition.parse(List.of(condition.toString()))).isEqualTo(condition);
  }

  @Property
  void itDoesNotMatterHowTheTagsAreSpreadOverLines(@ForAll("tags") List<EntityTag> tags) {
    List<String> lines = tags.stream().map(EntityTag::toString).toList();
    String oneLine = lines.stream().collect(Collectors.joining(" ,, "));

    assertThat(TagCondition.parse(lines))
        .isEqualTo(TagCondition.parse(List.of(oneLine)))
        .isEqualTo(new TagCondition.OneOf(tags));
  }

  @Property
  void anyTextIsAConditionThatReadsTheSameAgainOrIsRefused(
      @ForAll("almostConditions") List<String> lines) {
    try {
      TagCondition condition = TagCondition.parse(lines);
      assertThat(TagCondition.parse(List.of(condition.toString()))).isEqualTo(condition);
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageMatching("(?s).+");
    }
  }
}
