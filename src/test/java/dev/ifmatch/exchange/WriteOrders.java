package dev.ifmatch.exchange;

import dev.ifmatch.http.Method;
import dev.ifmatch.policy.Mode;
import dev.ifmatch.policy.PolicyBuilder;
import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.RoutePolicy.AlreadyApplied;
import dev.ifmatch.policy.RoutePolicy.NoOp;
import dev.ifmatch.policy.RoutePolicy.Unverifiable;
import dev.ifmatch.policy.RoutePolicy.WriteTag;
import dev.ifmatch.policy.RouteTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What can happen to a guarded write, and what then holds always.
 *
 * @param method the request's method
 * @param condition its precondition, as a field line; empty for none
 * @param variation what its route or its client is set on
 * @param expects whether it carries {@code Expect: 100-continue}
 */
record WriteOrders(Method method, String condition, Variation variation, boolean expects) {

  /** What is out of the ordinary. */
  enum Variation {
    REQUIRE,
    OPTIONAL,
    OBSERVE,
    /** The client asks to see the current representation. */
    SHOWN,
    UNVERIFIABLE_ALLOWED,
    UNTAGGED,
    VERBATIM,
    NO_OP,
    APPLIED_ACCEPTED,
    /** The target is a part of the resource that is guarded. */
    GUARDED;

    private PolicyBuilder policy() {
      return switch (this) {
        case OPTIONAL -> PolicyBuilder.policy().mode(Mode.OPTIONAL);
        case OBSERVE -> PolicyBuilder.policy().mode(Mode.OBSERVE);
        case UNVERIFIABLE_ALLOWED -> PolicyBuilder.policy().unverifiable(Unverifiable.ALLOW);
        case UNTAGGED -> PolicyBuilder.policy().writeTag(WriteTag.OFF);
        case VERBATIM -> PolicyBuilder.policy().writeTag(WriteTag.VERBATIM);
        case NO_OP -> PolicyBuilder.policy().noOp(NoOp.UNCHANGED);
        case APPLIED_ACCEPTED -> PolicyBuilder.policy().alreadyApplied(AlreadyApplied.ACCEPT);
        default -> PolicyBuilder.policy();
      };
    }

    RouteTable routes() {
      return this == GUARDED
          ? new RouteTable(
              List.of(policy().guarded("/notes/{n}/lines/{l}", "/notes/{n}")), RoutePolicy.DEFAULT)
          : policy().everywhere();
    }

    String target() {
      return this == GUARDED ? "/notes/1/lines/2" : "/notes/1";
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** What the client sends, where the route looks at it. */
  static final String SENT = "v1";

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
      List.of(Event.bodyReceived(SENT), Event.bodyRefused(), Event.granted(), Event.lockRefused());

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

  /** What the write's own body would be read back as. */
  private static final Event REREAD_AS_SENT = Event.body(SENT);

  private static final List<Event> FAILURES =
      List.of(Event.unreachable(), Event.broken(), Event.timedOut());

  /** Every plan of a guarded write. A POST without a precondition is none, unless its route is. */
  static List<WriteOrders> all() {
    List<WriteOrders> all = new ArrayList<>();
    for (String condition : CONDITIONS) {
      for (Method method : List.of(Method.PUT, Method.PATCH, Method.DELETE, Method.POST)) {
        if (!method.equals(Method.POST) || !condition.isEmpty()) {
          all.add(new WriteOrders(method, condition, Variation.REQUIRE, false));
          all.add(new WriteOrders(method, condition, Variation.REQUIRE, true));
          all.add(new WriteOrders(method, condition, Variation.OPTIONAL, false));
          if (condition.isEmpty()) {
            all.add(new WriteOrders(method, condition, Variation.OPTIONAL, true));
          }
        }
      }
    }
    for (String condition : List.of("", "If-Match: #v1", "If-Match: #v0", "If-Match: *")) {
      all.addAll(varied(condition));
    }
    return all;
  }

  private static List<WriteOrders> varied(String condition) {
    List<WriteOrders> varied = new ArrayList<>();
    for (Variation variation : Variation.values()) {
      if (variation != Variation.REQUIRE && variation != Variation.OPTIONAL) {
        varied.add(new WriteOrders(Method.PUT, condition, variation, false));
      }
    }
    varied.add(new WriteOrders(Method.PUT, condition, Variation.OBSERVE, true));
    varied.add(new WriteOrders(Method.DELETE, condition, Variation.OBSERVE, false));
    varied.add(new WriteOrders(Method.PATCH, condition, Variation.VERBATIM, false));
    varied.add(new WriteOrders(Method.POST, condition, Variation.GUARDED, false));
    varied.add(new WriteOrders(Method.DELETE, condition, Variation.GUARDED, false));
    return varied;
  }

  /** Another exchange of this plan. */
  Play beginning() {
    boolean ordinary = variation == Variation.REQUIRE || variation == Variation.OPTIONAL;
    List<String> fields = new ArrayList<>();
    if (ordinary) { // in the others, what is sent is to be what is there
      fields.add("Content-Type: text/plain");
    }
    if (!condition.isEmpty()) {
      fields.add(condition);
    }
    if (expects) {
      fields.add("Expect: 100-continue");
    }
    if (variation == Variation.SHOWN) {
      fields.add("Prefer: return=representation");
    }
    String line = method + " " + variation.target();
    return Play.on(variation.routes(), line, fields.toArray(String[]::new));
  }

  /** What may happen next, as far as the port awaits it. */
  List<Event> next(Play play) {
    List<Event> next = new ArrayList<>(BEFORE_THE_ORIGIN);
    next.addAll(expects ? List.of() : SIGHTINGS); // one or the other: together they only multiply
    if (variation == Variation.SHOWN && !play.port().hasForwarded()) {
      next.add(Event.overflow(""));
    }
    if (!play.port().hasForwarded()) {
      next.addAll(PROBE);
    } else if (!play.port().lastRequest().method().equals(Method.GET)) {
      next.addAll(WRITE);
    } else {
      next.addAll(REREAD);
      next.addAll(variation == Variation.VERBATIM ? List.of(REREAD_AS_SENT) : List.of());
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
        variation.toString(),
        expects ? "Expect" : "no Expect");
  }
}
