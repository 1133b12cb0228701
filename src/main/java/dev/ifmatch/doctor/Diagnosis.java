package dev.ifmatch.doctor;

import java.util.ArrayList;
import java.util.List;

/**
 * What was found about one resource.
 *
 * @param target the resource
 * @param findings what was found, in the order in which it is told
 */
public record Diagnosis(String target, List<Finding> findings) {

  /** What it all comes to. */
  public enum Verdict {
    AS_IT_IS("can be protected as it is"),
    WITH_SETTINGS("can be protected with the settings below"),
    NOT_YET("cannot be protected until what is marked !! is changed"),
    UNREAD("cannot be read");

    private final String words;

    Verdict(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /** Copies the list. */
  public Diagnosis {
    findings = List.copyOf(findings);
  }

  /** Looks the evidence over. */
  static Diagnosis of(Evidence evidence) {
    List<Finding> findings = new ArrayList<>();
    findings.add(Legibility.of(evidence));
    if (evidence.isReadable()) {
      findings.addAll(Steadiness.of(evidence));
      findings.addAll(TagTravel.of(evidence));
      findings.addAll(Variations.of(evidence));
    }
    return new Diagnosis(evidence.target(), findings);
  }

  /** Where nothing could be looked at. */
  static Diagnosis unanswered(String target, String why) {
    return new Diagnosis(target, List.of(Finding.bad(why)));
  }

  /** What it all comes to. */
  public Verdict verdict() {
    if (findings.size() == 1 && findings.get(0).isIncurable()) {
      return Verdict.UNREAD;
    }
    if (findings.stream().anyMatch(Finding::isIncurable)) {
      return Verdict.NOT_YET;
    }
    return remedy().equals(Remedy.NONE) ? Verdict.AS_IT_IS : Verdict.WITH_SETTINGS;
  }

  /** What is to be set for it. */
  Remedy remedy() {
    return findings.stream().map(Finding::remedy).reduce(Remedy.NONE, Remedy::and);
  }
}
