package dev.ifmatch.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;

/** All spellings of one resource meet in one key. */
class ResourceKeyPropertiesTest {

  @Provide
  Arbitrary<List<String>> segments() {
    Arbitrary<String> any =
        Arbitraries.strings()
            .withCharRange('a', 'z')
            .withCharRange('A', 'Z')
            .withCharRange('0', '9')
            .withChars("-_~!$&'()*+,=:@")
            .ofMinLength(1)
            .ofMaxLength(8);
    Arbitrary<String> special = Arbitraries.of("...", "a%3fb", "%c3%a9", "a%20b", "%25", "..a");
    return Arbitraries.oneOf(any, special).list().ofMaxSize(5);
  }

  @Provide
  Arbitrary<String> almostPaths() {
    return Arbitraries.of(
            "/", "//", ".", "..", "%", "%2", "%2e", "%2F", "%3b", "%25", "41", ";", "a", "?", "://")
        .list()
        .ofMaxSize(12)
        .map(pieces -> String.join("", pieces));
  }

  @Property
  void anotherSpellingMeetsInTheSameKey(
      @ForAll("segments") List<String> segments, @ForAll Random random) {
    String plain = "/" + String.join("/", segments);

    assertThat(ResourceKey.of(respelled(segments, random)))
        .hasToString(plain.toLowerCase(Locale.ROOT));
  }

  @Property
  void theKeyOfAKeyIsTheSame(@ForAll("almostPaths") String target) {
    ResourceKey key = ResourceKey.of(target);

    assertThat(ResourceKey.of(key.path())).isEqualTo(key);
  }

  @Property
  void anyTargetHasAKeyThatIsAPlainPath(
      @ForAll @CharRange(from = '\u0000', to = '\u007f') String target) {
    assertThat(ResourceKey.of(target).path())
        .matches("/|(/([a-z0-9._~!$&'()*+,=:@-]|%[0-9a-f]{2})+)+");
  }

  private static String respelled(List<String> segments, Random random) {
    List<String> spelled = new ArrayList<>(List.of(""));
    for (String segment : segments) {
      spelled.addAll(
          switch (random.nextInt(6)) {
            case 0 -> List.of("");
            case 1 -> List.of(encode(".", random));
            case 2 -> List.of("x%20y;z", encode("..", random));
            case 3 -> List.of("x", "y", encode("..", random), encode("..", random) + ";p=1");
            default -> List.<String>of();
          });
      String parameter = random.nextInt(4) == 0 ? ";p=" + random.nextInt(9) : "";
      spelled.add(encode(segment, random) + parameter);
    }
    spelled.addAll(random.nextBoolean() ? List.of("") : List.of());
    String path = String.join("/", spelled);
    return random.nextBoolean() ? path + "?q=/../x" : "http://h" + (path.isEmpty() ? "/" : path);
  }

  /** Percent-encodes some characters, and writes some hexadecimal digits in the other case. */
  private static String encode(String segment, Random random) {
    StringBuilder encoded = new StringBuilder();
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      boolean lower = random.nextBoolean();
      if (c == '%') {
        String octet = segment.substring(i, i + 3);
        encoded.append(lower ? octet.toLowerCase(Locale.ROOT) : octet);
        i += 2;
      } else if (random.nextInt(3) == 0) {
        encoded.append((lower ? "%%%02x" : "%%%02X").formatted((int) c));
      } else {
        encoded.append(c);
      }
    }
    return encoded.toString();
  }
}
