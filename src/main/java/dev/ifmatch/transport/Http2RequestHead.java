package dev.ifmatch.transport;

import dev.ifmatch.http.Method;
import dev.ifmatch.policy.Problem;
import dev.ifmatch.policy.Refusal;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Headers.PseudoHeaderName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The head of an HTTP/2 request, read as the one of HTTP/1.1 that means the same: what has none is
 * not let in, so that no origin can be told in HTTP/1.1 what nobody looked at (RFC 9113 §8.3,
 * §10.3). Not thread-safe.
 */
final class Http2RequestHead {
  private static final HttpVersion VERSION = new HttpVersion("HTTP", 2, 0, true);
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private final Http2Headers received;
  private final Http2Fields fields;
  private final String method;
  private final String path;
  private String complaint;

  Http2RequestHead(Http2Headers received) {
    this.received = received;
    this.fields = new Http2Fields(received);
    this.complaint = fields.complaint();
    this.method = only(PseudoHeaderName.METHOD).orElse("");
    boolean connect = method.equals(HttpMethod.CONNECT.name()); // has no path (RFC 9113 §8.5)
    PseudoHeaderName target = connect ? PseudoHeaderName.AUTHORITY : PseudoHeaderName.PATH;
    this.path = only(target).orElse("");
    if (!connect) {
      checkSchemeAndPath();
    }
    checkMethod();
    checkTarget();
    checkNames();
    settleHost();
  }

  /**
   * Why it is not let in; empty where nothing is wrong so far.
   *
   * @param limits how large it may be
   */
  Optional<Problem> problem(Limits limits) {
    if (path.length() > limits.maxTargetBytes()) {
      String why = "it is longer than %d bytes".formatted(limits.maxTargetBytes());
      return Optional.of(Problem.ofUnreadable(Refusal.TARGET_TOO_LONG, why));
    }
    if (fields.isCut() || fields.bytes() > limits.maxHeadBytes()) {
      String why = "it is larger than %d bytes".formatted(limits.maxHeadBytes());
      return Optional.of(Problem.ofUnreadable(Refusal.HEAD_TOO_LARGE, why));
    }
    return complaint.isEmpty()
        ? Optional.empty()
        : Optional.of(Problem.ofUnreadable(Refusal.MALFORMED_REQUEST, complaint));
  }

  /** The same request as HTTP/1.1 has it. */
  HttpRequest request() {
    return new DefaultHttpRequest(VERSION, HttpMethod.valueOf(method), path, fields.headers());
  }

  /** Whether its answer has no content, whatever becomes of it. */
  boolean asksForHeadOnly() {
    return method.equals(Method.HEAD.name());
  }

  private void complain(String why) {
    if (complaint.isEmpty()) {
      complaint = why;
    }
  }

  /** The value of a pseudo-field that must not stand twice; empty where there is none. */
  private Optional<String> only(PseudoHeaderName name) {
    List<CharSequence> values = received.getAll(name.value());
    if (values.size() > 1) {
      complain("more than one " + name.value());
    }
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0).toString());
  }

  private void checkMethod() {
    boolean token = !method.isEmpty();
    for (int i = 0; i < method.length() && token; i++) {
      token = HeadScanner.isOfToken(method.charAt(i));
    }
    if (!token) {
      complain("the :method is missing, or not a token");
    }
  }

  /**
   * The scheme is that of the client's side, perhaps of another proxy's, and chooses nothing here.
   * A path that were an absolute-form would be one for the origin.
   */
  private void checkSchemeAndPath() {
    if (only(PseudoHeaderName.SCHEME).filter(SCHEMES::contains).isEmpty()) {
      complain("the :scheme is missing, or neither http nor https");
    }
    boolean asterisk = path.equals("*") && method.equals(HttpMethod.OPTIONS.name());
    if (!path.startsWith("/") && !asterisk) {
      complain("the :path is missing, or does not start with a slash");
    }
  }

  private void checkTarget() {
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) <= ' ' || path.charAt(i) >= 0x7f) {
        complain("a character in the :path that must be percent-encoded");
      }
    }
  }

  private void checkNames() {
    for (CharSequence name : received.names()) {
      if (Http2Fields.isPseudo(name) && !isKnown(name)) {
        complain("an unknown pseudo-field");
      }
    }
  }

  private static boolean isKnown(CharSequence name) {
    PseudoHeaderName known = PseudoHeaderName.getPseudoHeader(name);
    return known != null
        && switch (known) {
          case METHOD, SCHEME, AUTHORITY, PATH -> true;
          default -> false;
        };
  }

  /**
   * Leaves one {@code Host} where an authority is named: RFC 9113 §8.3.1 has them name the same.
   */
  private void settleHost() {
    HttpHeaders headers = fields.headers();
    only(PseudoHeaderName.AUTHORITY)
        .ifPresent(
            authority -> {
              if (!headers.getAll(HttpHeaderNames.HOST).stream()
                  .allMatch(authority::equalsIgnoreCase)) {
                complain("a Host field that names another host than :authority");
              }
              headers.set(HttpHeaderNames.HOST, authority);
            });
  }
}
