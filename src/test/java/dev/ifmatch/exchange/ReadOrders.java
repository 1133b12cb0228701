package dev.ifmatch.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.exchange.Play.Step;
import dev.ifmatch.http.Method;
import dev.ifmatch.policy.PolicyBuilder;
import dev.ifmatch.policy.RouteTable;
import java.util.ArrayList;
import java.util.List;

/**
 * What can happen to a read, and what then holds always.
 *
 * @param method GET or HEAD
 * @param condition its precondition, as a field line; empty for none
 * @param trailers whether the client takes trailer fields
 * @param upgrade whether it offers to switch protocols
 */
record ReadOrders(Method method, String condition, boolean trailers, boolean upgrade) {
  private static final List<Event> EVENTS =
      List.of(
          Event.head(200),
          Event.head(200, "ETag: \"own\""),
          Event.head(200, "ETag: W/\"weak\""),
          Event.head(200, "Content-Encoding: gzip"),
          Event.head(200, "Content-Encoding: br"),
          Event.head(200, "Content-Type: text/event-stream"),
          Event.head(304),
          Event.head(404),
          Event.head(500),
          Event.switched("Upgrade: x"),
          Event.switched("Upgrade: y"),
          Event.body("v1"),
          Event.body("v2"),
          Event.overflow("v2"),
          Event.unreachable(),
          Event.broken(),
          Event.timedOut());

  private static final List<String> CONDITIONS =
      List.of(
          "",
          "If-None-Match: #v1",
          "If-None-Match: \"own\"",
          "If-None-Match: W/\"weak\"",
          "If-None-Match: *",
          "If-Match: #v1",
          "If-Match: \"own\"",
          "If-Match: *");

  /** Every plan of a read. */
  static List<ReadOrders> all() {
    List<ReadOrders> all = new ArrayList<>();
    for (Method method : List.of(Method.GET, Method.HEAD)) {
      for (String condition : CONDITIONS) {
        all.add(new ReadOrders(method, condition, false, false));
        all.add(new ReadOrders(method, condition, true, false));
      }
    }
    CONDITIONS.forEach(condition -> all.add(new ReadOrders(Method.GET, condition, false, true)));
    return all;
  }

  private Play beginning() {
    List<String> fields = new ArrayList<>();
    if (!condition.isEmpty()) {
      fields.add(condition);
    }
    if (trailers) {
      fields.add("TE: trailers");
    }
    if (upgrade) {
      fields.addAll(List.of("Connection: upgrade", "Upgrade: x"));
    }
    RouteTable routes = PolicyBuilder.policy().upgrade("x").everywhere();
    return Play.on(routes, method + " /notes/1", fields.toArray(String[]::new));
  }

  /** All orders of events. */
  EveryOrder play() {
    return EveryOrder.of(this::beginning, play -> EVENTS, this::check);
  }

  private void check(Play play) {
    if (!play.isOver()) {
      return;
    }
    List<String> commands = play.port().commands();
    String last = commands.isEmpty() ? "" : commands.get(commands.size() - 1);
    String event = play.lastStep().event().name();
    if (event.equals("client gone")) {
      assertThat(last).isEqualTo(play.steps().size() == 1 ? "" : "abort");
    } else if (event.startsWith("switched")) {
      boolean taken = event.equals("switched Upgrade: x");
      assertThat(last).isEqualTo(taken ? "tunnel 101" : "reply 502 origin-failed");
    } else if (play.lastStep().event().isFailure()) {
      assertThat(last).startsWith("reply 50");
    } else {
      assertThat(last).isEqualTo(answer(play.steps()));
    }
  }

  /** The answer that an exchange must end with that has met these events. */
  private String answer(List<Step> steps) {
    String head = steps.get(1).event().name().substring("head ".length());
    String event = steps.get(steps.size() - 1).event().name();
    String relays = method.equals(Method.HEAD) ? "relayHead " : "relay ";
    if (!head.startsWith("200")) {
      return relays + head;
    }
    String tag = head.contains("ETag: ") ? head.substring(head.indexOf("ETag: ") + 6) : "";
    if (event.startsWith("body ")) {
      tag = "#" + event.substring(5) + (head.contains("gzip") ? "-gzip" : "");
    }
    String tagField = tag.isEmpty() ? "" : " ETag: " + tag;
    String asked = condition.substring(condition.indexOf(':') + 1).trim();
    boolean same = asked.equals("*") || asked.equals(tag);
    if (condition.startsWith("If-None-Match") && same) {
      return "relayHead 304" + tagField;
    }
    if (condition.startsWith("If-Match") && !same) {
      return "reply 412 read-precondition" + tagField;
    }
    return event.equals("overflow") && trailers
        ? "relayWithTrailers 200"
        : relays + "200" + tagField;
  }

  /** What distinguishes it from the other plans. */
  List<String> traits() {
    return List.of(
        condition.isEmpty() ? "no precondition" : condition,
        method.toString(),
        upgrade ? "Upgrade" : trailers ? "TE: trailers" : "no TE");
  }
}
