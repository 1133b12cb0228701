package dev.ifmatch.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The table of faults as the documentation has it, a row for each fault in each situation. */
final class FaultTable {
  private static final Path DOCUMENT = Path.of("src/site/markdown/faults.md");

  /** {@code - *what they come to*: one fault; another}, over several lines. */
  private static final Pattern GROUP = Pattern.compile("(?sm)^- \\*([^*]+)\\*: (.*?)\n(?=\n|- )");

  private static final Pattern SUBJECT = Pattern.compile("(the backend |the client )?(.*)");

  private FaultTable() {}

  /**
   * What comes of a fault.
   *
   * @param client what the client gets
   * @param lock what becomes of the lock
   * @param log what the operator sees
   */
  record Outcome(String client, String lock, String log) {}

  /** One fault in one situation. */
  record Row(String fault, String when, Outcome outcome) {
    @Override
    public String toString() {
      return fault + ", " + when;
    }
  }

  static List<Row> rows() throws IOException {
    String document = Files.readString(DOCUMENT);
    Map<String, String> groups = new TreeMap<>();
    Matcher group = GROUP.matcher(document);
    while (group.find()) {
      groups.put(group.group(1), group.group(2).replaceAll("\\s+", " "));
    }
    List<Row> rows = new ArrayList<>();
    String faults = "";
    for (String line : document.lines().filter(l -> l.startsWith("| ")).skip(1).toList()) {
      List<String> cells = Stream.of(line.split("\\|", -1)).map(String::trim).toList();
      faults = cells.get(1).isEmpty() ? faults : cells.get(1);
      Outcome outcome = new Outcome(cells.get(3).replace("`", ""), cells.get(4), cells.get(5));
      for (String fault : faults(faults, groups)) {
        for (String when : cells.get(2).split("; ", -1)) {
          rows.add(new Row(fault, when, outcome));
        }
      }
    }
    return rows;
  }

  private static List<String> faults(String cell, Map<String, String> groups) {
    Matcher words = SUBJECT.matcher(cell);
    if (!words.matches()) {
      throw new AssertionError(cell);
    }
    String subject = words.group(1) == null ? "" : words.group(1);
    return Arrays.stream(words.group(2).split("; ", -1))
        .flatMap(one -> Arrays.stream(groups.getOrDefault(one, one).split("; ", -1)))
        .map(one -> subject + one)
        .toList();
  }
}
