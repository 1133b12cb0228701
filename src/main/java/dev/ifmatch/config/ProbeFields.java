package dev.ifmatch.config;

import dev.ifmatch.config.Value.Entry;
import dev.ifmatch.http.Field;
import dev.ifmatch.http.FieldName;
import dev.ifmatch.http.Preconditions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** {@code probe.fields}: header fields by their names. */
final class ProbeFields implements Kind<List<Field>> {
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern TEXT = Pattern.compile("[\\t\\x20-\\x7e]*");
  private static final Scalar<String> VALUE =
      Scalar.text("VALUE", "a field's value", ProbeFields::checkedValue, text -> text);

  /** What the proxy sets itself, takes off, or must not have set. */
  private static final Set<String> OURS = ours();

  private static Set<String> ours() {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(Preconditions.FIELDS);
    names.addAll(
        List.of(
            FieldName.ACCEPT_ENCODING,
            FieldName.CONNECTION,
            FieldName.CONTENT_LENGTH,
            FieldName.EXPECT,
            FieldName.HOST,
            FieldName.TE,
            FieldName.TRAILER,
            FieldName.TRANSFER_ENCODING,
            "Keep-Alive",
            "Proxy-Connection",
            "Upgrade"));
    return names;
  }

  /**
   * A field's value that cannot break out of its line.
   *
   * @throws IllegalArgumentException if it could
   */
  static String checkedValue(String text) {
    if (text.isBlank() || !TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a field's value is printable ASCII text in one line, and not empty");
    }
    return text.strip();
  }

  /**
   * The name of a field that is not the proxy's own.
   *
   * @throws IllegalArgumentException if it is none; the message says why
   */
  static String checkedName(String name) {
    complaint(name, true)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
    return name;
  }

  @Override
  public List<Field> read(Value value, List<Field> otherwise) {
    return value.entries().map(ProbeFields::fields).orElse(otherwise);
  }

  private static List<Field> fields(Map<String, Entry> entries) {
    List<Field> fields = new ArrayList<>();
    Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    entries.forEach(
        (name, entry) -> {
          complaint(name, seen.add(name)).ifPresent(entry.key()::problem);
          VALUE.read(entry.value()).ifPresent(text -> fields.add(new Field(name, text)));
        });
    return fields;
  }

  private static Optional<String> complaint(String name, boolean first) {
    if (!TOKEN.matcher(name).matches()) {
      return Optional.of("'%s' is not a field name; write letters, digits and -".formatted(name));
    }
    if (OURS.contains(name)) {
      return Optional.of("'%s' cannot be set: it is the proxy's own".formatted(name));
    }
    return first
        ? Optional.empty()
        : Optional.of("the field '%s' stands twice; case does not count".formatted(name));
  }

  @Override
  public Map<String, Object> schema(List<Field> otherwise, boolean defaults) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", List.of("object", "null"));
    schema.put("propertyNames", Map.of("pattern", "^" + TOKEN + "$"));
    schema.put("additionalProperties", VALUE.schema());
    if (defaults) {
      schema.put("default", Map.of());
    }
    return schema;
  }
}
