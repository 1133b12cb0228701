package dev.ifmatch.policy;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * A request target with variables of its route's path: {@code /orders/{id}}. It may end in a query.
 *
 * @param text the template as it is written
 */
public record TargetTemplate(String text) {

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if it is no target; the message says what one looks like
   */
  public TargetTemplate {
    String fixed = PathTemplate.VARIABLE.matcher(text).replaceAll("");
    boolean written = fixed.chars().allMatch(c -> c > 0x20 && c < 0x7f && "{}*#\\".indexOf(c) < 0);
    if (!text.startsWith("/") || !written || ResourceKey.isAmbiguous(fixed)) {
      throw new IllegalArgumentException(
          "'%s' is no target; write a path such as /orders/{id}, with variables of the route's path"
              .formatted(text));
    }
  }

  /** The names of the variables in it. */
  public Set<String> variables() {
    Set<String> names = new HashSet<>();
    Matcher matcher = PathTemplate.VARIABLE.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  /** The target for these values of its variables. */
  String expand(Map<String, String> values) {
    return PathTemplate.VARIABLE
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(values.get(found.group(1))));
  }

  @Override
  public String toString() {
    return text;
  }
}
