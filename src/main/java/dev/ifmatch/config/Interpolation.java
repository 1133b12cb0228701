package dev.ifmatch.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts environment variables in the place of <code>${NAME}</code> and <code>${NAME:-default}</code>
 * (the default also for an empty variable, as in a shell). {@code $$} is a dollar sign.
 */
final class Interpolation {
  /** A variable as it stands in a value. */
  static final Pattern VARIABLE =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^{}]*))?\\}");

  private static final Pattern DOLLAR = Pattern.compile("\\$\\$|" + VARIABLE.pattern() + "|\\$\\{");

  private final Map<String, String> environment;

  Interpolation(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Whether a text holds a variable, so that what it comes to may be a secret. */
  static boolean isForeign(String raw) {
    return DOLLAR.matcher(raw).results().anyMatch(found -> found.group(1) != null);
  }

  /**
   * Fills in.
   *
   * @throws IllegalArgumentException if a variable is not set, or not written as one
   */
  String expand(String raw) {
    return DOLLAR
        .matcher(raw)
        .replaceAll(
            found -> {
              boolean variable = found.group(1) != null;
              String text =
                  variable ? value(found.group(1), found.group(2)) : dollar(found.group());
              return Matcher.quoteReplacement(text);
            });
  }

  private String value(String name, String otherwise) {
    String value = environment.getOrDefault(name, "");
    if (otherwise != null && value.isEmpty()) {
      return otherwise;
    }
    if (!environment.containsKey(name)) {
      throw new IllegalArgumentException(
          "the variable %s is not set; set it, or write ${%s:-default}".formatted(name, name));
    }
    return value;
  }

  private static String dollar(String found) {
    if (found.equals("${")) {
      throw new IllegalArgumentException(
          "a variable is written ${NAME} or ${NAME:-default}, and ${ itself $${");
    }
    return "$";
  }
}
