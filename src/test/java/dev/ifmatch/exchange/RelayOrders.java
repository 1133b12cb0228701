package dev.ifmatch.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.http.Method;
import java.util.List;

/**
 * What can happen to a request that is passed on as it is, and what then holds always.
 *
 * @param method a method that is neither a guarded read nor a guarded write
 */
record RelayOrders(Method method) {
  private static final List<Event> EVENTS =
      List.of(
          Event.head(200, "ETag: W/\"weak\""),
          Event.head(404),
          Event.unreachable(),
          Event.broken(),
          Event.timedOut());

  /** A safe method and an unsafe one. */
  static List<RelayOrders> all() {
    return List.of(new RelayOrders(Method.OPTIONS), new RelayOrders(Method.POST));
  }

  /** All orders of events. */
  EveryOrder play() {
    return EveryOrder.of(() -> Play.of(method + " /notes"), play -> EVENTS, RelayOrders::check);
  }

  private static void check(Play play) {
    List<String> commands = play.port().commands();
    boolean started = play.steps().get(0).event().name().equals("start");
    boolean clientGone = play.port().isClientGone();
    assertThat(commands.stream().filter(c -> c.startsWith("forward"))).hasSize(started ? 1 : 0);
    assertThat(commands.stream().filter(c -> c.startsWith("relay") || c.startsWith("reply")))
        .hasSize(play.isOver() && !clientGone ? 1 : 0);
    assertThat(commands.stream().filter(c -> c.equals("abort")))
        .hasSize(started && clientGone ? 1 : 0);
  }

  /** What distinguishes it from the other plans. */
  List<String> traits() {
    return List.of(method.toString());
  }
}
