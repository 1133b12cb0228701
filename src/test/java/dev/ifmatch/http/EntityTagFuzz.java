package dev.ifmatch.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.ifmatch.Claim;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Any text is an entity-tag, or a list of them, just if the grammar says so. */
public final class EntityTagFuzz {
  private static final int MOST_CHARACTERS = 2000;
  private static final String TAG = "(?:W/)?\"[!#-~\u0080-\u00ff]*+\"";
  private static final Pattern ONE = Pattern.compile(TAG);
  private static final Pattern LIST =
      Pattern.compile("[ \t,]*+" + TAG + "(?:[ \t]*+,[ \t,]*+" + TAG + ")*+[ \t,]*+");

  /** What no decoder lets into a field value. */
  private static final Pattern CONTROL = Pattern.compile("[\u0000-\u0008\u000b-\u001f\u007f]");

  private EntityTagFuzz() {}

  /** Reads the input as one tag, and its lines as those of one field. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, ISO_8859_1);
    if (text.length() <= MOST_CHARACTERS && !CONTROL.matcher(text).find()) {
      oneTag(text);
      members(text);
      list(List.of(text.split("\n", -1)));
    }
  }

  private static void oneTag(String text) {
    try {
      EntityTag tag = EntityTag.parse(text);
      Claim.that(ONE.matcher(text).matches(), "is a tag", text);
      Claim.that(tag.toString().equals(text), "is printed as it was read", text);
      EntityTag plain = tag.withoutCoding();
      Claim.that(tag.opaque().startsWith(plain.opaque()), "only a suffix is a coding", text);
    } catch (IllegalArgumentException refused) {
      Claim.that(!ONE.matcher(text).matches(), "is no tag", text);
      Claim.that(!String.valueOf(refused.getMessage()).isEmpty(), "it is said why", text);
    }
  }

  private static void members(String text) {
    List<String> members = FieldList.members(List.of(text));
    List<String> again = FieldList.members(List.of(String.join(",", members)));
    Claim.that(members.equals(again), "members that are joined are the same again", text);
    if (text.indexOf('"') < 0) {
      String all = text.replaceAll("[ \t]*,[ \t]*", ",").replaceAll(",,+", ",");
      String plain = all.replaceAll("\\A[ \t,]+|[ \t,]+\\z", "");
      Claim.that(String.join(",", members).equals(plain), "members stand between commas", text);
    }
  }

  private static void list(List<String> lines) {
    Optional<TagCondition> strict = read(lines, Comparison.STRICT);
    Optional<TagCondition> tolerant = read(lines, Comparison.TOLERANT);
    String value = String.join(",", lines).strip();
    boolean expected = value.equals("*") || LIST.matcher(value).matches();

    Claim.that(strict.isPresent() == expected, "is a list just if it is one", lines);
    Claim.that(strict.isEmpty() || strict.equals(tolerant), "tolerance changes no meaning", lines);
    tolerant.ifPresent(
        read ->
            Claim.that(
                read(List.of(read.toString()), Comparison.STRICT).equals(tolerant),
                "is printed as what it was read for",
                lines));
  }

  private static Optional<TagCondition> read(List<String> lines, Comparison comparison) {
    try {
      return Optional.of(TagCondition.parse(lines, comparison));
    } catch (IllegalArgumentException refused) {
      return Optional.empty();
    }
  }
}
