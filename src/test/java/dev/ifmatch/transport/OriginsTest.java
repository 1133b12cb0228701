package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which origins go together, and what can be asked of them. */
class OriginsTest {

  private static Origins of(String... urls) {
    return Origins.of(Stream.of(urls).map(Origin::parse).toList());
  }

  @Test
  void severalOfOneSchemeGoTogether() {
    assertThat(of("http://a", "http://a:81", "http://[::1]").tls()).isFalse();
    assertThat(of("https://a", "https://b").tls()).isTrue();
    assertThat(of("http://a", "http://b:81")).hasToString("http://a, http://b:81");
  }

  @ParameterizedTest
  @CsvSource({
    "http://a,  https://b, they must be all of one kind",
    "http://a,  http://a:80, the backend http://a is named twice"
  })
  void othersDoNot(String one, String other, String why) {
    assertThatThrownBy(() -> of(one, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void thereMustBeOne() {
    assertThatThrownBy(() -> Origins.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "up", "/a b", "/ü", "/a\r\nX: y"})
  void aCheckNeedsAPath(String path) {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new Checkup(path, second, second, 200, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCheckNeedsToCount() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new Checkup("/", second, second, 200, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Checkup("/", second, second, 200, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
