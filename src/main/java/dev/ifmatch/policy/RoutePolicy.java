package dev.ifmatch.policy;

import dev.ifmatch.http.Comparison;
import dev.ifmatch.representation.TagRecipe;

/**
 * How the requests of a route are treated.
 *
 * @param mode what becomes of writes
 * @param star whether {@code If-Match: *} says which state a write was made from
 * @param tag how its tags are made
 * @param comparison how the tags of {@code If-Match} are compared
 * @param probe how the current representation is read before a write
 * @param writeTag whether the answer to a write carries the new tag
 * @param unverifiable what becomes of a write where there is nothing to compare with
 * @param noOp what becomes of a write that would change nothing
 * @param alreadyApplied what becomes of a stale PUT whose body is the current state
 * @param status which codes the proxy's own answers have
 * @param conflict what a refusal tells of the current state
 * @param upgrade which protocols a request that is no guarded write may switch to
 */
public record RoutePolicy(
    Mode mode,
    Star star,
    TagRecipe tag,
    Comparison comparison,
    ProbePolicy probe,
    WriteTag writeTag,
    Unverifiable unverifiable,
    NoOp noOp,
    AlreadyApplied alreadyApplied,
    StatusCodes status,
    Conflict conflict,
    Upgrades upgrade) {

  /** What holds where nothing else is said. */
  public static final RoutePolicy DEFAULT =
      new RoutePolicy(
          Mode.REQUIRE,
          Star.ALLOW,
          TagRecipe.DEFAULT,
          Comparison.STRICT,
          ProbePolicy.PLAIN,
          WriteTag.ALWAYS,
          Unverifiable.REFUSE,
          NoOp.FORWARD,
          AlreadyApplied.REFUSE,
          StatusCodes.RFC,
          new Conflict(false),
          Upgrades.DEFAULT);

  /** Whether {@code If-Match: *} is enough where a precondition is required. */
  public enum Star {
    ALLOW,
    DENY
  }

  /** Whether the answer to a write carries the tag of the new state. */
  public enum WriteTag {
    /** Yes: the representation is read again after each write. */
    ALWAYS,
    /** Only where the new representation is what was sent (RFC 9110 §9.3.4). */
    VERBATIM,
    /** No: the representation is not read again, which saves a request to the origin. */
    OFF
  }

  /** What becomes of a write to a resource whose current state cannot be told. */
  public enum Unverifiable {
    REFUSE,
    /** It is forwarded, under the lock but unchecked. */
    ALLOW
  }

  /** What becomes of a confirmed write whose body is the current state. */
  public enum NoOp {
    FORWARD,
    /** It is answered in the origin's place, which never sees it. */
    UNCHANGED
  }

  /** What becomes of a stale PUT whose body is the current state: a retry, most likely. */
  public enum AlreadyApplied {
    /** It is refused, with a reason of its own. */
    REFUSE,
    /** It has succeeded (RFC 9110 §13.1.1). */
    ACCEPT
  }

  /**
   * What a refusal tells of the current state.
   *
   * @param changes whether it lists what has changed since the client read the resource
   */
  public record Conflict(boolean changes) {}

  /** The same policy in another mode. */
  public RoutePolicy with(Mode other) {
    return new RoutePolicy(
        other,
        star,
        tag,
        comparison,
        probe,
        writeTag,
        unverifiable,
        noOp,
        alreadyApplied,
        status,
        conflict,
        upgrade);
  }

  /** The same policy with other tags. */
  public RoutePolicy with(TagRecipe other) {
    return new RoutePolicy(
        mode,
        star,
        other,
        comparison,
        probe,
        writeTag,
        unverifiable,
        noOp,
        alreadyApplied,
        status,
        conflict,
        upgrade);
  }
}
