package dev.ifmatch.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which word was meant. */
class SpellingTest {
  private static final List<String> KNOWN = List.of("include", "ignore", "lock-wait", "lock-queue");

  @ParameterizedTest
  @CsvSource({
    "ignroe, did you mean 'ignore'?",
    "ignor, did you mean 'ignore'?",
    "Include, did you mean 'include'?",
    "lok-wiat, did you mean 'lock-wait'?",
    "lockqueue, did you mean 'lock-queue'?",
    "x, 'there are include, ignore, lock-wait, lock-queue'",
    "exclude, 'did you mean ''include''?'",
    "'', 'there are include, ignore, lock-wait, lock-queue'"
  })
  void isTheNearest(String word, String hint) {
    assertThat(Spelling.hint(word, KNOWN)).isEqualTo(hint);
  }

  @ParameterizedTest
  @CsvSource({"ab, ab, 0", "ab, ba, 1", "abc, ac, 1", "ac, abc, 1", "abcd, xbcy, 2", "'', ab, 2"})
  void countsChanges(String one, String other, int distance) {
    assertThat(Spelling.distance(one, other)).isEqualTo(distance);
  }
}
