package dev.ifmatch.policy;

import dev.ifmatch.http.Comparison;
import dev.ifmatch.http.FieldName;
import dev.ifmatch.policy.RoutePolicy.AlreadyApplied;
import dev.ifmatch.policy.RoutePolicy.NoOp;
import dev.ifmatch.policy.RoutePolicy.WriteTag;
import dev.ifmatch.representation.HashAlgorithm;
import dev.ifmatch.representation.PointerPattern;
import dev.ifmatch.representation.TagForm;
import dev.ifmatch.representation.TagRecipe;
import dev.ifmatch.representation.TagStrength;
import java.util.ArrayList;
import java.util.List;

/** What in the settings of one route cannot work together. */
final class PolicyLint {
  private PolicyLint() {}

  /** What is wrong with how the tags of a route's reads are made. */
  static List<String> ofTag(TagRecipe tag) {
    List<String> found = new ArrayList<>(ofHash(tag));
    if (tag.formerSalt().isPresent() && tag.formerSalt().equals(tag.salt())) {
      found.add("the former salt is the salt itself, so that no tag has changed; take it out");
    }
    boolean pointers = !tag.include().isEmpty() || !tag.ignore().isEmpty();
    if (tag.form() == TagForm.BYTES && pointers) {
      found.add("include and ignore have no effect where tags are made of bytes; set form: json");
    } else {
      found.addAll(ofPointers(tag));
    }
    return found;
  }

  /** With a salt, a hash that is broken by itself holds: it makes an HMAC. */
  private static List<String> ofHash(TagRecipe tag) {
    boolean salted = tag.salt().isPresent();
    boolean broken = tag.hash() == HashAlgorithm.MD5 || tag.hash() == HashAlgorithm.SHA_1;
    if (!tag.hash().isCryptographic()) {
      return List.of(
          "hash %s is not cryptographic: who can write to the backend can make two states with one"
                  .formatted(tag.hash())
              + " tag, so that a write made from the one overwrites the other"
              + (salted ? ", and the salt does not prevent it" : "")
              + "; set hash: sha-256, unless all writers are trusted");
    }
    return broken && !salted
        ? List.of(
            "hash %s is broken: who can write to the backend can make two states with one tag, so"
                    .formatted(tag.hash())
                + " that a write made from the one overwrites the other; set hash: sha-256, or a"
                + " salt")
        : List.of();
  }

  private static List<String> ofPointers(TagRecipe tag) {
    List<String> found = new ArrayList<>();
    for (PointerPattern include : tag.include()) {
      tag.ignore().stream()
          .filter(ignore -> reaches(ignore, include))
          .findFirst()
          .ifPresent(
              ignore ->
                  found.add(
                      "what include %s takes in, ignore %s takes out again; remove one of the two"
                          .formatted(include, ignore)));
    }
    for (PointerPattern ignore : tag.ignore()) {
      if (!tag.include().isEmpty() && tag.include().stream().noneMatch(i -> meet(i, ignore))) {
        found.add(
            "ignore %s has no effect: nothing there is included anyway; remove it"
                .formatted(ignore));
      }
    }
    return found;
  }

  /** Whether what one pointer stands for holds all that another stands for. */
  private static boolean reaches(PointerPattern one, PointerPattern other) {
    boolean holds = one.tokens().size() <= other.tokens().size();
    for (int i = 0; holds && i < one.tokens().size(); i++) {
      String token = one.tokens().get(i);
      holds = token.equals(PointerPattern.ANY) || token.equals(other.tokens().get(i));
    }
    return holds;
  }

  /** Whether some value is in what both pointers stand for. */
  private static boolean meet(PointerPattern one, PointerPattern other) {
    boolean possible = true;
    for (int i = 0; possible && i < Math.min(one.tokens().size(), other.tokens().size()); i++) {
      List<String> both = List.of(one.tokens().get(i), other.tokens().get(i));
      possible = both.contains(PointerPattern.ANY) || both.get(0).equals(both.get(1));
    }
    return possible;
  }

  /** What is wrong with how a route's probes are sent. */
  static List<String> ofProbe(ProbePolicy probe) {
    boolean twice =
        probe.accept().isPresent()
            && probe.fields().stream().anyMatch(f -> f.name().equalsIgnoreCase(FieldName.ACCEPT));
    return twice
        ? List.of("the probe's Accept is set twice, by accept and by a field; remove one of them")
        : List.of();
  }

  /** What is wrong with which protocols may be switched to. */
  static List<String> ofUpgrade(Upgrades upgrade) {
    return upgrade.protocols().contains(Upgrades.ANY)
        ? List.of(
            "upgrade: any lets clients switch to protocols over which they can write unchecked; name"
                + " those that are in use, e.g. upgrade: [websocket]")
        : List.of();
  }

  /**
   * What is wrong with how a route's writes are checked and answered.
   *
   * @param common the policy of everything else, which routes take their settings from
   */
  static List<String> ofWrite(Plan.Write write, RoutePolicy common) {
    RoutePolicy policy = write.policy();
    TagRecipe tag = write.guarded().tag();
    List<String> found = new ArrayList<>();
    if (tag.strength() == TagStrength.WEAK && policy.comparison() == Comparison.STRICT) {
      found.add(
          "its tags are weak, and by strict comparison no If-Match with a weak tag ever holds: every"
              + " such write gets %d; set comparison: tolerant, or strength: strong"
                  .formatted(policy.status().stale()));
    }
    if (policy.probe().path().isPresent() && tag.form() == TagForm.BYTES) {
      found.add(
          "the probe's path must answer with the very same bytes as a GET of the resource, or every"
              + " write gets %d; with form: json and include, the values that both have are enough"
                  .formatted(policy.status().stale()));
    }
    if (policy.writeTag() == WriteTag.VERBATIM
        && common.writeTag() != WriteTag.VERBATIM
        && !write.replaces()) {
      found.add(
          "write-tag: verbatim tells the new tag only after a PUT to the resource itself, and none"
              + " comes here; set always, or off");
    }
    found.addAll(ofEquality(write));
    return found;
  }

  /** Two states with one tag count as one. */
  private static List<String> ofEquality(Plan.Write write) {
    List<String> found = new ArrayList<>();
    TagRecipe tag = write.guarded().tag();
    boolean partial = !tag.include().isEmpty() || !tag.ignore().isEmpty();
    if (!write.replaces() || tag.form() == TagForm.BYTES || !partial) {
      return found;
    }
    if (write.policy().noOp() == NoOp.UNCHANGED) {
      found.add(
          "no-op: unchanged does not send on a PUT that changes only values which tags leave out;"
              + " set no-op: forward, or have these values count");
    }
    if (write.policy().alreadyApplied() == AlreadyApplied.ACCEPT) {
      found.add(
          "already-applied: accept takes a stale PUT for a retry even if values differ that tags"
              + " leave out; set already-applied: refuse, or have these values count");
    }
    return found;
  }
}
