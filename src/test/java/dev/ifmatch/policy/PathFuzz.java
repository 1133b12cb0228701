package dev.ifmatch.policy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.ifmatch.Claim;
import dev.ifmatch.http.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What any server takes for one resource is locked by one key, and any text is a path template that
 * fits what is made of it, or is refused with a reason.
 */
public final class PathFuzz {
  private static final int MOST_CHARACTERS = 1000;
  private static final Pattern KEY =
      Pattern.compile("/|(?:/(?:[a-z0-9._~!$&'()*+,=:@-]|%[0-9a-f]{2})++)++");
  private static final List<String> PIECES =
      List.of("/", "//", "/./", "/.", ".", ";", ";v=1", "\\", "%2F", "%5c", "%2e", "%3b", "%25");

  private PathFuzz() {}

  /** Reads the first line as a target, the second as another, and the third as a template. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, ISO_8859_1);
    if (text.length() > MOST_CHARACTERS) {
      return;
    }
    String[] lines = text.split("\n", 3);
    Random random = new Random(Arrays.hashCode(input));
    String target = target(lines[0]);
    key(target);
    pair(target, respelled(target, random));
    if (lines.length > 1) {
      pair(target, target(lines[1]));
    }
    if (lines.length > 2) {
      template(lines[2], target);
    }
  }

  /** A target as it is let in: no other character reaches a key. */
  private static String target(String line) {
    String target = "/" + line.replaceAll("[^!-~]|#", "_");
    return target.startsWith("//") ? target.substring(1) : target;
  }

  private static void key(String target) {
    ResourceKey key = ResourceKey.of(target);
    Claim.that(KEY.matcher(key.path()).matches(), "a key is a plain path", target, key);
    Claim.that(ResourceKey.of(key.path()).equals(key), "the key of a key is itself", target, key);
    Claim.that(!ResourceKey.isAmbiguous(key.path()), "a key goes not up", target, key);
  }

  private static void pair(String one, String other) {
    key(other);
    boolean ambiguous = ResourceKey.isAmbiguous(one) || ResourceKey.isAmbiguous(other);
    if (!ambiguous && !ResourceKey.of(one).equals(ResourceKey.of(other))) {
      for (PathReading reading : PathReading.values()) {
        boolean same = reading.of(one).equals(reading.of(other));
        Claim.that(!same, "what is one resource has one key", reading, one, other);
      }
    }
  }

  /** Another spelling, of the same resource more often than not. */
  private static String respelled(String target, Random random) {
    StringBuilder other = new StringBuilder(target);
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(other.length());
      char c = other.charAt(at);
      switch (random.nextInt(4)) {
        case 0 -> other.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 1 ->
            other.setCharAt(
                at, Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c));
        case 2 -> other.replace(at, at + 1, "%%%02x".formatted((int) c));
        default -> other.append(random.nextBoolean() ? "/" : ";x");
      }
    }
    return other.charAt(0) == '/' ? other.toString() : "/" + other;
  }

  private static void template(String text, String target) {
    Optional<PathTemplate> read = read(text);
    if (read.isEmpty()) {
      return;
    }
    PathTemplate template = read.get();
    template.match(PathSegments.of(target));
    Map<String, String> values = new HashMap<>();
    Matcher variables = PathTemplate.VARIABLE.matcher(text);
    String path =
        variables.replaceAll(
            found -> {
              values.put(found.group(1), "Some-1");
              return "Some-1";
            });
    if (path.chars().allMatch(c -> c > 0x20 && c < 0x7f) && !ResourceKey.isAmbiguous(path)) {
      String made = template.open() ? path.replaceAll("\\*\\*/*$", "") : path;
      Optional<Map<String, String>> match = template.match(PathSegments.byPlainSlashes(made));
      Claim.that(match.equals(Optional.of(values)), "a template fits what is made of it", text);
      Claim.that(template.variables().equals(values.keySet()), "it has these variables", text);
    }
    Route route = new Route(template, Set.of(), Optional.empty(), RoutePolicy.DEFAULT);
    new RouteTable(List.of(route), RoutePolicy.DEFAULT).match(Method.PUT, target);
  }

  private static Optional<PathTemplate> read(String text) {
    try {
      return Optional.of(PathTemplate.parse(text));
    } catch (IllegalArgumentException refused) {
      Claim.that(!String.valueOf(refused.getMessage()).isEmpty(), "it is said why", text);
      return Optional.empty();
    }
  }
}
