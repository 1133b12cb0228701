package dev.ifmatch.representation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Writes JSON in all the ways that say the same. Values are {@code null}, booleans, strings, {@link
 * Num}, lists and maps.
 */
final class Spelling {
  private static final List<String> SPACE = List.of("", "", "", " ", "\n", "\t", "\r\n", "    ");
  private static final Map<Character, String> SHORT =
      Map.of(
          '"', "\\\"", '\\', "\\\\", '/', "\\/", '\b', "\\b", '\f', "\\f", '\n', "\\n", '\r', "\\r",
          '\t', "\\t");

  /** A number as it is written. */
  record Num(String text) {}

  private final Random random;
  private final boolean plain;
  private final StringBuilder text = new StringBuilder();

  private Spelling(Random random, boolean plain) {
    this.random = random;
    this.plain = plain;
  }

  /** The shortest way, members in their order. */
  static String plain(Object value) {
    return new Spelling(new Random(0), true).document(value);
  }

  /** Any way. */
  static String any(Object value, Random random) {
    return new Spelling(random, false).document(value);
  }

  private String document(Object value) {
    space();
    value(value);
    space();
    return text.toString();
  }

  private void value(Object value) {
    if (value instanceof Map<?, ?> object) {
      object(object);
    } else if (value instanceof List<?> array) {
      array(array);
    } else if (value instanceof String string) {
      string(string);
    } else if (value instanceof Num number) {
      text.append(number.text());
    } else {
      text.append(value);
    }
  }

  private void object(Map<?, ?> object) {
    List<Map.Entry<?, ?>> members = new ArrayList<>(object.entrySet());
    if (!plain) {
      Collections.shuffle(members, random);
    }
    text.append('{');
    String comma = "";
    for (Map.Entry<?, ?> member : members) {
      text.append(comma);
      space();
      string((String) member.getKey());
      space();
      text.append(':');
      space();
      value(member.getValue());
      space();
      comma = ",";
    }
    space();
    text.append('}');
  }

  private void array(List<?> array) {
    text.append('[');
    String comma = "";
    for (Object element : array) {
      text.append(comma);
      space();
      value(element);
      space();
      comma = ",";
    }
    space();
    text.append(']');
  }

  private void string(String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i += Character.charCount(string.codePointAt(i))) {
      character(string.codePointAt(i));
    }
    text.append('"');
  }

  private void character(int character) {
    boolean must = character < 0x20 || character == '"' || character == '\\';
    String escape = character < 0x80 ? SHORT.get((char) character) : null;
    if (!must && (plain || random.nextInt(3) > 0)) {
      text.appendCodePoint(character);
    } else if (escape != null && (plain || random.nextBoolean())) {
      text.append(escape);
    } else {
      for (char unit : Character.toChars(character)) {
        text.append((random.nextBoolean() ? "\\u%04x" : "\\u%04X").formatted((int) unit));
      }
    }
  }

  private void space() {
    if (!plain) {
      text.append(SPACE.get(random.nextInt(SPACE.size())));
    }
  }
}
