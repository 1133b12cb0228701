package dev.ifmatch.http;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The value of {@code If-Match} or {@code If-None-Match}: any current representation ({@code *}),
 * or one of a list (RFC 9110 §13.1.1, §13.1.2).
 */
public sealed interface TagCondition {

  /** {@code *}: met by any current representation. */
  record Any() implements TagCondition {
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
        int end = EntityTag.end(value, at);
        tags.add(EntityTag.read(value, at, end));
        separated = false;
        at = end;
      }
    }
    return new OneOf(tags);
  }
}
