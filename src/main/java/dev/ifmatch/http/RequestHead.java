package dev.ifmatch.http;

/**
 * The head of a request: method, target and fields. The fields are the message's own and may be
 * changed. Not thread-safe.
 *
 * @param method the request method
 * @param target the request target as the client spelled it (RFC 9112 §3.2)
 * @param fields the header section
 */
public record RequestHead(Method method, String target, Fields fields) {

  /** The same fields under another method. */
  public RequestHead with(Method other) {
    return new RequestHead(other, target, fields);
  }

  /** The same request with fields of its own. */
  public RequestHead copy() {
    return new RequestHead(method, target, fields.copy());
  }
}
