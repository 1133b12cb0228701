package dev.ifmatch.transport;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A backend of aggregates: an order with its lines, which have addresses of their own, and an
 * action. The order's representation shows it all: {@code 1 open {a=pen}}.
 */
final class OrderBackend implements Function<Heard, HostileOrigin.Act> {
  private static final Pattern TARGET =
      Pattern.compile("/orders/([^/]+)(?:/lines/([^/]+)|/approve)?/?");

  /** An order. */
  private static final class Order {
    private String status = "open";
    private final Map<String, String> lines = new TreeMap<>();
  }

  private final Map<String, Order> orders = new TreeMap<>();
  private final String moreFields;

  OrderBackend() {
    this("");
  }

  /** A backend whose every answer has these field lines, each after a line end. */
  OrderBackend(String moreFields) {
    this.moreFields = moreFields;
  }

  OrderBackend with(String id) {
    Order order = new Order();
    order.lines.put("a", "pen");
    orders.put(id, order);
    return this;
  }

  /** The order as a reader sees it. */
  synchronized String text(String id) {
    Order order = orders.get(id);
    return id + " " + order.status + " " + order.lines;
  }

  @Override
  public HostileOrigin.Act apply(Heard request) {
    return this::serve;
  }

  void serve(OriginPeer peer) throws IOException {
    Heard request = peer.readBody();
    String answer = answer(request);
    boolean bodiless = answer.startsWith("204");
    if (bodiless) {
      peer.wire().send("HTTP/1.1 " + answer + moreFields + "\r\n\r\n");
    } else {
      String[] parts = answer.split("\n", 2);
      peer.answer(parts[0] + moreFields, parts[1]);
    }
  }

  private synchronized String answer(Heard request) {
    Matcher target = TARGET.matcher(plain(request.target()));
    if (!target.matches() || !orders.containsKey(target.group(1))) {
      return "404 Not Found\nno order";
    }
    Order order = orders.get(target.group(1));
    String line = target.group(2);
    if (line != null) {
      return onLine(order, line, request);
    }
    return switch (request.method()) {
      case "GET" -> "200 OK\n" + text(target.group(1));
      case "POST" -> {
        order.status = "approved";
        yield "200 OK\ndone";
      }
      case "PUT" -> {
        order.status = request.body();
        yield "204 No Content";
      }
      case "DELETE" -> {
        orders.remove(target.group(1));
        yield "204 No Content";
      }
      default -> "405 Method Not Allowed\n";
    };
  }

  /** As many frameworks do: without the query, path parameters and case. */
  private static String plain(String target) {
    return target.split("\\?", 2)[0].replaceAll(";[^/]*", "").toLowerCase(Locale.ROOT);
  }

  private static String onLine(Order order, String line, Heard request) {
    return switch (request.method()) {
      case "GET" -> "200 OK\n" + order.lines.get(line);
      case "PUT" ->
          order.lines.put(line, request.body()) == null ? "201 Created\nnew" : "200 OK\nchanged";
      case "DELETE" -> {
        order.lines.remove(line);
        yield "204 No Content";
      }
      default -> "405 Method Not Allowed\n";
    };
  }
}
