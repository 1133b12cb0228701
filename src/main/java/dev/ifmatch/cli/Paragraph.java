package dev.ifmatch.cli;

import java.util.ArrayList;
import java.util.List;

/** Text for a terminal, broken into lines. */
final class Paragraph {
  /** How wide the tools write. */
  static final int WIDTH = 100;

  private Paragraph() {}

  /** The text behind a lead of its own; further lines start below the text. */
  static List<String> of(String lead, String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(lead);
    boolean fresh = true;
    for (String word : text.split(" ", -1)) {
      if (!fresh && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(lead.length()));
        fresh = true;
      }
      line.append(fresh ? "" : " ").append(word);
      fresh = false;
    }
    lines.add(line.toString());
    return lines;
  }
}
