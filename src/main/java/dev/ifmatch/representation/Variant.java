package dev.ifmatch.representation;

import dev.ifmatch.http.EntityTag;
import dev.ifmatch.http.FieldName;
import dev.ifmatch.http.Fields;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which of a resource's representations a tag stands for, where the origin chooses by {@code
 * Accept} or {@code Accept-Language} (RFC 9110 §12.5.1, §12.5.4). It is written into the tag, so
 * that a write which brings the tag back can be checked against just that representation.
 *
 * <p>In a tag: {@code "text/csv~…"}, {@code "text/csv~de-at~…"}, {@code "~de-at~…"}.
 *
 * @param mediaType a media type without {@code charset}, in lower case; empty where it does not
 *     matter
 * @param language a language tag in lower case; empty where it does not matter
 */
public record Variant(String mediaType, String language) {
  /** There is one representation only. */
  public static final Variant NONE = new Variant("", "");

  private static final String SEPARATOR = "~";

  /** The names that can be registered (RFC 6838 §4.2), which cannot hold the separator. */
  private static final String NAME = "[a-z0-9][a-z0-9!#$&^_.+-]{0,126}";

  private static final Pattern MEDIA_TYPE =
      Pattern.compile(
          "%s/%s(;(?!q=)%s=[A-Za-z0-9!#$&^_.+-]{1,127}){0,4}".formatted(NAME, NAME, NAME));

  /** The shape of every language tag (RFC 5646 §2.1). */
  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{1,8}(-[a-z0-9]{1,8}){0,8}");

  /** The variant that an answer is; what is not a valid media type or language is left out. */
  public static Variant of(Fields response) {
    if (!response.has(FieldName.VARY)) {
      return NONE;
    }
    List<String> varying = response.members(FieldName.VARY);
    return new Variant(
        named(varying, FieldName.ACCEPT)
            ? valid(MEDIA_TYPE, plain(response.first(FieldName.CONTENT_TYPE).orElse("")))
            : "",
        named(varying, FieldName.ACCEPT_LANGUAGE)
            ? valid(LANGUAGE, lower(response.first(FieldName.CONTENT_LANGUAGE).orElse("").trim()))
            : "");
  }

  /** The variant that a tag names; {@link #NONE} where it names none. */
  public static Variant of(EntityTag tag) {
    int end = tag.opaque().lastIndexOf(SEPARATOR);
    if (end < 0) {
      return NONE;
    }
    String named = tag.opaque().substring(0, end);
    int middle = named.indexOf(SEPARATOR);
    String type = middle < 0 ? named : named.substring(0, middle);
    String language = middle < 0 ? "" : named.substring(middle + 1);
    boolean typeIsValid = type.isEmpty() || MEDIA_TYPE.matcher(type).matches();
    boolean languageIsValid = language.isEmpty() || LANGUAGE.matcher(language).matches();
    return typeIsValid && languageIsValid ? new Variant(type, language) : NONE;
  }

  /** Whether there is only one representation. */
  public boolean isNone() {
    return mediaType.isEmpty() && language.isEmpty();
  }

  /** The tag of a representation that is this variant. */
  public EntityTag mark(EntityTag tag) {
    if (isNone()) {
      return tag;
    }
    String infix = language.isEmpty() ? "" : SEPARATOR + language;
    return new EntityTag(tag.weak(), mediaType + infix + SEPARATOR + tag.opaque());
  }

  private static boolean named(List<String> members, String name) {
    return members.stream().anyMatch(name::equalsIgnoreCase);
  }

  /** Without what does not select a representation. */
  private static String plain(String contentType) {
    StringBuilder plain = new StringBuilder();
    for (String part : contentType.split(";", -1)) {
      String trimmed = part.trim();
      int equals = trimmed.indexOf('=');
      String name = lower(equals < 0 ? trimmed : trimmed.substring(0, equals));
      if (!name.equals("charset") && !name.equals("q") && !name.isEmpty()) {
        plain.append(plain.isEmpty() ? "" : ";").append(name);
        plain.append(equals < 0 ? "" : trimmed.substring(equals));
      }
    }
    return plain.toString();
  }

  private static String valid(Pattern pattern, String text) {
    return pattern.matcher(text).matches() ? text : "";
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
