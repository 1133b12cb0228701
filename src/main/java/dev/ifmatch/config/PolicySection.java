package dev.ifmatch.config;

import dev.ifmatch.http.Comparison;
import dev.ifmatch.policy.Mode;
import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.RoutePolicy.AlreadyApplied;
import dev.ifmatch.policy.RoutePolicy.Conflict;
import dev.ifmatch.policy.RoutePolicy.NoOp;
import dev.ifmatch.policy.RoutePolicy.Star;
import dev.ifmatch.policy.RoutePolicy.Unverifiable;
import dev.ifmatch.policy.RoutePolicy.WriteTag;
import dev.ifmatch.policy.TargetTemplate;
import dev.ifmatch.policy.Upgrades;
import java.util.Optional;

/**
 * {@code policy}, and the same keys of a route: how requests are treated.
 *
 * @param target which targets a route can name; empty where there is no route
 */
record PolicySection(Optional<Scalar<TargetTemplate>> target) implements Section<RoutePolicy> {
  private static final Scalar<Mode> MODE = Scalar.oneOf("MODE", Mode.values());
  private static final Scalar<Star> STAR = Scalar.oneOf("STAR", Star.values());
  private static final Scalar<Comparison> COMPARISON =
      Scalar.oneOf("COMPARISON", Comparison.values());
  private static final Scalar<WriteTag> WRITE_TAG = Scalar.oneOf("WHEN", WriteTag.values());
  private static final Scalar<Unverifiable> UNVERIFIABLE =
      Scalar.oneOf("WHAT", Unverifiable.values());
  private static final Scalar<NoOp> NO_OP = Scalar.oneOf("WHAT", NoOp.values());
  private static final Scalar<AlreadyApplied> ALREADY_APPLIED =
      Scalar.oneOf("WHAT", AlreadyApplied.values());
  private static final ScalarList<String> UPGRADE =
      new ScalarList<>(
          Scalar.text(
              "PROTOCOL", "a protocol such as websocket, or any", Upgrades::protocol, p -> p),
          0);

  @Override
  public RoutePolicy bind(Keys in, RoutePolicy or) {
    return new RoutePolicy(
        in.get(
            "mode",
            MODE,
            or.mode(),
            "off: all passes; observe: what would be refused is logged, and passes;"
                + " optional: If-Match is checked where it is sent;"
                + " require: a write without a precondition gets 428"),
        in.get("star", STAR, or.star(), "whether If-Match: * is enough where one is required"),
        in.get("tag", new TagSection(), or.tag(), "how tags are made"),
        in.get(
            "comparison",
            COMPARISON,
            or.comparison(),
            "tolerant: a tag of ours matches marked W/, or without quotes, too"),
        in.get(
            "probe",
            new ProbeSection(target),
            or.probe(),
            "how the current representation is read before a write"),
        in.get(
            "write-tag",
            WRITE_TAG,
            or.writeTag(),
            "whether a write's answer has the new tag; verbatim: where what was sent is what is"
                + " there"),
        in.get(
            "unverifiable",
            UNVERIFIABLE,
            or.unverifiable(),
            "a write where the current state cannot be told"),
        in.get("no-op", NO_OP, or.noOp(), "a write that would change nothing"),
        in.get(
            "already-applied",
            ALREADY_APPLIED,
            or.alreadyApplied(),
            "a stale PUT whose body is the current state: a retry, most likely"),
        in.get("status", new StatusSection(), or.status(), "the codes of the proxy's own answers"),
        in.get(
            "conflict",
            new ConflictSection(),
            or.conflict(),
            "what a refusal tells of the current state"),
        new Upgrades(
            in.get(
                "upgrade",
                UPGRADE,
                or.upgrade().protocols(),
                "the protocols that a request may switch to; any: all that do not carry HTTP")));
  }

  /** {@code policy.conflict}. */
  private static final class ConflictSection implements Section<Conflict> {
    @Override
    public Conflict bind(Keys in, Conflict or) {
      return new Conflict(
          in.get(
              "changes",
              Scalar.flag(),
              or.changes(),
              "whether it lists what has changed since the client read the resource"));
    }
  }
}
