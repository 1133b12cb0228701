package dev.ifmatch.soak;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** What was found at the end, and what of it may be. Not thread-safe. */
final class Verdict {

  /**
   * One thing that is looked at.
   *
   * @param allowed how much of it may be, at most
   */
  private record Finding(String what, long found, long allowed) {
    boolean isFine() {
      return found <= allowed;
    }
  }

  private final List<Finding> findings = new ArrayList<>();

  void atMost(long allowed, String what, long found) {
    findings.add(new Finding(what, found, allowed));
  }

  void none(String what, long found) {
    atMost(0, what, found);
  }

  boolean isFine() {
    return findings.stream().allMatch(Finding::isFine);
  }

  /** How much was found of one thing. */
  long found(String what) {
    return findings.stream()
        .filter(finding -> finding.what().equals(what))
        .mapToLong(Finding::found)
        .sum();
  }

  void print(PrintStream out) {
    out.printf("%n%-52s %12s %12s%n", "at the end", "found", "allowed");
    for (Finding finding : findings) {
      String mark = finding.isFine() ? "" : "  FAILED";
      out.printf("%-52s %,12d %,12d%s%n", finding.what(), finding.found(), finding.allowed(), mark);
    }
    out.printf("%n%s%n", isFine() ? "soak: passed" : "soak: FAILED");
  }
}
