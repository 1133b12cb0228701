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

  /**
   * A value of the file, with its variables filled in.
   *
   * @param raw as it stands in the file
   * @param text with its variables filled in: perhaps a secret
   * @param foreign whether there are any
   */
  record Text(String raw, String text, boolean foreign) {
    /** As it stands in the file. */
    @Override
    public String toString() {
      return raw;
    }
  }

  /**
   * Fills in.
   *
   * @throws IllegalArgumentException if a variable is not set, or not written as one
   */
  Text expand(String raw) {
    Matcher matcher = DOLLAR.matcher(raw);
    StringBuilder text = new StringBuilder();
    boolean foreign = false;
    while (matcher.find()) {
      boolean variable = matcher.group(1) != null;
      foreign |= variable;
      String value = variable ? value(matcher.group(1), matcher.group(2)) : dollar(matcher.group());
      matcher.appendReplacement(text, Matcher.quoteReplacement(value));
    }
    matcher.appendTail(text);
    return new Text(raw, text.toString(), foreign);
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
