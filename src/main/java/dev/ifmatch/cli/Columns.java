package dev.ifmatch.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows whose cells stand below each other; the last one's text may take several lines. */
final class Columns {
  private Columns() {}

  /** The lines of rows that have the same number of cells, each with this text in front. */
  static List<String> of(String lead, List<List<String>> rows) {
    return blocks(lead, rows).stream().flatMap(List::stream).toList();
  }

  /** The same, with the lines of each row by themselves. */
  static List<List<String>> blocks(String lead, List<List<String>> rows) {
    List<List<String>> blocks = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder left = new StringBuilder(lead);
      for (int i = 0; i < row.size() - 1; i++) {
        left.append(row.get(i)).append(" ".repeat(width(rows, i) - row.get(i).length() + 2));
      }
      blocks.add(Paragraph.of(left.toString(), row.get(row.size() - 1)));
    }
    return blocks;
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
