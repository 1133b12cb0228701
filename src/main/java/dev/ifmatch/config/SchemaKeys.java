package dev.ifmatch.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes down, as a JSON Schema, what a section asks for. Not thread-safe. */
final class SchemaKeys implements Keys {
  /** Stands for a variable, which is allowed in the place of any single value. */
  static final Map<String, Object> VARIABLE = Map.of("$ref", "#/$defs/variable");

  private final boolean defaults;
  private final Map<String, Object> properties = new LinkedHashMap<>();
  private final List<String> required = new ArrayList<>();

  private SchemaKeys(boolean defaults) {
    this.defaults = defaults;
  }

  /** The schema of a section; see {@link Kind#schema}. */
  static <T> Map<String, Object> describe(Section<T> section, T otherwise, boolean defaults) {
    SchemaKeys keys = new SchemaKeys(defaults);
    section.bind(keys, otherwise);
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", List.of("object", "null"));
    schema.put("additionalProperties", false);
    if (!keys.required.isEmpty()) {
      schema.put("required", keys.required);
    }
    schema.put("properties", keys.properties);
    return schema;
  }

  @Override
  public <T> T get(String key, Kind<T> kind, T otherwise, String about) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("description", about);
    schema.putAll(kind.schema(otherwise, defaults));
    properties.put(key, schema);
    return otherwise;
  }

  @Override
  public <T> T require(String key, Kind<T> kind, T otherwise, String about) {
    required.add(key);
    return get(key, kind, otherwise, about);
  }
}
