package dev.ifmatch.cli;

import dev.ifmatch.http.Comparison;
import dev.ifmatch.http.Field;
import dev.ifmatch.policy.ProbePolicy;
import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.StatusCodes;
import dev.ifmatch.representation.PointerPattern;
import dev.ifmatch.representation.TagRecipe;
import dev.ifmatch.representation.TagStrength;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A policy in the words of the configuration file; never a secret. */
final class PolicyWords {
  private static final RoutePolicy DEFAULT = RoutePolicy.DEFAULT;

  private PolicyWords() {}

  /** How tags are made: {@code json sha-256 salted ignore /updatedAt}. */
  static String tag(TagRecipe tag) {
    List<String> words = new ArrayList<>(List.of(word(tag.form()), tag.hash().toString()));
    tag.salt().ifPresent(secret -> words.add("salted"));
    tag.formerSalt().ifPresent(secret -> words.add("former-salt"));
    if (tag.strength() == TagStrength.WEAK) {
      words.add("weak");
    }
    words.addAll(pointers("include", tag.include()));
    words.addAll(pointers("ignore", tag.ignore()));
    return String.join(" ", words);
  }

  private static List<String> pointers(String what, List<PointerPattern> pointers) {
    String all = pointers.stream().map(PointerPattern::toString).collect(Collectors.joining(" "));
    return pointers.isEmpty() ? List.of() : List.of(what, all);
  }

  /** What differs from the defaults, beside mode and tag. */
  static List<String> differences(RoutePolicy policy) {
    List<String> words = new ArrayList<>();
    add(words, "star", policy.star(), DEFAULT.star());
    if (policy.comparison() == Comparison.TOLERANT) {
      words.add("comparison tolerant");
    }
    words.addAll(probe(policy.probe()));
    add(words, "write-tag", policy.writeTag(), DEFAULT.writeTag());
    add(words, "unverifiable", policy.unverifiable(), DEFAULT.unverifiable());
    add(words, "no-op", policy.noOp(), DEFAULT.noOp());
    add(words, "already-applied", policy.alreadyApplied(), DEFAULT.alreadyApplied());
    if (!policy.status().equals(DEFAULT.status())) {
      StatusCodes codes = policy.status();
      words.add("status %d/%d/%d".formatted(codes.stale(), codes.missing(), codes.unchanged()));
    }
    if (policy.conflict().changes()) {
      words.add("conflict changes");
    }
    if (!policy.upgrade().equals(DEFAULT.upgrade())) {
      words.add(upgrade(policy.upgrade().protocols()));
    }
    if (policy.tag().maxJsonBytes() != DEFAULT.tag().maxJsonBytes()) {
      words.add("json-limit %dKiB".formatted(policy.tag().maxJsonBytes() >> 10));
    }
    return words;
  }

  private static String upgrade(List<String> protocols) {
    return "upgrade " + (protocols.isEmpty() ? "none" : String.join(" ", protocols));
  }

  /** The names of fields only: their values may be credentials. */
  private static List<String> probe(ProbePolicy probe) {
    List<String> words = new ArrayList<>();
    probe.path().ifPresent(path -> words.add("probe path " + path));
    probe.accept().ifPresent(accept -> words.add("probe accept " + accept));
    if (!probe.fields().isEmpty()) {
      words.add(
          probe.fields().stream()
              .map(Field::name)
              .collect(Collectors.joining(" ", "probe fields ", "")));
    }
    probe.timeout().ifPresent(timeout -> words.add("probe timeout " + text(timeout)));
    return words;
  }

  private static void add(List<String> words, String key, Enum<?> value, Enum<?> otherwise) {
    if (value != otherwise) {
      words.add(key + " " + word(value));
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String text(Duration duration) {
    return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
  }
}
