package dev.ifmatch.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
import java.util.TreeSet;

/** The keys that the binder knows, by its own schema. */
final class SchemaPaths {
  private SchemaPaths() {}

  /** All of them, with the sections they are in: {@code policy.tag.hash}, {@code routes[].path}. */
  static Set<String> all() {
    try {
      Set<String> paths = new TreeSet<>();
      collect(new ObjectMapper().readTree(ConfigurationSchema.text()), "", paths);
      return paths;
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static void collect(JsonNode schema, String prefix, Set<String> paths) {
    schema.path("anyOf").forEach(choice -> collect(choice, prefix, paths));
    schema
        .path("properties")
        .properties()
        .forEach(
            property -> {
              String path = prefix.isEmpty() ? property.getKey() : prefix + "." + property.getKey();
              paths.add(path);
              collect(property.getValue(), path, paths);
              collect(property.getValue().path("items"), path + "[]", paths);
            });
  }
}
