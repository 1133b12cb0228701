package dev.ifmatch.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.http.FieldList;
import dev.ifmatch.http.Method;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.policy.Mode;
import dev.ifmatch.policy.Plan;
import dev.ifmatch.policy.Problem;
import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.RouteTable;
import dev.ifmatch.representation.FormFallback;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** One exchange on a scripted port: events are told to it, and what it commanded is looked at. */
final class Play {

  /**
   * One event and what came of it.
   *
   * @param before the machine's state when the event came, with the head whose body is awaited
   * @param after its state afterwards, the same way
   */
  record Step(String before, Event event, List<String> commands, String after) {}

  private final RequestHead request;
  private final ScriptedPort port = new ScriptedPort();
  private final Notes notes = new Notes();
  private final Plan plan;
  private final Exchange machine;
  private final List<Step> steps = new ArrayList<>();
  private String lastHead = "";

  private Play(RouteTable routes, RecentBodies bases, String line, String... fields) {
    List<String> words = List.of(line.split(" ", -1));
    request = new RequestHead(Method.of(words.get(0)), words.get(1), fields(fields));
    plan = Plan.of(request, routes);
    machine = Exchange.of(plan, request, port, notes, bases);
  }

  /** An exchange on routes of the script's own. */
  static Play on(RouteTable routes, String line, String... fields) {
    return new Play(routes, RecentBodies.NONE, line, fields);
  }

  /** The same, where bodies are kept. */
  static Play on(RouteTable routes, RecentBodies bases, String line, String... fields) {
    return new Play(routes, bases, line, fields);
  }

  /** An exchange on a route that requires preconditions. */
  static Play of(String line, String... fields) {
    return on(RouteTable.of(RoutePolicy.DEFAULT), line, fields);
  }

  /** An exchange on a route that leaves preconditions to the client. */
  static Play optional(String line, String... fields) {
    return on(RouteTable.of(RoutePolicy.DEFAULT.with(Mode.OPTIONAL)), line, fields);
  }

  /** Fields of lines such as {@code "ETag: #v1"}. */
  static FieldList fields(String... lines) {
    FieldList fields = new FieldList();
    for (String line : lines) {
      int colon = line.indexOf(": ");
      fields.add(line.substring(0, colon), Words.written(line.substring(colon + 2)));
    }
    return fields;
  }

  ScriptedPort port() {
    return port;
  }

  Exchange machine() {
    return machine;
  }

  RequestHead request() {
    return request;
  }

  /** The plan, which must be a write's. */
  Plan.Write write() {
    return (Plan.Write) plan;
  }

  List<Step> steps() {
    return steps;
  }

  Step lastStep() {
    return steps.get(steps.size() - 1);
  }

  /** What the listener was told of answers without a tag. */
  List<Untagged> untagged() {
    return notes.untagged;
  }

  /** What the listener was told would have been refused. */
  List<Problem> observed() {
    return notes.observed;
  }

  /** What the listener was told was refused, by an answer that is no problem document. */
  List<Problem> refused() {
    return notes.refused;
  }

  /** What the listener was told of bodies that are not of the form that was asked for. */
  List<FormFallback> fallbacks() {
    return notes.fallbacks;
  }

  /** Tells events, each of which must be able to happen then. */
  Play tell(Event... events) {
    for (Event event : events) {
      if (!event.when().isEmpty() && !event.isPossible(port)) {
        throw new AssertionError(
            "'%s' cannot happen after %s".formatted(event.name(), port.commands()));
      }
      String before = label();
      lastHead = event.name().startsWith("head ") ? event.name().substring(5) : lastHead;
      int known = port.commands().size();
      port.nextEvent();
      event.effect().accept(port);
      event.telling().accept(this);
      List<String> all = port.commands();
      List<String> commands = List.copyOf(all.subList(known, all.size()));
      steps.add(new Step(before, event, commands, label()));
    }
    return this;
  }

  /** Tells events as early as can be: from within the command that asked for them. */
  void tellAtOnce(List<Event> events) {
    Deque<Event> rest = new ArrayDeque<>(events);
    port.afterAsking(
        () -> {
          if (!rest.isEmpty() && rest.peek().isPossible(port)) {
            tell(rest.poll());
          }
        });
    while (!rest.isEmpty()) {
      tell(rest.poll());
    }
  }

  /** What the last event brought about, in order. */
  Play gives(String... commands) {
    assertThat(lastStep().commands()).as("on '%s'", lastStep().event()).containsExactly(commands);
    return this;
  }

  /** The machine's state. */
  String state() {
    if (machine instanceof WriteExchange write) {
      return write.state().name();
    }
    if (machine instanceof ReadExchange read) {
      return read.state().name();
    }
    return machine instanceof RelayExchange relay ? relay.state().name() : "";
  }

  boolean isOver() {
    return state().equals("OVER");
  }

  private String label() {
    boolean reads =
        port.awaited() == ScriptedPort.Awaited.COLLECTED
            || port.awaited() == ScriptedPort.Awaited.DRAINED;
    return reads ? "%s (%s)".formatted(state(), lastHead) : state();
  }

  /** Remembers what it is told. */
  private static final class Notes implements ExchangeListener {
    private final List<Problem> refused = new ArrayList<>();
    private final List<Problem> observed = new ArrayList<>();
    private final List<FormFallback> fallbacks = new ArrayList<>();
    private final List<Untagged> untagged = new ArrayList<>();

    @Override
    public void onRefused(Problem problem) {
      refused.add(problem);
    }

    @Override
    public void onObserved(Problem problem) {
      observed.add(problem);
    }

    @Override
    public void onFallback(RequestHead request, FormFallback why) {
      fallbacks.add(why);
    }

    @Override
    public void onUntagged(RequestHead request, Untagged why) {
      untagged.add(why);
    }
  }
}
