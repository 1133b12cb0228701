package dev.ifmatch.http;

/**
 * A request method (RFC 9110 §9). Names are case-sensitive; any token is a method.
 *
 * @param name the method's name as sent
 */
public record Method(String name) {
  public static final Method GET = new Method("GET");
  public static final Method HEAD = new Method("HEAD");
  public static final Method OPTIONS = new Method("OPTIONS");
  public static final Method TRACE = new Method("TRACE");
  public static final Method POST = new Method("POST");
  public static final Method PUT = new Method("PUT");
  public static final Method PATCH = new Method("PATCH");
  public static final Method DELETE = new Method("DELETE");
  public static final Method CONNECT = new Method("CONNECT");

  /** The method with this name. */
  public static Method of(String name) {
    return switch (name) {
      case "GET" -> GET;
      case "HEAD" -> HEAD;
      case "OPTIONS" -> OPTIONS;
      case "TRACE" -> TRACE;
      case "POST" -> POST;
      case "PUT" -> PUT;
      case "PATCH" -> PATCH;
      case "DELETE" -> DELETE;
      case "CONNECT" -> CONNECT;
      default -> new Method(name);
    };
  }

  /** Whether it only reads, by the definition that the method registry holds (RFC 9110 §9.2.1). */
  public boolean isSafe() {
    return switch (name) {
      case "GET", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "QUERY", "REPORT", "SEARCH" -> true;
      default -> false;
    };
  }

  /** Whether it retrieves a representation: GET or HEAD. */
  public boolean isRead() {
    return this.equals(GET) || this.equals(HEAD);
  }

  /** Whether it replaces, changes or removes the target resource itself: PUT, PATCH or DELETE. */
  public boolean isWrite() {
    return this.equals(PUT) || this.equals(PATCH) || this.equals(DELETE);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Method method && name.equals(method.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
