package dev.ifmatch.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ifmatch.exchange.Play.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Plays every order of events against a machine: depth first, each from the start, the client
 * leaving at every point.
 */
final class EveryOrder {

  /** What came of one event in one state. */
  record Transition(String before, String event, String after, List<String> commands) {

    /** State and event alone. */
    String happening() {
      return "%-44s %-42s ".formatted(before, event);
    }

    @Override
    public String toString() {
      return "%s-> %-44s %s"
          .formatted(happening(), after, String.join(", ", commands))
          .stripTrailing();
    }
  }

  /** Some of every kind of event, to be told where it cannot happen. */
  private static final List<Event> KINDS =
      List.of(
          Event.start(),
          Event.bodyReceived(),
          Event.refused(),
          Event.granted(),
          Event.head(200),
          Event.switched("Upgrade: x"),
          Event.body("v1"),
          Event.overflow("v1"),
          Event.broken());

  private final Supplier<Play> beginning;
  private final Function<Play, List<Event>> alphabet;
  private final Consumer<Play> invariants;
  private final Set<Transition> transitions = new LinkedHashSet<>();
  private final Set<String> poked = new HashSet<>();
  private int orders;

  private EveryOrder(
      Supplier<Play> beginning, Function<Play, List<Event>> alphabet, Consumer<Play> invariants) {
    this.beginning = beginning;
    this.alphabet = alphabet;
    this.invariants = invariants;
  }

  /**
   * Plays all.
   *
   * @param beginning makes a new exchange
   * @param alphabet what may happen next, besides the client's leaving
   * @param invariants looks at an exchange after every event
   */
  static EveryOrder of(
      Supplier<Play> beginning, Function<Play, List<Event>> alphabet, Consumer<Play> invariants) {
    EveryOrder every = new EveryOrder(beginning, alphabet, invariants);
    every.explore(List.of(), beginning.get());
    return every;
  }

  /** How many orders there are, from the start to the end. */
  int orders() {
    return orders;
  }

  /** What any order has gone through. */
  Set<Transition> transitions() {
    return transitions;
  }

  private void explore(List<Event> told, Play play) {
    try {
      check(play);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("after " + told + ", which gave " + play.port().commands(), e);
    }
    List<Event> next = next(play);
    if (next.isEmpty()) {
      orders++;
      return;
    }
    for (int i = next.size() - 1; i >= 0; i--) {
      Play other = i == 0 ? play : retell(told); // the last one goes on with what is there
      List<Event> longer = new ArrayList<>(told);
      longer.add(next.get(i));
      try {
        other.tell(next.get(i));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("in " + longer, e);
      }
      explore(longer, other);
    }
  }

  private Play retell(List<Event> told) {
    return beginning.get().tell(told.toArray(Event[]::new));
  }

  private List<Event> next(Play play) {
    if (play.isOver()) {
      return List.of();
    }
    List<Event> next = new ArrayList<>();
    for (Event event : play.steps().isEmpty() ? List.of(Event.start()) : alphabet.apply(play)) {
      if (event.when().isEmpty() || event.isPossible(play.port())) {
        next.add(event);
      }
    }
    if (!play.port().isClientGone()) {
      next.add(Event.clientGone());
    }
    return next;
  }

  private void check(Play play) {
    if (play.steps().isEmpty()) {
      return;
    }
    Step last = play.lastStep();
    transitions.add(
        new Transition(last.before(), last.event().name(), last.after(), last.commands()));
    invariants.accept(play);
    if (play.isOver()) {
      checkEnd(play);
    } else {
      assertThat(play.port().awaited())
          .as("an exchange that goes on waits for something")
          .isNotEqualTo(ScriptedPort.Awaited.NOTHING);
    }
    if (poked.add(last.after())) {
      KINDS.forEach(kind -> checkImpossible(kind, play));
    }
  }

  private void checkEnd(Play play) {
    assertThat(play.port().isSettled()).as("nothing is left behind").isTrue();
    List<String> commands = List.copyOf(play.port().commands());
    Play atOnce = beginning.get();
    atOnce.tellAtOnce(play.steps().stream().map(Step::event).toList());
    assertThat(atOnce.port().commands())
        .as("it makes no difference whether a command calls back before it returns")
        .isEqualTo(commands);
    play.machine().onClientGone();
    assertThat(play.port().commands()).as("what is over stays over").isEqualTo(commands);
  }

  private static void checkImpossible(Event event, Play play) {
    String state = play.state();
    // once the client left, a machine need not know whether the body is still kept or dropped
    boolean ofNoMatter = event.name().equals("overflow") && state.equals("ORPHANED_BODY");
    if (ofNoMatter || event.isPossible(play.port())) {
      return;
    }
    List<String> commands = List.copyOf(play.port().commands());
    assertThatThrownBy(() -> event.telling().accept(play))
        .as("'%s' cannot happen here", event)
        .isInstanceOf(IllegalStateException.class);
    assertThat(play.state()).isEqualTo(state);
    assertThat(play.port().commands()).isEqualTo(commands);
  }
}
