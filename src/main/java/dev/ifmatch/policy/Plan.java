package dev.ifmatch.policy;

import dev.ifmatch.http.FieldName;
import dev.ifmatch.http.Method;
import dev.ifmatch.http.Preconditions;
import dev.ifmatch.http.RequestHead;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is to be done with a request: the first decision about it. */
public sealed interface Plan {

  /** Fields by which a POST asks to be taken as another method; many frameworks obey them. */
  List<String> METHOD_OVERRIDES =
      List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override");

  /** Pass request and answer on untouched. */
  record Relay() implements Plan {}

  /**
   * Tag the answer.
   *
   * @param conditions what the client asked; ours to evaluate
   * @param policy the route's
   */
  record Read(Preconditions conditions, RoutePolicy policy) implements Plan {}

  /**
   * Lock, check, and forward or refuse.
   *
   * @param key what is locked
   * @param conditions what the client asked; ours to evaluate
   * @param method what the origin will take the request for
   * @param policy the route's
   */
  record Write(ResourceKey key, Preconditions conditions, Method method, RoutePolicy policy)
      implements Plan {}

  /** Answer without asking the origin anything. */
  record Refuse(Problem problem) implements Plan {}

  /**
   * Decides. To be asked before {@code Connection} is obeyed, so that it cannot name a precondition
   * away.
   */
  static Plan of(RequestHead request, RoutePolicy policy) {
    Optional<Method> override = override(request);
    Method sent = inUpperCase(request.method().name());
    Method method = override.filter(m -> !m.isSafe()).orElse(sent);
    boolean conditional =
        request.fields().has(FieldName.IF_MATCH)
            || request.fields().has(FieldName.IF_NONE_MATCH)
            || request.fields().has(FieldName.IF_UNMODIFIED_SINCE);
    if (method.isWrite() || sent.isWrite() || (!method.isSafe() && conditional)) {
      return write(request, method, policy);
    }
    if (request.method().isRead() && override.isEmpty() && !hasBody(request)) {
      return new Read(Preconditions.ofRead(request.fields()), policy);
    }
    return new Relay();
  }

  /** A read with a body asks for more than the target's representation (RFC 9110 §9.3.1). */
  private static boolean hasBody(RequestHead request) {
    return request.fields().has(FieldName.TRANSFER_ENCODING)
        || request.fields().first(FieldName.CONTENT_LENGTH).filter(l -> !l.equals("0")).isPresent();
  }

  /** Whether a field asks for the request to be taken as another method. */
  static boolean overridesMethod(RequestHead request) {
    return METHOD_OVERRIDES.stream().anyMatch(request.fields()::has);
  }

  private static Plan write(RequestHead request, Method method, RoutePolicy policy) {
    if (ResourceKey.isAmbiguous(request.target())) {
      return new Refuse(Problem.of(Refusal.AMBIGUOUS_TARGET, request, ""));
    }
    try {
      Preconditions conditions = Preconditions.ofWrite(request.fields());
      return new Write(ResourceKey.of(request.target()), conditions, method, policy);
    } catch (IllegalArgumentException malformed) {
      return new Refuse(
          Problem.of(Refusal.MALFORMED_PRECONDITION, request, malformed.getMessage()));
    }
  }

  private static Optional<Method> override(RequestHead request) {
    Optional<Method> found = Optional.empty();
    for (String field : METHOD_OVERRIDES) {
      for (String value : request.fields().all(field)) {
        Method asked = inUpperCase(value.trim());
        if (found.isEmpty() || asked.isWrite()) {
          found = Optional.of(asked);
        }
      }
    }
    return found;
  }

  /** Methods are case-sensitive, but some frameworks take {@code put} for PUT. */
  private static Method inUpperCase(String name) {
    return Method.of(name.toUpperCase(Locale.ROOT));
  }
}
