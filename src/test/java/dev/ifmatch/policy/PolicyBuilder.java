package dev.ifmatch.policy;

import dev.ifmatch.http.Comparison;
import dev.ifmatch.http.Field;
import dev.ifmatch.http.Method;
import dev.ifmatch.policy.RoutePolicy.AlreadyApplied;
import dev.ifmatch.policy.RoutePolicy.Conflict;
import dev.ifmatch.policy.RoutePolicy.NoOp;
import dev.ifmatch.policy.RoutePolicy.Star;
import dev.ifmatch.policy.RoutePolicy.Unverifiable;
import dev.ifmatch.policy.RoutePolicy.WriteTag;
import dev.ifmatch.representation.PointerPattern;
import dev.ifmatch.representation.Salt;
import dev.ifmatch.representation.TagForm;
import dev.ifmatch.representation.TagRecipe;
import dev.ifmatch.representation.TagStrength;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes policies that differ from the default in what is said. */
public final class PolicyBuilder {
  private Mode mode = RoutePolicy.DEFAULT.mode();
  private Star star = RoutePolicy.DEFAULT.star();
  private TagRecipe tag = RoutePolicy.DEFAULT.tag();
  private Comparison comparison = RoutePolicy.DEFAULT.comparison();
  private ProbePolicy probe = RoutePolicy.DEFAULT.probe();
  private WriteTag writeTag = RoutePolicy.DEFAULT.writeTag();
  private Unverifiable unverifiable = RoutePolicy.DEFAULT.unverifiable();
  private NoOp noOp = RoutePolicy.DEFAULT.noOp();
  private AlreadyApplied alreadyApplied = RoutePolicy.DEFAULT.alreadyApplied();
  private StatusCodes status = RoutePolicy.DEFAULT.status();
  private Conflict conflict = RoutePolicy.DEFAULT.conflict();
  private Upgrades upgrade = RoutePolicy.DEFAULT.upgrade();

  private PolicyBuilder() {}

  public static PolicyBuilder policy() {
    return new PolicyBuilder();
  }

  public PolicyBuilder mode(Mode value) {
    mode = value;
    return this;
  }

  public PolicyBuilder star(Star value) {
    star = value;
    return this;
  }

  public PolicyBuilder tag(TagRecipe value) {
    tag = value;
    return this;
  }

  /** Tags in JSON form, without these values. */
  public PolicyBuilder json(String... ignored) {
    List<PointerPattern> ignore = Stream.of(ignored).map(PointerPattern::parse).toList();
    return tag(
        new TagRecipe(
            TagForm.JSON,
            tag.hash(),
            tag.salt(),
            tag.include(),
            ignore,
            tag.strength(),
            tag.maxJsonBytes()));
  }

  public PolicyBuilder strength(TagStrength value) {
    return tag(
        new TagRecipe(
            tag.form(),
            tag.hash(),
            tag.salt(),
            tag.include(),
            tag.ignore(),
            value,
            tag.maxJsonBytes()));
  }

  /** Tags in JSON form, of these values alone. */
  public PolicyBuilder jsonOf(String... included) {
    List<PointerPattern> include = Stream.of(included).map(PointerPattern::parse).toList();
    return tag(
        new TagRecipe(
            TagForm.JSON,
            tag.hash(),
            tag.salt(),
            include,
            tag.ignore(),
            tag.strength(),
            tag.maxJsonBytes()));
  }

  public PolicyBuilder maxJson(int bytes) {
    return tag(
        new TagRecipe(
            tag.form(),
            tag.hash(),
            tag.salt(),
            tag.include(),
            tag.ignore(),
            tag.strength(),
            bytes));
  }

  public PolicyBuilder salt(String secret) {
    return tag(
        new TagRecipe(
            tag.form(),
            tag.hash(),
            Optional.of(new Salt(secret)),
            tag.include(),
            tag.ignore(),
            tag.strength(),
            tag.maxJsonBytes()));
  }

  /** The salt before; to be said after all else of the tags. */
  public PolicyBuilder formerSalt(String secret) {
    return tag(tag.withFormerSalt(Optional.of(new Salt(secret))));
  }

  public PolicyBuilder comparison(Comparison value) {
    comparison = value;
    return this;
  }

  public PolicyBuilder probeField(String name, String value) {
    List<Field> fields =
        Stream.concat(probe.fields().stream(), Stream.of(new Field(name, value))).toList();
    probe = new ProbePolicy(fields, probe.accept(), probe.path(), probe.timeout());
    return this;
  }

  public PolicyBuilder probeAccept(String value) {
    probe = new ProbePolicy(probe.fields(), Optional.of(value), probe.path(), probe.timeout());
    return this;
  }

  public PolicyBuilder probePath(String value) {
    TargetTemplate path = new TargetTemplate(value);
    probe = new ProbePolicy(probe.fields(), probe.accept(), Optional.of(path), probe.timeout());
    return this;
  }

  public PolicyBuilder probeTimeout(Duration value) {
    probe = new ProbePolicy(probe.fields(), probe.accept(), probe.path(), Optional.of(value));
    return this;
  }

  public PolicyBuilder writeTag(WriteTag value) {
    writeTag = value;
    return this;
  }

  public PolicyBuilder unverifiable(Unverifiable value) {
    unverifiable = value;
    return this;
  }

  public PolicyBuilder noOp(NoOp value) {
    noOp = value;
    return this;
  }

  public PolicyBuilder alreadyApplied(AlreadyApplied value) {
    alreadyApplied = value;
    return this;
  }

  public PolicyBuilder status(StatusCodes value) {
    status = value;
    return this;
  }

  public PolicyBuilder changes() {
    conflict = new Conflict(true);
    return this;
  }

  public PolicyBuilder upgrade(String... protocols) {
    upgrade = new Upgrades(List.of(protocols));
    return this;
  }

  public RoutePolicy build() {
    return new RoutePolicy(
        mode,
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

  /** A table in which this holds for everything. */
  public RouteTable everywhere() {
    return RouteTable.of(build());
  }

  /** A route with this policy. */
  public Route route(String path, String... methods) {
    Set<Method> named = Stream.of(methods).map(Method::of).collect(Collectors.toSet());
    return new Route(PathTemplate.parse(path), named, Optional.empty(), build());
  }

  /** A route with this policy whose writes are guarded by another resource. */
  public Route guarded(String path, String guard, String... methods) {
    Set<Method> named = Stream.of(methods).map(Method::of).collect(Collectors.toSet());
    return new Route(
        PathTemplate.parse(path), named, Optional.of(new TargetTemplate(guard)), build());
  }
}
