package dev.ifmatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MethodTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # name,   safe,  read,  write
          GET,      true,  true,  false
          HEAD,     true,  true,  false
          OPTIONS,  true,  false, false
          TRACE,    true,  false, false
          PROPFIND, true,  false, false
          QUERY,    true,  false, false
          SEARCH,   true,  false, false
          REPORT,   true,  false, false
          POST,     false, false, false
          PUT,      false, false, true
          PATCH,    false, false, true
          DELETE,   false, false, true
          CONNECT,  false, false, false
          LOCK,     false, false, false
          BREW,     false, false, false
          get,      false, false, false
          put,      false, false, false
          """)
  void isWhatItsRegistrationSays(String name, boolean safe, boolean read, boolean write) {
    Method method = Method.of(name);

    assertThat(method).isEqualTo(new Method(name)).hasToString(name);
    assertThat(method.isSafe()).as("safe").isEqualTo(safe);
    assertThat(method.isRead()).as("read").isEqualTo(read);
    assertThat(method.isWrite()).as("write").isEqualTo(write);
  }

  @Test
  void knownNamesAreNotMadeAnew() {
    assertThat(Method.of("PATCH")).isSameAs(Method.PATCH);
  }
}
