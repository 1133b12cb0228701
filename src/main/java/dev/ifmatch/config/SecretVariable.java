package dev.ifmatch.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A secret from a variable, and never in the file itself.
 *
 * @param <T> what it is read to
 * @param secret which secrets can be used
 * @param elsewhere what to say where one stands in the file
 */
record SecretVariable<T>(Scalar<T> secret, String elsewhere) implements Kind<Optional<T>> {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}");

  @Override
  public Optional<T> read(Value value, Optional<T> otherwise) {
    if (value.raw().filter(raw -> VARIABLE.matcher(raw).matches()).isPresent()) {
      return secret.optional().read(value, otherwise);
    }
    value.hide();
    value.problem(elsewhere);
    return otherwise;
  }

  @Override
  public Map<String, Object> schema(Optional<T> otherwise, boolean defaults) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "string");
    schema.put("pattern", "^" + VARIABLE + "$");
    return schema;
  }
}
