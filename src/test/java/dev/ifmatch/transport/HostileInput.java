package dev.ifmatch.transport;

/**
 * Octets that must not be let in.
 *
 * @param status what they are refused with
 * @param name what is wrong with them
 * @param octets the octets
 */
record HostileInput(int status, String name, String octets) {

  /** What an attacker hopes to get past the proxy behind the rest. */
  static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";

  static HostileInput bad(String name, String octets) {
    return new HostileInput(400, name, octets);
  }

  /** A request line that is wrong, in a request that is else well-formed. */
  static HostileInput line(String name, String requestLine) {
    return bad(name, requestLine + "\r\nHost: h\r\n\r\n");
  }

  /** A field line that is wrong, in a request that is else well-formed. */
  static HostileInput field(String name, String fieldLine) {
    return bad(name, "GET /a HTTP/1.1\r\nHost: h\r\n" + fieldLine + "\r\nAccept: */*\r\n\r\n");
  }

  /** Framing fields that are wrong, with a body that fits one reading of them. */
  static HostileInput framing(String name, String fieldLines, String body) {
    return bad(name, "PUT /a HTTP/1.1\r\nHost: h\r\n" + fieldLines + "\r\n\r\n" + body);
  }

  /** A body in chunks that are wrong. */
  static HostileInput chunks(String name, String body) {
    return framing(name, "Transfer-Encoding: chunked", body);
  }

  HostileInput with(int otherStatus) {
    return new HostileInput(otherStatus, name, octets);
  }

  /** The same with another method. */
  HostileInput as(String method) {
    return new HostileInput(status, method + ": " + name, octets.replaceFirst("^PUT", method));
  }

  /** The same in the version before. */
  HostileInput old() {
    return new HostileInput(status, name + ", in HTTP/1.0", octets.replaceFirst("1\\.1", "1.0"));
  }

  @Override
  public String toString() {
    return name;
  }
}
