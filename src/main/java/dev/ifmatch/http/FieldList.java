package dev.ifmatch.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** {@link Fields} kept in a plain list: for heads that were not decoded from a connection. */
public final class FieldList implements Fields {
  private final List<Field> lines = new ArrayList<>();

  /** Makes fields of name and value pairs: {@code of("Host", "a", "Accept", "text/plain")}. */
  public static FieldList of(String... namesAndValues) {
    FieldList fields = new FieldList();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return fields;
  }

  @Override
  public Optional<String> first(String name) {
    return lines.stream().filter(named(name)).map(Field::value).findFirst();
  }

  @Override
  public List<String> all(String name) {
    return lines.stream().filter(named(name)).map(Field::value).toList();
  }

  @Override
  public boolean has(String name) {
    return lines.stream().anyMatch(named(name));
  }

  @Override
  public void set(String name, String value) {
    remove(name);
    add(name, value);
  }

  @Override
  public void add(String name, String value) {
    lines.add(new Field(name, value));
  }

  @Override
  public void remove(String name) {
    lines.removeIf(named(name));
  }

  @Override
  public void forEach(Consumer<Field> visitor) {
    lines.forEach(visitor);
  }

  @Override
  public FieldList copy() {
    FieldList copy = new FieldList();
    copy.lines.addAll(lines);
    return copy;
  }

  @Override
  public String toString() {
    return lines.toString();
  }

  private static Predicate<Field> named(String name) {
    return line -> line.name().equalsIgnoreCase(name);
  }

  /** Splits list values at commas that stand outside quoted strings (RFC 9110 §5.6.1, §5.6.4). */
  static List<String> members(List<String> values) {
    List<String> members = new ArrayList<>();
    for (String value : values) {
      int start = 0;
      boolean quoted = false;
      for (int i = 0; i <= value.length(); i++) {
        char c = i < value.length() ? value.charAt(i) : ',';
        if (i == value.length() || (c == ',' && !quoted)) {
          String member = withoutBlanks(value, start, i);
          if (!member.isEmpty()) {
            members.add(member);
          }
          start = i + 1;
        } else if (c == '"') {
          quoted = !quoted;
        } else if (c == '\\' && quoted) {
          i = Math.min(i + 1, value.length() - 1);
        }
      }
    }
    return members;
  }

  /** Takes off what OWS allows and nothing else: {@code trim} would take off controls too. */
  private static String withoutBlanks(String value, int start, int end) {
    int from = start;
    int to = end;
    while (from < to && isBlank(value.charAt(from))) {
      from++;
    }
    while (from < to && isBlank(value.charAt(to - 1))) {
      to--;
    }
    return value.substring(from, to);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
