package dev.ifmatch.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The JSON Schema of configuration files, by which editors complete and check them. */
public final class ConfigurationSchema {
  private ConfigurationSchema() {}

  /** The schema as a text, with a line break at its end. */
  public static String text() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "ifmatch configuration");
    schema.putAll(
        new ConfigurationSection(UnaryOperator.identity()).schema(Configuration.DEFAULT, true));
    schema.put("type", "object");
    schema.put("$defs", Map.of("variable", variable()));
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps and lists can be written as JSON", e);
    }
  }

  private static Map<String, Object> variable() {
    Map<String, Object> variable = new LinkedHashMap<>();
    variable.put("description", "an environment variable: ${NAME} or ${NAME:-default}");
    variable.put("type", "string");
    variable.put("pattern", Interpolation.VARIABLE.pattern());
    return variable;
  }
}
