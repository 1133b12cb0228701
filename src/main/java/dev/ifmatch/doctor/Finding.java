package dev.ifmatch.doctor;

import java.util.List;

/**
 * One thing that was found about a resource.
 *
 * @param mark how bad it is
 * @param text what it is and what it means
 * @param details lines to be shown below it
 * @param remedy what to set in the configuration; {@link Remedy#NONE} where nothing helps or is
 *     needed
 */
public record Finding(Mark mark, String text, List<String> details, Remedy remedy) {

  /** How bad a finding is. */
  public enum Mark {
    OK("ok"),
    /** Good to know. */
    NOTE("--"),
    /** Stands in the way. */
    BAD("!!");

    private final String sign;

    Mark(String sign) {
      this.sign = sign;
    }

    @Override
    public String toString() {
      return sign;
    }
  }

  /** Copies the list. */
  public Finding {
    details = List.copyOf(details);
  }

  static Finding ok(String text) {
    return new Finding(Mark.OK, text, List.of(), Remedy.NONE);
  }

  static Finding note(String text) {
    return new Finding(Mark.NOTE, text, List.of(), Remedy.NONE);
  }

  /** Something that no setting cures. */
  static Finding bad(String text) {
    return bad(text, Remedy.NONE);
  }

  static Finding bad(String text, Remedy remedy) {
    return new Finding(Mark.BAD, text, List.of(), remedy);
  }

  Finding with(List<String> lines) {
    return new Finding(mark, text, lines, remedy);
  }

  /** Whether it stands in the way whatever is set. */
  boolean isIncurable() {
    return mark == Mark.BAD && remedy.equals(Remedy.NONE);
  }
}
