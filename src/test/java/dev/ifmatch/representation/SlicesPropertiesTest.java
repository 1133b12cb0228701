package dev.ifmatch.representation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.representation.Documents.Document;
import dev.ifmatch.representation.Recipes.Tagged;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** In what slices the work is done, and what is done in between, changes no tag. */
@Domain(Documents.class)
@Domain(DomainContext.Global.class)
class SlicesPropertiesTest {

  /** A fingerprint that is made bit by bit. */
  private static final class Slow {
    private final Fingerprint fingerprint;
    private final byte[] content;
    private final Random random;
    private int at;
    private boolean finished;

    Slow(TagRecipe recipe, Coder coder, byte[] content, Random random) {
      this.fingerprint = new Fingerprint(recipe, coder.coding);
      this.content = coder.encode(content);
      this.random = random;
    }

    /** Returns whether it is finished. */
    boolean step() {
      if (at < content.length) {
        int length = random.nextInt(content.length - at + 1);
        fingerprint.update(ByteBuffer.wrap(content, at, length));
        at += length;
        for (int i = random.nextInt(4); i > 0; i--) {
          fingerprint.advance(budget());
        }
      } else {
        finished = fingerprint.finish(budget());
      }
      return finished;
    }

    Tagged tagged() {
      return new Tagged(fingerprint.tag().orElseThrow().withoutCoding(), fingerprint.fallback());
    }

    private int budget() {
      return 1 + random.nextInt(random.nextBoolean() ? 4 : 400);
    }
  }

  @Property(tries = 2000)
  void anySlicesMakeOneTag(
      @ForAll Document document,
      @ForAll List<PointerPattern> include,
      @ForAll List<PointerPattern> ignore,
      @ForAll Coder coder,
      @ForAll Random random) {
    TagRecipe recipe = Recipes.json(include, ignore);
    byte[] content = document.spelled(random);
    Slow slow = new Slow(recipe, coder, content, random);
    while (!slow.step()) {
      assertThat(slow.finished).isFalse();
    }

    assertThat(slow.tagged()).isEqualTo(Tagged.of(recipe, content));
  }

  @Property
  void anySlicesOfDamagedOrTooLargeContentDoSoToo(
      @ForAll Document document, @ForAll Random random) {
    byte[] content = document.spelled(random);
    content[random.nextInt(content.length)] = (byte) random.nextInt();
    TagRecipe recipe = Recipes.json(random.nextInt(2 * content.length));
    Slow slow = new Slow(recipe, Coder.PLAIN, content, random);
    while (!slow.step()) {
      assertThat(slow.finished).isFalse();
    }

    assertThat(slow.tagged()).isEqualTo(Tagged.of(recipe, content));
  }

  /** What one keeps for a while is never what another one works with. */
  @Property
  void fingerprintsThatAreMadeByTurnsDoNotDisturbEachOther(
      @ForAll @Size(min = 2, max = 6) List<Document> documents, @ForAll Random random) {
    List<byte[]> contents = documents.stream().map(document -> document.spelled(random)).toList();
    List<Slow> all = new ArrayList<>();
    contents.forEach(content -> all.add(new Slow(Recipes.JSON, Coder.PLAIN, content, random)));
    List<Slow> open = new ArrayList<>(all);
    while (!open.isEmpty()) {
      int one = random.nextInt(open.size());
      if (open.get(one).step()) {
        open.remove(one);
      }
    }

    assertThat(all.stream().map(Slow::tagged))
        .isEqualTo(contents.stream().map(content -> Tagged.of(Recipes.JSON, content)).toList());
  }

  /** As a client's leaving does. */
  @Property
  void oneThatIsGivenUpDisturbsNone(
      @ForAll Document left, @ForAll Document document, @ForAll Random random) {
    Slow slow = new Slow(Recipes.JSON, Coder.PLAIN, left.spelled(random), random);
    for (int i = random.nextInt(10); i > 0 && !slow.finished; i--) {
      slow.step();
    }
    byte[] content = document.spelled(random);

    assertThat(Tagged.of(Recipes.JSON, content, Arrays.copyOf(content, 0)))
        .isEqualTo(Tagged.of(Recipes.JSON, document.plain()));
  }
}
