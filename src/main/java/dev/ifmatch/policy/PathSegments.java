package dev.ifmatch.policy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * The segments of a request target's path. Empty segments and {@code .} are left out, {@code ..}
 * takes the one before it away, path parameters ({@code ;x}) are cut off.
 *
 * @param sent the segments as they were sent
 * @param spelled the same in their one spelling: every character that a segment may hold stands for
 *     itself, every other is percent-encoded
 * @param ambiguous whether there was a {@code ..}, for what it takes away depends on what counts as
 *     a segment before it; or a slash in another spelling within a parameter
 */
record PathSegments(List<String> sent, List<String> spelled, boolean ambiguous) {
  private static final HexFormat HEX = HexFormat.of();

  /** Takes {@code %2F} and backslashes for slashes, since many servers do not tell them apart. */
  static PathSegments of(String target) {
    String path = path(target);
    PathSegments read = of(cut(path, PathSegments::anySlash));
    return hidesSlash(path) ? new PathSegments(read.sent, read.spelled, true) : read;
  }

  /** Takes an encoded slash for a part of its segment, as the standard has it (RFC 3986 §2.2). */
  static PathSegments byPlainSlashes(String target) {
    return of(cut(path(target), PathSegments::plainSlash));
  }

  /** Whether what some servers take for a slash is within a parameter to others. */
  private static boolean hidesSlash(String path) {
    boolean inParameter = false;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean begins = c == ';' || (c == '%' && octet(path, i + 1) == ';');
      inParameter = begins || (inParameter && c != '/');
      if (inParameter && anySlash(path, i) > 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether the two readings differ. */
  static boolean hasOtherSlashes(String target) {
    int end = firstOf(target, '?', '#');
    for (int i = 0; i < end; i++) {
      if (target.charAt(i) != '/' && anySlash(target, i) > 0) {
        return true;
      }
    }
    return false;
  }

  /** The same segments without case. */
  List<String> folded() {
    List<String> folded = new ArrayList<>(spelled.size());
    for (String segment : spelled) {
      folded.add(segment.toLowerCase(Locale.ROOT));
    }
    return folded;
  }

  /** How many characters of a separator start at an index; 0 where none does. */
  private interface Slash {
    int lengthAt(String path, int index);
  }

  private static int plainSlash(String path, int index) {
    return path.charAt(index) == '/' ? 1 : 0;
  }

  private static int anySlash(String path, int index) {
    return switch (path.charAt(index)) {
      case '/', '\\' -> 1;
      case '%' -> octet(path, index + 1) == '/' || octet(path, index + 1) == '\\' ? 3 : 0;
      default -> 0;
    };
  }

  private static List<String> cut(String path, Slash slash) {
    List<String> segments = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < path.length(); i++) {
      int length = slash.lengthAt(path, i);
      if (length > 0) {
        segments.add(path.substring(start, i));
        i += length - 1;
        start = i + 1;
      }
    }
    segments.add(path.substring(start));
    return segments;
  }

  private static PathSegments of(List<String> segments) {
    List<String> sent = new ArrayList<>();
    List<String> spelled = new ArrayList<>();
    boolean ambiguous = false;
    for (String segment : segments) {
      String whole = spell(segment);
      String plain = whole.substring(0, firstOf(whole, ';', ';'));
      if (plain.equals("..")) {
        ambiguous = true;
        if (!spelled.isEmpty()) {
          sent.remove(sent.size() - 1);
          spelled.remove(spelled.size() - 1);
        }
      } else if (!plain.isEmpty() && !plain.equals(".")) {
        sent.add(segment.substring(0, firstOf(segment, ';', ';')));
        spelled.add(plain);
      }
    }
    return new PathSegments(sent, spelled, ambiguous);
  }

  private static String path(String target) {
    String path = withoutAuthority(target);
    return path.substring(0, firstOf(path, '?', '#'));
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
  static String spell(String segment) {
    if (isSpelled(segment)) {
      return segment;
    }
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
    return spelled.toString();
  }

  private static boolean isSpelled(String segment) {
    for (int i = 0; i < segment.length(); i++) {
      if (!isSegmentCharacter(segment.charAt(i))) {
        return false;
      }
    }
    return true;
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
