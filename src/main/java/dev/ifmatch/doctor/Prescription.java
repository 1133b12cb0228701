package dev.ifmatch.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The settings that help, as lines for the configuration file. */
public final class Prescription {
  /** What YAML takes for text without quotes. */
  private static final Pattern PLAIN = Pattern.compile("/[A-Za-z0-9/_*~.$@+{()}-]*");

  private Prescription() {}

  /** The lines for several resources; those of one route are put together. */
  public static List<String> of(List<Diagnosis> diagnoses) {
    Map<String, Remedy> byRoute = new LinkedHashMap<>();
    int buffer = 0;
    for (Diagnosis diagnosis : diagnoses) {
      Remedy remedy = diagnosis.remedy();
      buffer = Math.max(buffer, remedy.tagBuffer());
      if (remedy.concernsRoute()) {
        byRoute.merge(PathGuess.of(diagnosis.target()), remedy, Remedy::and);
      }
    }
    List<String> lines = new ArrayList<>();
    if (buffer > 0) {
      lines.add("limits:");
      lines.add("  tag-buffer: " + enough(buffer));
    }
    if (!byRoute.isEmpty()) {
      lines.add("routes:");
      byRoute.forEach((path, remedy) -> lines.addAll(route(path, remedy)));
    }
    return lines;
  }

  private static List<String> route(String path, Remedy remedy) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "  - path: %s        # guessed"
            .formatted(PLAIN.matcher(path).matches() ? path : quoted(path)));
    if (remedy.tolerant()) {
      lines.add("    comparison: tolerant");
    }
    if (remedy.json()) {
      lines.add("    tag:");
      lines.add("      form: json");
    }
    if (remedy.json() && remedy.tagBuffer() > 0) {
      lines.add("      json-limit: " + enough(remedy.tagBuffer()));
    }
    if (!remedy.ignore().isEmpty()) {
      lines.add(
          remedy.ignore().stream()
              .map(Prescription::inList)
              .collect(Collectors.joining(", ", "      ignore: [", "]")));
    }
    return lines;
  }

  private static String enough(int bytes) {
    return "%dMiB".formatted((bytes >> 20) + 1);
  }

  /** A list in brackets takes no braces, which a template may have. */
  private static String inList(String pointer) {
    boolean plain = PLAIN.matcher(pointer).matches() && !pointer.matches(".*[{}].*");
    return plain ? pointer : quoted(pointer);
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
