package dev.ifmatch.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which paths a route is for: {@code /orders/{id}} for one resource each, {@code /orders/{id}/**}
 * for it and all below it, {@code /**} for everything. A variable stands for one segment or, with
 * fixed text around it, for a part of one: {@code {id}.json}, {@code Orders({id})}.
 *
 * <p>Paths are compared in the spelling that resource keys have: without case, without trailing
 * slashes, percent-encoding normalised.
 *
 * @param text the template as it is written
 * @param segments what each segment must be
 * @param open whether anything may follow, in any number of segments
 */
public record PathTemplate(String text, List<Segment> segments, boolean open) {
  static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_]*)}");
  private static final String EVERYTHING_BELOW = "**";

  /** The path of everything. */
  public static final PathTemplate ALL = parse("/**");

  /**
   * The template that fits closer first. Templates that fit the same paths equally well are equal
   * by it.
   */
  public static final Comparator<PathTemplate> MOST_SPECIFIC_FIRST = PathTemplate::compare;

  /**
   * One segment of a template.
   *
   * @param before fixed text in front of the variable, or the whole segment where there is none
   * @param variable the variable's name; empty where the segment is fixed
   * @param after fixed text behind the variable
   */
  record Segment(String before, Optional<String> variable, String after) {

    private int rank() {
      if (variable.isEmpty()) {
        return 0;
      }
      return before.isEmpty() && after.isEmpty() ? 2 : 1;
    }

    private boolean fits(String folded) {
      return variable.isEmpty()
          ? folded.equals(before)
          : folded.length() > before.length() + after.length()
              && folded.startsWith(before)
              && folded.endsWith(after);
    }

    /** A whole segment is taken as it was sent: an encoded delimiter is part of its value. */
    private String value(String sent, String spelled) {
      return before.isEmpty() && after.isEmpty()
          ? sent
          : spelled.substring(before.length(), spelled.length() - after.length());
    }
  }

  /** Copies the list. */
  public PathTemplate {
    segments = List.copyOf(segments);
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException if the text is none; the message says what one looks like
   */
  public static PathTemplate parse(String text) {
    if (!text.startsWith("/") || text.contains("?") || text.contains("#")) {
      throw new IllegalArgumentException(
          "'%s' is not a path template; write a path such as /orders/{id} or /orders/**"
              .formatted(text));
    }
    List<Segment> segments = new ArrayList<>();
    Set<String> names = new HashSet<>();
    boolean open = false;
    for (String part : text.substring(1).split("/", -1)) {
      if (open) {
        throw new IllegalArgumentException("'%s': ** can only stand at the end".formatted(text));
      }
      if (part.equals(EVERYTHING_BELOW)) {
        open = true;
      } else if (!part.isEmpty()) {
        Segment segment = segment(part, text);
        if (segment.variable().isPresent() && !names.add(segment.variable().get())) {
          throw new IllegalArgumentException(
              "'%s': the variable {%s} stands twice".formatted(text, segment.variable().get()));
        }
        segments.add(segment);
      }
    }
    return new PathTemplate(text, segments, open);
  }

  private static Segment segment(String part, String text) {
    Matcher matcher = VARIABLE.matcher(part);
    boolean found = matcher.find();
    String before = found ? part.substring(0, matcher.start()) : part;
    String after = found ? part.substring(matcher.end()) : "";
    String fixed = before + after;
    if (fixed.contains("{") || fixed.contains("}")) {
      throw new IllegalArgumentException(
          "'%s': a segment can hold one variable, written {name} with letters and digits"
              .formatted(text));
    }
    String spelled = PathSegments.spell(before) + PathSegments.spell(after);
    if (isNoSegment(spelled) || fixed.contains("*")) {
      throw new IllegalArgumentException(
          "'%s': '%s' can stand in no template; write {name} for any one segment, ** at the end"
              .formatted(text, part));
    }
    return new Segment(
        fold(before), found ? Optional.of(matcher.group(1)) : Optional.empty(), fold(after));
  }

  /** Whether no path has such a segment, however it is spelled. */
  private static boolean isNoSegment(String spelled) {
    return spelled.equals(".") || spelled.equals("..") || spelled.contains(";");
  }

  private static String fold(String fixed) {
    return PathSegments.spell(encoded(fixed)).toLowerCase(Locale.ROOT);
  }

  /** As clients send what is not ASCII: in UTF-8, percent-encoded (RFC 3987 §3.1). */
  private static String encoded(String fixed) {
    StringBuilder encoded = new StringBuilder(fixed.length());
    for (byte octet : fixed.getBytes(UTF_8)) {
      if (octet < 0) {
        encoded.append('%').append(HexFormat.of().toHexDigits(octet));
      } else {
        encoded.append((char) octet);
      }
    }
    return encoded.toString();
  }

  /** The names of its variables. */
  public Set<String> variables() {
    Set<String> names = new HashSet<>();
    segments.forEach(segment -> segment.variable().ifPresent(names::add));
    return names;
  }

  /** What the variables stand for in a path; empty where the template does not fit it. */
  Optional<Map<String, String>> match(PathSegments path) {
    int length = path.spelled().size();
    if (length < segments.size() || (length > segments.size() && !open)) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      String spelled = path.spelled().get(i);
      if (!segment.fits(spelled.toLowerCase(Locale.ROOT))) {
        return Optional.empty();
      }
      String value =
          segment.variable().isPresent() ? segment.value(path.sent().get(i), spelled) : "";
      segment.variable().ifPresent(name -> values.put(name, value));
    }
    return Optional.of(values);
  }

  private static int compare(PathTemplate one, PathTemplate other) {
    int common = Math.min(one.segments.size(), other.segments.size());
    for (int i = 0; i < common; i++) {
      Segment a = one.segments.get(i);
      Segment b = other.segments.get(i);
      int byRank = Integer.compare(a.rank(), b.rank());
      int byText =
          Integer.compare(
              b.before().length() + b.after().length(), a.before().length() + a.after().length());
      if (byRank != 0) {
        return byRank;
      }
      if (byText != 0 && a.rank() == 1) {
        return byText;
      }
    }
    int byLength = Integer.compare(other.segments.size(), one.segments.size());
    return byLength != 0 ? byLength : Boolean.compare(one.open, other.open);
  }

  @Override
  public String toString() {
    return text;
  }
}
