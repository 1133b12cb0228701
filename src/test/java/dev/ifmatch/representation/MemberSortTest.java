package dev.ifmatch.representation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Names are put into the order of their bytes, and two that are the same are found. */
class MemberSortTest {
  private final JsonDocument document = new JsonDocument(1 << 20);
  private final MemberSort sort = new MemberSort(document);

  @Provide
  Arbitrary<List<String>> names() {
    Arbitrary<String> ends =
        Arbitraries.strings().withChars('a', 'b', '\0', 'é', '中', '\uffff').ofMaxLength(3);
    Arbitrary<String> starts = Arbitraries.of("", "seven 7", "exactly8", "longer than a word");
    return Arbitraries.oneOf(ends, starts.flatMap(start -> ends.map(start::concat)))
        .list()
        .ofMaxSize(100);
  }

  @Property
  void isWhatAnotherSortMakesOfThem(
      @ForAll("names") List<String> drawn, @ForAll boolean unique, @ForAll Random random) {
    List<String> names = unique ? new ArrayList<>(new HashSet<>(drawn)) : drawn;
    int[] places = add(names);
    sort.start(places, 1, names.size());
    while (!sort.step(random.nextInt(1, 50))) {
      assertThat(names).hasSizeGreaterThan(1);
    }
    List<String> sorted =
        IntStream.range(0, names.size()).mapToObj(i -> names.get(sort.order()[i])).toList();

    assertThat(sort.foundDuplicate()).isEqualTo(new HashSet<>(names).size() < names.size());
    assertThat(sorted).isEqualTo(names.stream().sorted(byBytes()).toList());
  }

  /** Adds names behind those of the try before. Returns their places, from the second one on. */
  private int[] add(List<String> names) {
    int[] places = new int[names.size() + 1];
    for (int i = 0; i < names.size(); i++) {
      byte[] name = names.get(i).getBytes(UTF_8);
      int start = document.rawLength();
      document.append(ByteBuffer.wrap(name));
      places[i + 1] = document.add(JsonNode.string(start, name.length));
    }
    return places;
  }

  private static Comparator<String> byBytes() {
    return (one, two) -> Arrays.compareUnsigned(one.getBytes(UTF_8), two.getBytes(UTF_8));
  }
}
