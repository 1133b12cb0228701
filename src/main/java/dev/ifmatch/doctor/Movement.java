package dev.ifmatch.doctor;

import dev.ifmatch.doctor.JsonValue.Elements;
import dev.ifmatch.doctor.JsonValue.Members;
import dev.ifmatch.representation.PointerPattern;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A place in a JSON document whose value changes from read to read.
 *
 * @param tokens where, as a pointer's tokens; {@code *} where several elements change there
 * @param order whether it is an array whose elements only change places
 * @param values what stood there, read by read
 */
record Movement(List<String> tokens, boolean order, List<String> values) {
  /** An object with more members than this that come and go changes as a whole. */
  private static final int MAX_COMING_AND_GOING = 2;

  private static final int MAX_SHOWN = 32;

  /** Where it is; empty text for the whole document. */
  PointerPattern pointer() {
    return new PointerPattern(tokens);
  }

  /** What changes between several readings of one document. */
  static List<Movement> between(List<JsonValue> readings) {
    if (new HashSet<>(readings).size() < 2) {
      return List.of();
    }
    if (readings.stream().allMatch(Members.class::isInstance)) {
      return inObject(readings.stream().map(Members.class::cast).toList());
    }
    boolean arrays = readings.stream().allMatch(Elements.class::isInstance);
    return arrays
        ? inArray(readings.stream().map(Elements.class::cast).toList())
        : List.of(here(readings, false));
  }

  /** How many plain values of a document are at this place. */
  int sizeIn(JsonValue document) {
    List<JsonValue> reached = List.of(document);
    for (String token : tokens) {
      reached = reached.stream().flatMap(value -> step(value, token)).toList();
    }
    return reached.stream().mapToInt(JsonValue::size).sum();
  }

  private static Stream<JsonValue> step(JsonValue value, String token) {
    if (value instanceof Members members) {
      return Stream.ofNullable(members.byName().get(token));
    }
    List<JsonValue> elements = value instanceof Elements array ? array.inOrder() : List.of();
    return IntStream.range(0, elements.size())
        .filter(i -> token.equals(PointerPattern.ANY) || token.equals(Integer.toString(i)))
        .mapToObj(elements::get);
  }

  private static List<Movement> inObject(List<Members> readings) {
    Set<String> names = new LinkedHashSet<>();
    readings.forEach(members -> names.addAll(members.byName().keySet()));
    Set<String> always = new HashSet<>(names);
    readings.forEach(members -> always.retainAll(members.byName().keySet()));
    if (names.size() - always.size() > MAX_COMING_AND_GOING) {
      return List.of(here(readings, false));
    }
    List<Movement> found = new ArrayList<>();
    for (String name : names) {
      List<JsonValue> values =
          readings.stream().flatMap(m -> Stream.ofNullable(m.byName().get(name))).toList();
      List<Movement> below = always.contains(name) ? between(values) : List.of(here(values, false));
      below.forEach(movement -> found.add(movement.under(name)));
    }
    return found;
  }

  private static List<Movement> inArray(List<Elements> readings) {
    int size = readings.get(0).inOrder().size();
    if (readings.stream().anyMatch(array -> array.inOrder().size() != size)) {
      return List.of(here(readings, false));
    }
    if (changesPlaces(readings)) {
      return List.of(here(readings, true));
    }
    Map<List<Object>, List<Movement>> alike = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      String index = Integer.toString(i);
      for (Movement below : between(elements(readings, i))) {
        alike
            .computeIfAbsent(List.of(below.tokens, below.order), key -> new ArrayList<>())
            .add(below.under(index));
      }
    }
    return alike.values().stream()
        .map(all -> all.size() > 1 || size == 1 ? all.get(0).ofAny() : all.get(0))
        .toList();
  }

  private static List<JsonValue> elements(List<Elements> readings, int index) {
    return readings.stream().map(array -> array.inOrder().get(index)).toList();
  }

  /**
   * Whether the same elements stand in another order: by all that they are, or by a member, unless
   * another one that tells them apart stays in its order.
   */
  private static boolean changesPlaces(List<Elements> readings) {
    List<List<List<JsonValue>>> views = new ArrayList<>();
    views.add(readings.stream().map(Elements::inOrder).toList());
    readings.get(0).inOrder().stream()
        .limit(1)
        .filter(Members.class::isInstance)
        .flatMap(element -> ((Members) element).byName().keySet().stream())
        .forEach(name -> views.add(readings.stream().map(r -> column(r, name)).toList()));
    return views.stream().anyMatch(Movement::isPermuted)
        && views.stream().noneMatch(Movement::tellsApart);
  }

  private static List<JsonValue> column(Elements array, String name) {
    return array.inOrder().stream()
        .map(value -> value instanceof Members m ? m.byName().getOrDefault(name, value) : value)
        .toList();
  }

  private static boolean isPermuted(List<List<JsonValue>> readings) {
    Set<Map<JsonValue, Long>> counts =
        readings.stream()
            .map(r -> r.stream().collect(Collectors.groupingBy(v -> v, Collectors.counting())))
            .collect(Collectors.toSet());
    return counts.size() == 1 && new HashSet<>(readings).size() > 1;
  }

  private static boolean tellsApart(List<List<JsonValue>> readings) {
    boolean same = new HashSet<>(readings).size() == 1;
    return same && new HashSet<>(readings.get(0)).size() == readings.get(0).size();
  }

  private static Movement here(List<? extends JsonValue> readings, boolean order) {
    return new Movement(List.of(), order, readings.stream().map(Movement::shown).toList());
  }

  private static String shown(JsonValue value) {
    if (value instanceof JsonValue.Plain plain) {
      return plain.text().length() <= MAX_SHOWN
          ? plain.text()
          : plain.text().substring(0, MAX_SHOWN) + "…";
    }
    return value instanceof Elements array
        ? "[%d elements]".formatted(array.inOrder().size())
        : "{…}";
  }

  private Movement under(String token) {
    List<String> longer = new ArrayList<>(List.of(token));
    longer.addAll(tokens);
    return new Movement(List.copyOf(longer), order, values);
  }

  private Movement ofAny() {
    List<String> general = new ArrayList<>(tokens);
    general.set(0, PointerPattern.ANY);
    return new Movement(List.copyOf(general), order, values);
  }
}
