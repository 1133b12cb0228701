package dev.ifmatch.http;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** What the properties of this package are tried with. */
final class HttpValues {
  private HttpValues() {}

  /** Every entity-tag, with obs-text; short ones often, so that equal texts meet. */
  static Arbitrary<EntityTag> tags() {
    Arbitrary<String> any =
        Arbitraries.strings()
            .withChars('!')
            .withCharRange('#', '~')
            .withCharRange('\u0080', '\u00ff')
            .ofMaxLength(40);
    Arbitrary<String> few = Arbitraries.of("", "1", "2", "W/", "*", ",", "1-gzip");
    return Combinators.combine(Arbitraries.of(true, false), Arbitraries.oneOf(any, few))
        .as(EntityTag::new);
  }

  /** Strings that look like a list of entity-tags often enough. */
  static Arbitrary<String> almostTags() {
    Arbitrary<String> pieces =
        Arbitraries.of("\"", "W/", ",", " ", "\t", "*", "a", "\u00e9", "\u20ac", "\u0000", "\\");
    Arbitrary<String> glued = pieces.list().ofMaxSize(12).map(list -> String.join("", list));
    return Arbitraries.oneOf(Arbitraries.strings().ofMaxLength(30), glued);
  }
}
