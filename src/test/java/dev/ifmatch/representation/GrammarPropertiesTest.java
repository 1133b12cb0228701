package dev.ifmatch.representation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.representation.Documents.Document;
import dev.ifmatch.representation.Recipes.Tagged;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** What is JSON, and what it says, is what another parser makes of it. */
@Domain(Documents.class)
@Domain(DomainContext.Global.class)
class GrammarPropertiesTest {
  private static final String PIECES =
      "{}[]\",:\\ue+-.0123456789 \nntfals/*#'\u0000\u007f\u00e9\ud83d";

  @Property(tries = 4000)
  void damagedTextIsTakenOrNotAsByAnotherParser(@ForAll Document document, @ForAll Random random) {
    byte[] damaged = damage(document.spelled(random), random);
    Optional<Document> read = OtherParser.read(damaged);
    Tagged tagged = Tagged.of(Recipes.JSON, damaged);

    assertThat(tagged.fallback().isEmpty())
        .as(new String(damaged, UTF_8))
        .isEqualTo(read.isPresent());
    read.ifPresent(said -> assertThat(Tagged.of(Recipes.JSON, said.plain())).isEqualTo(tagged));
  }

  private static byte[] damage(byte[] content, Random random) {
    byte[] damaged = content;
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(damaged.length + 1);
      int cut = Math.min(damaged.length - at, random.nextInt(3));
      byte[] piece = piece(damaged, random);
      damaged =
          ByteBuffer.allocate(damaged.length - cut + piece.length)
              .put(damaged, 0, at)
              .put(piece)
              .put(damaged, at + cut, damaged.length - at - cut)
              .array();
    }
    return damaged;
  }

  private static byte[] piece(byte[] content, Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> new byte[0];
      case 1 -> new byte[] {(byte) random.nextInt()};
      case 2 -> {
        int at = random.nextInt(content.length + 1);
        int length = random.nextInt(Math.min(6, content.length + 1 - at));
        yield ByteBuffer.allocate(length).put(content, at, length).array();
      }
      default -> {
        int at = random.nextInt(PIECES.length() - 1);
        yield PIECES.substring(at, at + 1).getBytes(UTF_8);
      }
    };
  }
}
