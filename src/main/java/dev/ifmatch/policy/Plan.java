package dev.ifmatch.policy;

import dev.ifmatch.http.FieldName;
import dev.ifmatch.http.Method;
import dev.ifmatch.http.Preconditions;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.representation.TagRecipe;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is to be done with a request: the first decision about it. */
public sealed interface Plan {

  /** Fields by which a POST asks to be taken as another method; many frameworks obey them. */
  List<String> METHOD_OVERRIDES =
      List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override");

  /**
   * Pass request and answer on untouched.
   *
   * @param observed why the request would be refused, were its route more than observed
   * @param allowsPreconditions whether a browser that asks is told that it may send preconditions
   * @param upgrade the switch to another protocol that is offered to the origin
   */
  record Relay(Optional<Problem> observed, boolean allowsPreconditions, Optional<Upgrade> upgrade)
      implements Plan {}

  /**
   * Tag the answer.
   *
   * @param conditions what the client asked; ours to evaluate
   * @param policy the route's
   * @param upgrade the switch to another protocol that is offered to the origin; where it does not
   *     take it, the answer is tagged as any other
   */
  record Read(Preconditions conditions, RoutePolicy policy, Optional<Upgrade> upgrade)
      implements Plan {}

  /**
   * Lock, check, and forward or refuse.
   *
   * @param guarded what is locked and looked at
   * @param conditions what the client asked; ours to evaluate
   * @param method what the origin will take the request for
   * @param policy the route's
   */
  record Write(Guarded guarded, Preconditions conditions, Method method, RoutePolicy policy)
      implements Plan {

    /** Whose state is looked at, and kept as it is meanwhile. */
    public ResourceKey key() {
      return guarded.key();
    }

    /** Whether it is forwarded whatever the check says, which is only told of. */
    public boolean isObserved() {
      return policy.mode() == Mode.OBSERVE;
    }

    /** Whether the request's body, where it is a PUT's, would be the guarded representation. */
    public boolean replaces() {
      return method.equals(Method.PUT) && !guarded.elsewhere();
    }
  }

  /**
   * The resource whose state a write depends on.
   *
   * <p>Of writes that are checked against one resource, each holds that resource's key, and of
   * writes to one target, each holds the target's: whatever the routes were when they came in. So a
   * change of the routes, which can give a target another guard, lets no two writes to it overlap.
   *
   * @param key the identity of the resource
   * @param locks what is locked: it, and the write's target
   * @param target where its clients read it
   * @param probeTarget where the probe reads it
   * @param elsewhere whether it is another resource than the write's target
   * @param tag how the tags of its reads are made
   */
  record Guarded(
      ResourceKey key,
      List<ResourceKey> locks,
      String target,
      String probeTarget,
      boolean elsewhere,
      TagRecipe tag) {

    /** Copies the list. */
    public Guarded {
      locks = List.copyOf(locks);
    }

    /** Whether a target is where this resource is read. */
    public boolean isAt(String other) {
      return isSame(target, other);
    }
  }

  /** Answer without asking the origin anything. */
  record Refuse(Problem problem) implements Plan {}

  /**
   * Decides. To be asked before {@code Connection} is obeyed, so that it cannot name a precondition
   * away.
   */
  static Plan of(RequestHead request, RouteTable routes) {
    Optional<Method> override = override(request);
    Method sent = inUpperCase(request.method().name());
    Method method = override.filter(m -> !m.isSafe()).orElse(sent);
    boolean conditional = isConditional(request);
    RouteTable.Match match = routes.match(method, request.target());
    RouteTable.Match other = method.equals(sent) ? match : routes.match(sent, request.target());
    boolean unsafe = !method.isSafe() || !sent.isSafe();
    if (unsafe && ResourceKey.isAmbiguous(request.target()) && routes.isInForce()) {
      return refuse(Problem.of(Refusal.AMBIGUOUS_TARGET, request, ""), strictest(match, other));
    }
    if (match.guards(method, conditional)) {
      return write(request, method, match, routes);
    }
    if (other.guards(sent, conditional)) { // the origin may know no overrides
      return write(request, method, other, routes);
    }
    boolean read = request.method().isRead() && override.isEmpty() && !hasBody(request);
    boolean tagged = match.mode() != Mode.OFF && !isGuardedElsewhere(request.target(), match);
    RoutePolicy policy = match.route().policy();
    Optional<Upgrade> upgrade = upgrade(request, policy);
    return read && tagged
        ? new Read(Preconditions.ofRead(request.fields()), policy, upgrade)
        : new Relay(Optional.empty(), isGuardedPreflight(request, routes), upgrade);
  }

