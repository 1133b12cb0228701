package dev.ifmatch.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.http.FieldList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferenceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          return=representation                  | true
          Return = representation                | true
          return="representation"                | true
          return=representation; foo="bar"       | true
          respond-async, return=representation   | true
          return=minimal                         | false
          return=minimal, return=representation  | false
          return=representation, return=minimal  | true
          return=Representation                  | false
          returns=representation                 | false
          return                                 | false
          """)
  void wantsARepresentationWhereThatIsItsFirstWord(String value, boolean wanted) {
    assertThat(Preference.wantsRepresentation(FieldList.of("Prefer", value))).isEqualTo(wanted);
  }

  @Test
  void severalLinesAreOneList() {
    assertThat(
            Preference.wantsRepresentation(
                FieldList.of("Prefer", "wait=10", "Prefer", "return=representation")))
        .isTrue();
    assertThat(Preference.wantsRepresentation(new FieldList())).isFalse();
  }
}
