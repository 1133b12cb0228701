package dev.ifmatch.policy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The normalised identity of a resource, which is what is locked.
 *
 * <p>It errs towards equal: two spellings of one resource must meet in one key, while two resources
 * in one key only wait for each other. Every character that a path segment may hold stands for
 * itself, every other is percent-encoded: {@code joe%40a.org} meets {@code joe@a.org}. Case is
 * folded, and {@code %2F} and backslashes are slashes, since many servers do not tell them apart.
 * Dot segments are removed (RFC 3986 §6.2.2), repeated and trailing slashes, path parameters
 * ({@code ;x}) and the query left out.
 *
 * @param path the normalised path, starting with a slash
 */
public record ResourceKey(String path) {
  private static final HexFormat HEX = HexFormat.of();
  private static final Pattern SLASH = Pattern.compile("/|\\\\|%2f|%5c", Pattern.CASE_INSENSITIVE);

  /** The key of a request target in origin-form, absolute-form or asterisk-form (RFC 9112 §3.2). */
  public static ResourceKey of(String target) {
    Deque<String> kept = new ArrayDeque<>();
    for (String segment : segments(target)) {
      switch (segment) {
        case "", "." -> {} // repeated and trailing slashes; the segment itself
        case ".." -> kept.pollLast();
        default -> kept.addLast(segment);
      }
    }
    return new ResourceKey("/" + String.join("/", kept));
  }

  /**
   * Whether servers read the target's path in different ways, so that no one key can stand for it:
   * what {@code ..} takes away depends on what counts as a segment before it.
   */
  public static boolean isAmbiguous(String target) {
    return segments(target).contains("..");
  }

  private static List<String> segments(String target) {
    String path = withoutAuthority(target);
    path = path.substring(0, firstOf(path, '?', '#'));
    List<String> segments = new ArrayList<>();
    for (String segment : SLASH.split(path, -1)) {
      String plain = spell(segment);
      segments.add(plain.substring(0, firstOf(plain, ';', ';')));
    }
    return segments;
  }

  @Override
  public String toString() {
    return path;
  }

  private static String withoutAuthority(String target) {
    int scheme = target.indexOf("://");
    if (scheme < 0 || target.startsWith("/")) {
      return target;
    }
    int end = scheme + 3;
    while (end < target.length() && "/?#".indexOf(target.charAt(end)) < 0) {
      end++;
    }
    return target.substring(end);
  }

  private static int firstOf(String text, char one, char other) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == one || text.charAt(i) == other) {
        return i;
      }
    }
    return text.length();
  }

  /** The one spelling of a segment: a {@code %} that encodes nothing counts as encoded itself. */
  private static String spell(String segment) {
    StringBuilder spelled = new StringBuilder(segment.length());
    for (int i = 0; i < segment.length(); i++) {
      int octet = segment.charAt(i) == '%' ? octet(segment, i + 1) : -1;
      char c = octet < 0 ? segment.charAt(i) : (char) octet;
      if (isSegmentCharacter(c)) {
        spelled.append(c);
      } else {
        spelled.append('%').append(HEX.toHexDigits((byte) c));
      }
      i += octet < 0 ? 0 : 2;
    }
    return spelled.toString().toLowerCase(Locale.ROOT);
  }

  private static int octet(String text, int at) {
    if (at + 2 > text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(at), 16);
    int low = Character.digit(text.charAt(at + 1), 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }

  /** {@code pchar} of RFC 3986 §3.3. */
  private static boolean isSegmentCharacter(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || "-._~!$&'()*+,;=:@".indexOf(c) >= 0;
  }
}
