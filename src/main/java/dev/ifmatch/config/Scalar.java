package dev.ifmatch.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A single word, number or text. Immutable.
 *
 * @param <T> what it is read to
 */
public final class Scalar<T> implements Kind<T> {
  private final String label;
  private final String what;
  private final Function<String, T> parser;
  private final Function<T, Optional<Object>> writer;
  private final Map<String, Object> facts;

  /** Makes of a value what it means where it stands. */
  private final BiFunction<Value, T, T> inPlace;

  private Scalar(
      String label,
      String what,
      Function<String, T> parser,
      Function<T, Optional<Object>> writer,
      Map<String, Object> facts) {
    this(label, what, parser, writer, facts, (place, value) -> value);
  }

  private Scalar(
      String label,
      String what,
      Function<String, T> parser,
      Function<T, Optional<Object>> writer,
      Map<String, Object> facts,
      BiFunction<Value, T, T> inPlace) {
    this.label = label;
    this.what = what;
    this.parser = parser;
    this.writer = writer;
    this.facts = facts;
    this.inPlace = inPlace;
  }

  /** The name of a file: in a configuration file, seen from its folder. */
  static Scalar<Path> file() {
    return new Scalar<>(
        "FILE",
        "the name of a file",
        Path::of,
        value -> Optional.of(value.toString()),
        Map.of("type", "string"),
        Value::place);
  }

  /**
   * A text.
   *
   * @param label its name in a synopsis: {@code TIME}
   * @param what what it is, with an example
   * @param parser reads it, or throws an {@link IllegalArgumentException} that says what is wrong
   * @param writer writes it as the parser reads it
   */
  static <T> Scalar<T> text(
      String label, String what, Function<String, T> parser, Function<T, String> writer) {
    return new Scalar<>(
        label, what, parser, value -> Optional.of(writer.apply(value)), Map.of("type", "string"));
  }

  /** One of the words that stand for an enum's constants. */
  static <E extends Enum<E>> Scalar<E> oneOf(String label, E[] constants) {
    Map<String, E> words = new LinkedHashMap<>();
    for (E constant : constants) {
      words.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
    }
    return oneOf(label, words);
  }

  /** One of some words. */
  static <T> Scalar<T> oneOf(String label, Map<String, T> words) {
    String what = "one of " + String.join(", ", words.keySet());
    Function<String, T> parser =
        text -> {
          if (!words.containsKey(text)) {
            throw new IllegalArgumentException("'%s' is not %s".formatted(text, what));
          }
          return words.get(text);
        };
    Function<T, Optional<Object>> writer =
        value ->
            words.keySet().stream()
                .filter(word -> words.get(word).equals(value))
                .findFirst()
                .map(Object.class::cast);
    return new Scalar<>(label, what, parser, writer, Map.of("enum", List.copyOf(words.keySet())));
  }

  /** {@code true} or {@code false}. */
  static Scalar<Boolean> flag() {
    Function<String, Boolean> parser =
        text -> {
          if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("'%s' is not true or false".formatted(text));
          }
          return text.equals("true");
        };
    return new Scalar<>(
        "BOOLEAN", "true or false", parser, Optional::of, Map.of("type", "boolean"));
  }

  /** A whole number. */
  static Scalar<Integer> count(int least, int most) {
    String what =
        most == Integer.MAX_VALUE
            ? "a whole number from " + least
            : "a whole number from " + least + " to " + most;
    Function<String, Integer> parser =
        text -> {
          if (text.matches("[0-9]{1,9}")) {
            int count = Integer.parseInt(text);
            if (count >= least && count <= most) {
              return count;
            }
          }
          throw new IllegalArgumentException("'%s' is not %s".formatted(text, what));
        };
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("type", "integer");
    facts.put("minimum", least);
    if (most < Integer.MAX_VALUE) {
      facts.put("maximum", most);
    }
    return new Scalar<>("COUNT", what, parser, Optional::of, facts);
  }

  /** The same for another parser. */
  Scalar<T> parsedBy(Function<String, T> other) {
    return new Scalar<>(label, what, other, writer, facts, inPlace);
  }

  /** The same, with the regular expression that its text matches. */
  Scalar<T> matching(String regex) {
    Map<String, Object> more = new LinkedHashMap<>(facts);
    more.put("pattern", regex);
    return new Scalar<>(label, what, parser, writer, more, inPlace);
  }

  /** The same for words that YAML takes for numbers: as such, they stand for themselves, too. */
  Scalar<T> orNumbers() {
    List<Object> words = new ArrayList<>((List<?>) facts.get("enum"));
    words.addAll(words.stream().map(word -> Double.valueOf(word.toString())).toList());
    return new Scalar<>(label, what, parser, writer, Map.of("enum", words), inPlace);
  }

  /** The same for a key that need not have a value. */
  Scalar<Optional<T>> optional() {
    return new Scalar<>(
        label,
        what,
        text -> Optional.of(parser.apply(text)),
        value -> value.flatMap(writer),
        facts,
        (place, value) -> value.map(one -> inPlace.apply(place, one)));
  }

  /** Whether it is {@code true} or {@code false}. */
  public boolean isFlag() {
    return "boolean".equals(facts.get("type"));
  }

  /** Its name in a synopsis: {@code TIME}. */
  public String label() {
    return label;
  }

  /** What it is, with an example: {@code a duration such as 5s}. */
  String what() {
    return what;
  }

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException if it is not of this kind; the message says what is
   */
  public T parse(String text) {
    return parser.apply(text);
  }

  /**
   * How a value is written: a text, number or boolean; empty for one that is not written at all.
   */
  public Optional<Object> written(T value) {
    return writer.apply(value);
  }

  @Override
  public T read(Value value, T otherwise) {
    return read(value).orElse(otherwise);
  }

  /** Reads a value; empty where it is wrong. */
  Optional<T> read(Value value) {
    return value
        .text(what)
        .flatMap(
            text -> {
              try {
                return Optional.of(inPlace.apply(value, parser.apply(text)));
              } catch (IllegalArgumentException e) {
                value.reject(e.getMessage(), what);
                return Optional.empty();
              }
            });
  }

  @Override
  public Map<String, Object> schema(T otherwise, boolean defaults) {
    Map<String, Object> schema = schema();
    if (defaults) {
      written(otherwise).ifPresent(value -> schema.put("default", value));
    }
    return schema;
  }

  /** The JSON Schema of its values, where none holds if nothing is said. */
  Map<String, Object> schema() {
    boolean any = facts.equals(Map.of("type", "string"));
    return new LinkedHashMap<>(any ? facts : Map.of("anyOf", List.of(facts, SchemaKeys.VARIABLE)));
  }
}
