package dev.ifmatch.doctor;

import dev.ifmatch.policy.PathTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which template a resource's path is of, going by what its segments look like. */
final class PathGuess {
  private static final Pattern VERSION = Pattern.compile("v[0-9]+([._][0-9]+)*");

  /** A number, a UUID, a hexadecimal or other long random name: what identifies one of many. */
  private static final String KEY =
      "[0-9]+|[0-9a-fA-F]{8}-[0-9a-fA-F-]{20,}|(?=[a-zA-Z]*[0-9])[0-9a-fA-F]{8,}"
          + "|(?=[^/]*[0-9])[A-Za-z0-9_-]{16,}|[A-Za-z]{1,5}[-_][0-9]+";

  private static final Pattern SEGMENT =
      Pattern.compile(
          "(?<before>[A-Za-z]+\\()?'?(?<key>" + KEY + ")'?(?<after>\\)|\\.[a-z]{1,5})?");

  private PathGuess() {}

  /** The template of a request target: {@code /orders/{id}} for {@code /orders/7?view=full}. */
  static String of(String target) {
    List<String> segments = new ArrayList<>();
    int keys = 0;
    for (String segment : target.split("\\?", 2)[0].split("/", -1)) {
      Matcher matcher = SEGMENT.matcher(segment);
      if (matcher.matches() && !VERSION.matcher(segment).matches()) {
        keys++;
        String name = "{id%s}".formatted(keys == 1 ? "" : Integer.toString(keys));
        segments.add(text(matcher.group("before")) + name + text(matcher.group("after")));
      } else if (!segment.isEmpty()) {
        segments.add(segment);
      }
    }
    return valid("/" + String.join("/", segments));
  }

  /** Some paths can stand in no template as they are. */
  private static String valid(String guess) {
    try {
      return PathTemplate.parse(guess).text();
    } catch (IllegalArgumentException cannotStandThere) {
      return PathTemplate.ALL.text();
    }
  }

  private static String text(String group) {
    return group == null ? "" : group;
  }
}
