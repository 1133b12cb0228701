package dev.ifmatch.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.http.Method;
import dev.ifmatch.policy.PolicyBuilder;
import dev.ifmatch.policy.RouteTable;
import java.util.List;
import java.util.stream.Stream;

/**
 * What can happen to a request that is passed on as it is, and what then holds always.
 *
 * @param method a method that is neither a guarded read nor a guarded write
 * @param upgrade whether it offers to switch protocols
 */
record RelayOrders(Method method, boolean upgrade) {
  private static final List<Event> EVENTS =
      List.of(
          Event.head(200, "ETag: W/\"weak\""),
          Event.head(404),
          Event.switched("Upgrade: x"),
          Event.switched("Upgrade: y"),
          Event.unreachable(),
          Event.broken(),
          Event.timedOut());

  /** A safe method and an unsafe one. */
  static List<RelayOrders> all() {
    return Stream.of(Method.OPTIONS, Method.POST)
        .flatMap(m -> Stream.of(new RelayOrders(m, false), new RelayOrders(m, true)))
        .toList();
  }

  /** All orders of events. */
  EveryOrder play() {
    return EveryOrder.of(this::beginning, play -> EVENTS, RelayOrders::check);
  }

  private Play beginning() {
    RouteTable routes = PolicyBuilder.policy().upgrade("x").everywhere();
    return upgrade
        ? Play.on(routes, method + " /notes", "Connection: upgrade", "Upgrade: x")
        : Play.on(routes, method + " /notes");
  }

  private static void check(Play play) {
    List<String> commands = play.port().commands();
    boolean started = play.steps().get(0).event().name().equals("start");
    boolean clientGone = play.port().isClientGone();
    assertThat(commands.stream().filter(c -> c.startsWith("forward"))).hasSize(started ? 1 : 0);
    assertThat(commands.stream().filter(c -> c.matches("(relay|reply|tunnel) .*")))
        .hasSize(play.isOver() && !clientGone ? 1 : 0);
    boolean unasked = play.lastStep().event().name().equals("switched Upgrade: y");
    assertThat(commands.stream().filter(c -> c.equals("abort")))
        .hasSize((started && clientGone) || unasked ? 1 : 0);
  }

  /** What distinguishes it from the other plans. */
  List<String> traits() {
    return List.of(method.toString(), upgrade ? "Upgrade" : "no Upgrade");
  }
}
