package dev.ifmatch.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityTest {
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "(\\[[0-9A-Fa-f:.]+\\]|([A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+)(:[0-9]{0,5})?");

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "a.b:8080", "[::1]", "[::1]:80", "a:", "%41b", "127.0.0.1"})
  void takesHosts(String text) {
    assertThat(Authority.isValid(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":80",
        "a b",
        "a:b",
        "a:123456",
        "[",
        "[]",
        "[::1",
        "[::1]x",
        "a/b",
        "a@b",
        "%4",
        "%",
        "%zz",
        "a:80:80",
        "ä"
      })
  void takesNothingElse(String text) {
    assertThat(Authority.isValid(text)).isFalse();
  }

  @Property(tries = 20_000)
  void followsTheGrammar(@ForAll("nearlyHosts") String text) {
    assertThat(Authority.isValid(text)).isEqualTo(GRAMMAR.matcher(text).matches());
  }

  @Provide
  Arbitrary<String> nearlyHosts() {
    return Arbitraries.strings().withChars("aF9:.[]%-_~/@ \u007fé").ofMaxLength(8);
  }
}
