package dev.ifmatch.representation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Small documents whose names and values are apt to be mistaken for each other. */
public final class Documents extends DomainContextBase {
  private static final List<String> NAMES =
      List.of(
          "",
          "a",
          "b",
          "aa",
          "ab",
          "a\0",
          "A",
          "0",
          "1",
          "00",
          "*",
          "/",
          "~",
          "~1",
          "null",
          "é",
          "ё",
          "\ud7ff",
          "\ue000",
          "\uffff",
          "\ud83d\ude00",
          "\ud800\udc00",
          "longer than a word",
          "longer than a wore",
          "12345678",
          "123456789",
          "\"",
          "\\",
          "\n");
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "1",
          "-1",
          "1.0",
          "1.00",
          "1e0",
          "1E0",
          "1e+0",
          "10e-1",
          "0.1",
          "0.10",
          "10",
          "9007199254740992",
          "9007199254740993",
          "1e400",
          "2e400",
          "1e-400",
          "-1e-400",
          "0.1000000000000000055511151231257827",
          "9".repeat(400),
          "9".repeat(399) + "8");

  /** A document, or a part of one. */
  @Provide
  Arbitrary<Document> documents() {
    return values().map(Document::new);
  }

  @Provide
  Arbitrary<List<PointerPattern>> pointers() {
    Arbitrary<String> tokens =
        Arbitraries.oneOf(
            Arbitraries.of("*", "a", "b", "0", "1"), Arbitraries.of(NAMES), Arbitraries.of("-"));
    Arbitrary<PointerPattern> patterns =
        tokens.list().ofMinSize(1).ofMaxSize(3).map(PointerPattern::new);
    return Arbitraries.oneOf(Arbitraries.just(List.of()), patterns.list().ofMaxSize(3));
  }

  /** A JSON value, in a record so that it can be {@code null}. */
  record Document(Object value) {
    byte[] plain() {
      return toString().getBytes(UTF_8);
    }

    byte[] spelled(Random random) {
      return Spelling.any(value, random).getBytes(UTF_8);
    }

    @Override
    public String toString() {
      return Spelling.plain(value);
    }
  }

  private static Arbitrary<Object> values() {
    return Arbitraries.recursive(
        Documents::scalars,
        inner ->
            Arbitraries.oneOf(
                scalars(),
                inner.list().ofMaxSize(4).map(list -> (Object) list),
                Combinators.combine(
                        Arbitraries.of(NAMES).list().uniqueElements().ofMaxSize(5),
                        inner.list().ofSize(5))
                    .as(Documents::object)),
        1,
        3);
  }

  private static Object object(List<String> names, List<Object> values) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      object.put(names.get(i), values.get(i));
    }
    return object;
  }

  private static Arbitrary<Object> scalars() {
    return Arbitraries.oneOf(
        Arbitraries.of(new ArrayList<>(List.of(true, false))).injectNull(0.4).map(b -> (Object) b),
        Arbitraries.of(NUMBERS).map(Spelling.Num::new),
        Arbitraries.of(NUMBERS).map(text -> text),
        Arbitraries.of(NAMES).map(text -> text),
        Arbitraries.strings()
            .withChars('a', '"', '\\', '\n', '\u0000', '\u001f', '\u007f', '\u0080', 'é', '中')
            .ofMaxLength(12)
            .map(text -> text));
  }
}
