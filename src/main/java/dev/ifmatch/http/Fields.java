package dev.ifmatch.http;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The header section of one message, in the order it was received (RFC 9110 §5).
 *
 * <p>Names are compared without case. An implementation may be a view of a decoded message:
 * changing it changes the message. Not thread-safe.
 */
public interface Fields {

  /** The value of the first field line with this name. */
  Optional<String> first(String name);

  /** The values of all field lines with this name, in order; empty where there is none. */
  List<String> all(String name);

  /** Whether there is a field line with this name. */
  boolean has(String name);

  /** Puts one field line in place of all that have this name. */
  void set(String name, String value);

  /** Adds a field line behind those that have this name. */
  void add(String name, String value);

  /** Takes off all field lines with this name. */
  void remove(String name);

  /** Calls for each field line in order; the visitor must not change the fields. */
  void forEach(Consumer<Field> visitor);

  /** An independent copy of the same implementation. */
  Fields copy();

  /**
   * The members of a comma-separated list field, trimmed, over all its lines, without empty ones.
   */
  default List<String> members(String name) {
    return has(name) ? FieldList.members(all(name)) : List.of();
  }
}
