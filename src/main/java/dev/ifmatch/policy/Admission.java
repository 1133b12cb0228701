package dev.ifmatch.policy;

import dev.ifmatch.http.FieldName;
import dev.ifmatch.http.Method;
import dev.ifmatch.http.RequestHead;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which well-formed request heads are let in: what two readers could frame or route differently is
 * not (RFC 9112 §3.2, §6).
 */
public final class Admission {

  private static final int MAX_LENGTH_DIGITS = 18;
  private static final Set<String> REGISTERED_CODINGS =
      Set.of(
          "chunked", "gzip", "x-gzip", "deflate", "compress", "x-compress", "identity", "trailers");

  private Admission() {}

  /**
   * Looks a head over.
   *
   * @param request the head as it was received
   * @param minorVersion 0 for HTTP/1.0, 1 for HTTP/1.1
   * @return why it is not let in; empty if it is
   */
  public static Optional<Problem> refuse(RequestHead request, int minorVersion) {
    if (request.method().equals(Method.CONNECT)) {
      return Optional.of(Problem.of(Refusal.CONNECT_NOT_SUPPORTED, request, ""));
    }
    List<String> codings = request.fields().members(FieldName.TRANSFER_ENCODING);
    for (String coding : codings) {
      if (!REGISTERED_CODINGS.contains(lower(coding))) {
        String why = "Transfer-Encoding: " + String.join(", ", codings);
        return Optional.of(Problem.of(Refusal.UNKNOWN_TRANSFER_CODING, request, why));
      }
    }
    return framing(request, codings, minorVersion)
        .or(() -> host(request, minorVersion))
        .or(() -> target(request))
        .map(why -> Problem.of(Refusal.MALFORMED_REQUEST, request, why));
  }

  /**
   * The target as it is forwarded: the client's own spelling, without the authority of an
   * absolute-form, which never chooses the origin.
   */
  public static String originForm(String target) {
    Optional<String> authority = authority(target);
    if (authority.isEmpty()) {
      return target;
    }
    String rest = target.substring(target.indexOf("://") + 3 + authority.get().length());
    return rest.startsWith("/") ? rest : "/" + rest;
  }

  /** The authority of a target in absolute-form, which overrides {@code Host} (RFC 9112 §3.2.2). */
  public static Optional<String> authority(String target) {
    if (!startsWith(target, "http://") && !startsWith(target, "https://")) {
      return Optional.empty();
    }
    int start = target.indexOf("://") + 3;
    int end = start;
    while (end < target.length() && "/?".indexOf(target.charAt(end)) < 0) {
      end++;
    }
    return Optional.of(target.substring(start, end));
  }

  private static Optional<String> framing(
      RequestHead request, List<String> codings, int minorVersion) {
    List<String> lengths = request.fields().all(FieldName.CONTENT_LENGTH);
    boolean coded = request.fields().has(FieldName.TRANSFER_ENCODING);
    if (coded && !lengths.isEmpty()) {
      return Optional.of("both Content-Length and Transfer-Encoding");
    }
    if (coded && minorVersion == 0) {
      return Optional.of("Transfer-Encoding in an HTTP/1.0 request");
    }
    if (coded && (codings.size() != 1 || !lower(codings.get(0)).equals("chunked"))) {
      return Optional.of("a Transfer-Encoding other than a single chunked");
    }
    if (lengths.size() > 1) {
      return Optional.of("more than one Content-Length");
    }
    if (lengths.size() == 1 && !isLength(lengths.get(0))) {
      return Optional.of("an invalid Content-Length");
    }
    return Optional.empty();
  }

  private static Optional<String> host(RequestHead request, int minorVersion) {
    List<String> hosts = request.fields().all(FieldName.HOST);
    if (hosts.isEmpty()) {
      return minorVersion == 0 ? Optional.empty() : Optional.of("no Host field");
    }
    if (hosts.size() > 1) {
      return Optional.of("more than one Host field");
    }
    return Authority.isValid(hosts.get(0))
        ? Optional.empty()
        : Optional.of("an invalid Host field");
  }

  private static Optional<String> target(RequestHead request) {
    String target = request.target();
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c <= 0x20 || c >= 0x7f || c == '#') {
        return Optional.of("the request target holds a character that must be percent-encoded");
      }
    }
    Optional<String> authority = authority(target);
    if (authority.isPresent()) {
      return Authority.isValid(authority.get())
          ? Optional.empty()
          : Optional.of("the request target names an invalid host");
    }
    boolean asterisk = target.equals("*") && request.method().equals(Method.OPTIONS);
    return target.startsWith("/") || asterisk
        ? Optional.empty()
        : Optional.of("the request target does not start with a slash");
  }

  private static boolean isLength(String value) {
    boolean digits = !value.isEmpty() && value.length() <= MAX_LENGTH_DIGITS;
    for (int i = 0; i < value.length() && digits; i++) {
      digits = value.charAt(i) >= '0' && value.charAt(i) <= '9';
    }
    return digits;
  }

  private static boolean startsWith(String target, String scheme) {
    return target.regionMatches(true, 0, scheme, 0, scheme.length());
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
