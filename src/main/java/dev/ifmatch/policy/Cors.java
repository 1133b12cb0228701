package dev.ifmatch.policy;

import dev.ifmatch.http.Field;
import dev.ifmatch.http.FieldList;
import dev.ifmatch.http.FieldName;
import dev.ifmatch.http.Fields;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets a browser's script from another origin read our tags and send them back, wherever the
 * backend lets it in at all (Fetch standard, CORS protocol).
 */
public final class Cors {
  private static final List<String> PASSED_ON =
      List.of(
          FieldName.ACCESS_CONTROL_ALLOW_ORIGIN,
          FieldName.ACCESS_CONTROL_ALLOW_CREDENTIALS,
          FieldName.ACCESS_CONTROL_EXPOSE_HEADERS,
          FieldName.VARY);

  private Cors() {}

  /** On an answer that carries an {@code ETag}: scripts may read it. */
  public static void exposeTag(Fields response) {
    expose(response, FieldName.ETAG);
  }

  /** On an answer that carries this field: scripts may read it. */
  public static void expose(Fields response, String name) {
    if (response.has(FieldName.ACCESS_CONTROL_ALLOW_ORIGIN)) {
      extend(response, FieldName.ACCESS_CONTROL_EXPOSE_HEADERS, name);
    }
  }

  /** On the answer to a preflight: scripts may send preconditions. */
  public static void allowPreconditions(Fields response) {
    if (response.has(FieldName.ACCESS_CONTROL_ALLOW_ORIGIN)) {
      extend(response, FieldName.ACCESS_CONTROL_ALLOW_HEADERS, FieldName.IF_MATCH);
      extend(response, FieldName.ACCESS_CONTROL_ALLOW_HEADERS, FieldName.IF_NONE_MATCH);
    }
  }

  /**
   * What of an origin's answer a refusal needs too, for scripts to be able to read it and its tag.
   */
  public static List<Field> of(Fields response) {
    if (!response.has(FieldName.ACCESS_CONTROL_ALLOW_ORIGIN)) {
      return List.of();
    }
    Fields refusal = new FieldList();
    for (String name : PASSED_ON) {
      response.all(name).forEach(value -> refusal.add(name, value));
    }
    exposeTag(refusal);
    return list(refusal);
  }

  /** The same, of a refusal that speaks of another resource than its target. */
  public static List<Field> withGuard(List<Field> refusal) {
    Fields fields = new FieldList();
    refusal.forEach(field -> fields.add(field.name(), field.value()));
    expose(fields, FieldName.GUARD_ETAG);
    expose(fields, FieldName.GUARD_LOCATION);
    return list(fields);
  }

  private static List<Field> list(Fields fields) {
    List<Field> list = new ArrayList<>();
    fields.forEach(list::add);
    return list;
  }

  private static void extend(Fields response, String name, String member) {
    List<String> members = response.members(name);
    boolean wildcard =
        members.contains("*") && !response.has(FieldName.ACCESS_CONTROL_ALLOW_CREDENTIALS);
    if (wildcard || members.stream().anyMatch(member::equalsIgnoreCase)) {
      return;
    }
    List<String> extended = new ArrayList<>(members);
    extended.add(member);
    response.set(name, String.join(", ", extended));
  }
}
