package dev.ifmatch.transport;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Which of the requests that one exchange makes of the origin. */
enum Phase {
  /** A client's GET. */
  READ,
  /** The GET before a PUT. */
  PROBE,
  /** The PUT. */
  WRITE,
  /** The GET behind a PUT. */
  REREAD,
  /** A POST, which is not guarded. */
  POST;

  /** What the table of faults calls it. */
  String words() {
    return "the " + (this == POST ? "POST" : name().toLowerCase(Locale.ROOT));
  }

  /** What the client sends so that it comes to this phase. */
  String request() {
    return switch (this) {
      case READ -> "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";
      case POST -> "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nnew";
      default -> "PUT /a HTTP/1.1\r\nHost: h\r\nIf-Match: *\r\nContent-Length: 3\r\n\r\nnew";
    };
  }

  /**
   * A script that does one thing with the first request of this phase, and another with the rest.
   */
  Function<Heard, HostileOrigin.Act> once(
      HostileOrigin.Act then, Function<Heard, HostileOrigin.Act> otherwise) {
    AtomicInteger gets = new AtomicInteger();
    AtomicInteger met = new AtomicInteger();
    return heard -> {
      boolean isMet =
          switch (this) {
            case READ, PROBE -> heard.method().equals("GET") && gets.incrementAndGet() == 1;
            case REREAD -> heard.method().equals("GET") && gets.incrementAndGet() == 2;
            case WRITE -> heard.method().equals("PUT");
            case POST -> heard.method().equals("POST");
          };
      return isMet && met.getAndIncrement() == 0 ? then : otherwise.apply(heard);
    };
  }
}