  /** With a body, it is not known where the other protocol would begin. */
  private static Optional<Upgrade> upgrade(RequestHead request, RoutePolicy policy) {
    return request.fields().has(FieldName.UPGRADE) && !hasBody(request)
        ? Upgrade.of(request, policy.upgrade())
        : Optional.empty();
  }

  /** Whether a browser asks whether a script may send a request that preconditions are for. */
  private static boolean isGuardedPreflight(RequestHead request, RouteTable routes) {
    return request.method().equals(Method.OPTIONS)
        && request
            .fields()
            .first(FieldName.ACCESS_CONTROL_REQUEST_METHOD)
            .map(asked -> routes.match(inUpperCase(asked.trim()), request.target()).mode())
            .filter(mode -> mode != Mode.OFF)
            .isPresent();
  }

  /** Then a tag of its own would be of no use to its writers. */
  private static boolean isGuardedElsewhere(String target, RouteTable.Match match) {
    Optional<String> guard = match.route().guard().map(g -> g.expand(match.values()));
    return guard.isPresent() && !isSame(guard.get(), target);
  }

  /** Whether two targets are the same resource. */
  private static boolean isSame(String one, String other) {
    return one.equals(other)
        || (ResourceKey.of(one).equals(ResourceKey.of(other)) && query(one).equals(query(other)));
  }

  /** What selects a resource beside its path. */
  private static String query(String target) {
    int start = target.indexOf('?');
    return start < 0 ? "" : target.substring(start);
  }

  /** A path that can be read in several ways may be that of another route. */
  private static Mode strictest(RouteTable.Match one, RouteTable.Match other) {
    boolean observed = one.mode() == Mode.OBSERVE || other.mode() == Mode.OBSERVE;
    return observed ? Mode.OBSERVE : Mode.REQUIRE;
  }

  private static boolean isConditional(RequestHead request) {
    return request.fields().has(FieldName.IF_MATCH)
        || request.fields().has(FieldName.IF_NONE_MATCH)
        || request.fields().has(FieldName.IF_UNMODIFIED_SINCE);
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

  private static Plan write(
      RequestHead request, Method method, RouteTable.Match match, RouteTable routes) {
    RoutePolicy policy = match.route().policy();
    try {
      Preconditions conditions = Preconditions.ofWrite(request.fields(), policy.comparison());
      return new Write(guarded(request.target(), match, routes), conditions, method, policy);
    } catch (IllegalArgumentException malformed) {
      String why = malformed.getMessage();
      return refuse(Problem.of(Refusal.MALFORMED_PRECONDITION, request, why), policy.mode());
    }
  }

  private static Plan refuse(Problem problem, Mode mode) {
    return mode == Mode.OBSERVE
        ? new Relay(Optional.of(problem), false, Optional.empty())
        : new Refuse(problem);
  }

  /** Tags are compared as the resource's readers got them: by the recipe of their route. */
  private static Guarded guarded(String target, RouteTable.Match match, RouteTable routes) {
    String guarded = match.route().guard().map(g -> g.expand(match.values())).orElse(target);
    Optional<TargetTemplate> probe = match.route().policy().probe().path();
    boolean elsewhere = !isSame(guarded, target);
    ResourceKey key = ResourceKey.of(guarded);
    return new Guarded(
        key,
        elsewhere ? ResourceKey.inOrder(key, ResourceKey.of(target)) : List.of(key),
        guarded,
        probe.map(path -> path.expand(match.values())).orElse(guarded),
        elsewhere,
        routes.match(Method.GET, guarded).route().policy().tag());
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
