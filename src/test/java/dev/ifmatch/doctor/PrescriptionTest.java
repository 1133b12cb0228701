package dev.ifmatch.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.representation.PointerPattern;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The lines that are printed to be pasted. */
class PrescriptionTest {

  @Test
  void whatIsFineNeedsNone() {
    assertThat(Prescription.of(List.of(diagnosis("/a", Remedy.NONE)))).isEmpty();
  }

  @Test
  void resourcesOfOneRouteAreTakenTogether() {
    assertThat(
            Prescription.of(
                List.of(
                    diagnosis("/orders/7", ignoring("/meta/at", "/items/*/seen")),
                    diagnosis("/orders/8?full", ignoring("/meta/at", "/x")),
                    diagnosis("/users/7", Remedy.TOLERANT.and(ignoring())))))
        .containsExactly(
            "routes:",
            "  - path: /orders/{id}        # guessed",
            "    tag:",
            "      form: json",
            "      ignore: [/items/*/seen, /meta/at, /x]",
            "  - path: /users/{id}        # guessed",
            "    comparison: tolerant",
            "    tag:",
            "      form: json");
  }

  @Test
  void whatYamlWouldTakeForItsOwnIsQuoted() {
    assertThat(
            Prescription.of(
                List.of(
                    diagnosis("/a", ignoring("/a b", "/c,d", "/{e}", "/it's", "/f#g", "/h:i")))))
        .contains("      ignore: ['/a b', '/c,d', '/f#g', '/h:i', '/it''s', '/{e}']");
  }

  @Test
  void aLimitIsOneForAll() {
    assertThat(
            Prescription.of(
                List.of(
                    diagnosis("/a", Remedy.buffering(3 << 20)),
                    diagnosis("/b", Remedy.buffering((5 << 20) + 1)))))
        .containsExactly("limits:", "  tag-buffer: 6MiB");
  }

  @Test
  void aLargeDocumentIsToBeTakenAsJsonToo() {
    assertThat(Prescription.of(List.of(diagnosis("/a", Remedy.buffering(3 << 20).and(ignoring())))))
        .containsExactly(
            "limits:",
            "  tag-buffer: 4MiB",
            "routes:",
            "  - path: /a        # guessed",
            "    tag:",
            "      form: json",
            "      json-limit: 4MiB");
  }

  private static Remedy ignoring(String... pointers) {
    return Remedy.ignoring(Stream.of(pointers).map(PointerPattern::parse).toList());
  }

  private static Diagnosis diagnosis(String target, Remedy remedy) {
    return new Diagnosis(target, List.of(Finding.bad("x", remedy)));
  }
}
