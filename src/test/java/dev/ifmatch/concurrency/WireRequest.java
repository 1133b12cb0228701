package dev.ifmatch.concurrency;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;

/**
 * A request as it stands on the wire.
 *
 * @param fields whole field lines, such as {@code Accept: text/plain}
 * @param body the content, one character per octet; sent with its length where there is any
 */
public record WireRequest(String method, String target, List<String> fields, String body) {

  public static WireRequest get(String target) {
    return new WireRequest("GET", target, List.of(), "");
  }

  public static WireRequest put(String target, String body) {
    return new WireRequest("PUT", target, List.of(), body);
  }

  public static WireRequest patch(String target, String body) {
    return new WireRequest("PATCH", target, List.of(), body);
  }

  public static WireRequest delete(String target) {
    return new WireRequest("DELETE", target, List.of(), "");
  }

  /** The same request made from the state that this tag stands for. */
  public WireRequest ifMatch(String tag) {
    return with("If-Match: " + tag);
  }

  /** The same request, for a resource that is not there yet. */
  public WireRequest ifAbsent() {
    return with("If-None-Match: *");
  }

  /** The same request with another field line. */
  public WireRequest with(String line) {
    List<String> more = new ArrayList<>(fields);
    more.add(line);
    return new WireRequest(method, target, List.copyOf(more), body);
  }

  public byte[] bytes() {
    StringBuilder head = new StringBuilder(200);
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: localhost\r\n");
    fields.forEach(line -> head.append(line).append("\r\n"));
    if (!body.isEmpty()) {
      head.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    return head.append("\r\n").append(body).toString().getBytes(ISO_8859_1);
  }
}
