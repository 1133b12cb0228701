package dev.ifmatch.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.exchange.EveryOrder.Transition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What every order of events brings about, kept as a file in which changes are seen.
 *
 * <p>{@code mvn test -Dtest=EveryOrderTest -Difmatch.golden=write} writes the files anew.
 */
final class Golden {
  private static final Path FOLDER = Path.of("src/test/resources/dev/ifmatch/exchange");
  private static final String REWRITE = "mvn test -Dtest=EveryOrderTest -Difmatch.golden=write";

  private final Path file;
  private final Comparator<String> inOrder;
  private final Map<List<String>, EveryOrder> plans = new LinkedHashMap<>();

  /**
   * A file.
   *
   * @param states the machine's states, in the order in which they are to be listed
   */
  Golden(String name, Enum<?>... states) {
    file = FOLDER.resolve(name);
    List<String> names = Arrays.stream(states).map(Enum::name).toList();
    inOrder =
        Comparator.comparingInt(
                (String line) -> names.indexOf(line.substring(0, line.indexOf(' '))))
            .thenComparing(Comparator.naturalOrder());
  }

  /** Adds what a plan, which is known by its traits, does. */
  void add(List<String> traits, EveryOrder orders) {
    plans.put(traits, orders);
  }

  /** Compares with the file, or writes it where that was asked for. */
  void verify() throws IOException {
    List<String> lines = lines();
    if ("write".equals(System.getProperty("ifmatch.golden"))) {
      Files.createDirectories(FOLDER);
      Files.write(file, lines);
    }
    List<String> kept = Files.exists(file) ? Files.readAllLines(file) : List.of();
    assertThat(lines).withFailMessage(() -> difference(kept, lines)).isEqualTo(kept);
  }

  private String difference(List<String> before, List<String> now) {
    List<String> lines = new ArrayList<>();
    lines.add("What some order of events brings about is not what " + file + " says:");
    Set<String> left = new HashSet<>(now);
    Set<String> right = new HashSet<>(before);
    before.stream().filter(line -> !left.contains(line)).forEach(line -> lines.add("- " + line));
    now.stream().filter(line -> !right.contains(line)).forEach(line -> lines.add("+ " + line));
    lines.add("If that is meant, write the file anew and read its difference: " + REWRITE);
    return String.join("\n", lines);
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("# What some order of events brings about: state, event -> next state, commands");
    lines.add(
        "# Below it, where more than one thing can come of an event: which plans it happens to.");
    lines.add("# #v1 is the tag made from the body v1. Behind a state: the head whose body comes.");
    lines.add("# To write this file anew: " + REWRITE);
    Map<String, Set<List<String>>> happenings = plansWith(Transition::happening);
    plansWith(Transition::toString)
        .forEach(
            (transition, some) -> {
              String happening = transition.substring(0, transition.indexOf("->"));
              String which = describe(happenings.get(happening), some, 0);
              lines.add(transition);
              if (!which.isEmpty()) {
                lines.add("    where " + which);
              }
            });
    lines.add("");
    lines.add("# How many orders of events there are, from the start to the end");
    plans.forEach((plan, orders) -> lines.add(orders.orders() + " " + String.join(", ", plan)));
    return lines;
  }

  private Map<String, Set<List<String>>> plansWith(Function<Transition, String> words) {
    Map<String, Set<List<String>>> with = new TreeMap<>(inOrder);
    plans.forEach(
        (plan, orders) ->
            orders
                .transitions()
                .forEach(
                    transition ->
                        with.computeIfAbsent(words.apply(transition), t -> new LinkedHashSet<>())
                            .add(plan)));
    return with;
  }

  /** Some of the plans, by the traits that tell them from the rest; empty for all of them. */
  private static String describe(Set<List<String>> all, Set<List<String>> some, int trait) {
    if (some.size() == all.size()) {
      return "";
    }
    List<String> values = all.stream().map(plan -> plan.get(trait)).distinct().toList();
    Map<String, List<String>> valuesByRest = new LinkedHashMap<>();
    for (String value : values) {
      Set<List<String>> chosen = with(value, some, trait);
      if (!chosen.isEmpty()) {
        String rest = describe(with(value, all, trait), chosen, trait + 1);
        valuesByRest.computeIfAbsent(rest, r -> new ArrayList<>()).add(value);
      }
    }
    List<String> parts = new ArrayList<>();
    valuesByRest.forEach(
        (rest, same) -> {
          String which = String.join(" | ", same);
          String both = rest.isEmpty() ? which : which + " (" + rest + ")";
          parts.add(same.size() == values.size() ? rest : both);
        });
    return String.join("; ", parts);
  }

  private static Set<List<String>> with(String value, Set<List<String>> plans, int trait) {
    Set<List<String>> chosen = new LinkedHashSet<>(plans);
    chosen.removeIf(plan -> !plan.get(trait).equals(value));
    return chosen;
  }
}
