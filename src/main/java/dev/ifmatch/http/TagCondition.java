package dev.ifmatch.http;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The value of {@code If-Match} or {@code If-None-Match}: any current representation ({@code *}),
 * or one of a list (RFC 9110 §13.1.1, §13.1.2).
 */
public sealed interface TagCondition {

  /** The tags that are named; none for {@code *}. */
  List<EntityTag> tags();

  /** {@code *}: met by any current representation. */
  record Any() implements TagCondition {
    @Override
    public List<EntityTag> tags() {
      return List.of();
    }

    @Override
    public String toString() {
      return "*";
    }
  }

  /** A list of at least one entity-tag. */
  record OneOf(List<EntityTag> tags) implements TagCondition {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public OneOf {
      tags = List.copyOf(tags);
      if (tags.isEmpty()) {
        throw new IllegalArgumentException("the field holds no entity-tag");
      }
    }

    @Override
    public String toString() {
      return tags.stream().map(EntityTag::toString).collect(Collectors.joining(", "));
    }
  }

  /**
   * Reads the field's value over all its lines, as one list (RFC 9110 §5.3). Empty members between
   * commas are passed over (§5.6.1); a field without any tag is malformed, since it cannot have
   * been meant.
   *
   * @throws IllegalArgumentException if the value is malformed; the message says how
   */
  static TagCondition parse(List<String> lines) {
    return parse(lines, Comparison.STRICT);
  }

  /**
   * The same; a tolerant comparison also takes a tag without its quotes.
   *
   * @throws IllegalArgumentException if the value is malformed; the message says how
   */
  static TagCondition parse(List<String> lines, Comparison comparison) {
    String value = lines.size() == 1 ? lines.get(0).trim() : String.join(",", lines).trim();
    if (value.equals("*")) {
      return new Any();
    }
    List<EntityTag> tags = new ArrayList<>(1);
    int at = 0;
    boolean separated = true;
    while (at < value.length()) {
      char c = value.charAt(at);
      if (c == ',') {
        separated = true;
        at++;
      } else if (c == ' ' || c == '\t') {
        at++;
      } else if (!separated) {
        throw new IllegalArgumentException("entity-tags are separated by commas");
      } else if (c == '*') {
        throw new IllegalArgumentException("* stands alone, without entity-tags beside it");
      } else {
        boolean bare = comparison == Comparison.TOLERANT && !isQuoted(value, at);
        int end = bare ? endOfBare(value, at) : EntityTag.end(value, at);
        tags.add(bare ? bare(value.substring(at, end)) : EntityTag.read(value, at, end));
        separated = false;
        at = end;
      }
    }
    return new OneOf(tags);
  }

  private static boolean isQuoted(String value, int at) {
    return value.startsWith("\"", at) || value.startsWith("W/\"", at);
  }

  private static int endOfBare(String value, int start) {
    int end = start;
    while (end < value.length() && ", \t".indexOf(value.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private static EntityTag bare(String text) {
    boolean weak = text.startsWith("W/");
    return new EntityTag(weak, weak ? text.substring(2) : text);
  }
}
