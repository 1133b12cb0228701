package dev.ifmatch.exchange;

import dev.ifmatch.http.Method;
import dev.ifmatch.policy.Mode;
import java.util.ArrayList;
import java.util.List;

/**
 * What can happen to a guarded write, and what then holds always.
 *
 * @param method the request's method
 * @param condition its precondition, as a field line; empty for none
 * @param mode the route's
 * @param expects whether it carries {@code Expect: 100-continue}
 */
record WriteOrders(Method method, String condition, Mode mode, boolean expects) {

  /** The origin's own tag, of any state. */
  private static final String OWN = "ETag: \"own\"";

  private static final List<String> CONDITIONS =
      List.of(
          "",
          "If-Match: #v1",
          "If-Match: #v0",
          "If-Match: *",
          "If-Match: W/#v1",
          "If-Match: \"own\"",
          "If-None-Match: *");

  private static final List<Event> BEFORE_THE_ORIGIN =
      List.of(Event.bodyReceived(), Event.bodyRefused(), Event.granted(), Event.lockRefused());

  private static final List<Event> SIGHTINGS =
      List.of(
          Event.grantedAfter("#v1"), Event.grantedAfter("#v2"), Event.grantedAfterAnother("#v2"));

  private static final List<Event> PROBE =
      List.of(
          Event.head(200),
          Event.head(200, OWN),
          Event.head(404),
          Event.head(401),
          Event.head(405),
          Event.head(500),
          Event.head(200, "Content-Encoding: br"),
          Event.head(200, "Content-Type: text/event-stream"),
          Event.body("v1"),
          Event.body("v2"));

  private static final List<Event> WRITE =
      List.of(
          Event.head(200),
          Event.head(200, "ETag: \"own2\""),
          Event.head(201),
          Event.head(202),
          Event.head(204),
          Event.head(412),
          Event.head(500),
          Event.head(504),
          Event.body("done"),
          Event.overflow("done and m"));

  private static final List<Event> REREAD =
      List.of(
          Event.head(200),
          Event.head(200, "ETag: \"own3\""),
          Event.head(404),
          Event.head(200, "Content-Encoding: br"),
          Event.head(200, "Content-Type: text/event-stream"),
          Event.body("v3"));

  private static final List<Event> FAILURES =
      List.of(Event.unreachable(), Event.broken(), Event.timedOut());

  /** Every plan of a guarded write. A POST without a precondition is none. */
  static List<WriteOrders> all() {
    List<WriteOrders> all = new ArrayList<>();
    for (String condition : CONDITIONS) {
      for (Method method : List.of(Method.PUT, Method.PATCH, Method.DELETE, Method.POST)) {
        if (!method.equals(Method.POST) || !condition.isEmpty()) {
          all.add(new WriteOrders(method, condition, Mode.REQUIRE, false));
          all.add(new WriteOrders(method, condition, Mode.REQUIRE, true));
          all.add(new WriteOrders(method, condition, Mode.OPTIONAL, false));
          if (condition.isEmpty()) {
            all.add(new WriteOrders(method, condition, Mode.OPTIONAL, true));
          }
        }
      }
    }
    return all;
  }

  /** Another exchange of this plan. */
  Play beginning() {
    List<String> fields = new ArrayList<>(List.of("Content-Type: text/plain"));
    if (!condition.isEmpty()) {
      fields.add(condition);
    }
    if (expects) {
      fields.add("Expect: 100-continue");
    }
    String line = method + " /notes/1";
    String[] lines = fields.toArray(String[]::new);
    return mode == Mode.REQUIRE ? Play.of(line, lines) : Play.optional(line, lines);
  }

  /** What may happen next, as far as the port awaits it. */
  List<Event> next(Play play) {
    List<Event> next = new ArrayList<>(BEFORE_THE_ORIGIN);
    next.addAll(expects ? List.of() : SIGHTINGS); // one or the other: together they only multiply
    if (!play.port().hasForwarded()) {
      next.addAll(PROBE);
    } else {
      next.addAll(play.port().lastRequest().method().equals(Method.GET) ? REREAD : WRITE);
    }
    next.addAll(FAILURES);
    return next;
  }

  /** All orders of events. */
  EveryOrder play() {
    return EveryOrder.of(
        this::beginning, this::next, play -> new WriteInvariants(this).check(play));
  }

  /** What distinguishes it from the other plans. */
  List<String> traits() {
    return List.of(
        condition.isEmpty() ? "no precondition" : condition,
        method.toString(),
        mode.toString(),
        expects ? "Expect" : "no Expect");
  }
}
