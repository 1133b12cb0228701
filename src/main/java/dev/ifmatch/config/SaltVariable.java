package dev.ifmatch.config;

import dev.ifmatch.representation.Salt;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code salt}: a secret from a variable, and never in the file itself. */
final class SaltVariable implements Kind<Optional<Salt>> {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}");
  private static final Scalar<Optional<Salt>> SALT =
      Scalar.text("SALT", "a secret of one character or more", Salt::new, Salt::toString)
          .optional();

  @Override
  public Optional<Salt> read(Value value, Optional<Salt> otherwise) {
    if (value.raw().filter(raw -> VARIABLE.matcher(raw).matches()).isPresent()) {
      return SALT.read(value, otherwise);
    }
    value.hide();
    value.problem(
        "a salt is a secret and does not stand in this file; write the name of a variable,"
            + " e.g. ${IFMATCH_SALT}, or use salt-file");
    return otherwise;
  }

  @Override
  public Map<String, Object> schema(Optional<Salt> otherwise, boolean defaults) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "string");
    schema.put("pattern", "^" + VARIABLE + "$");
    return schema;
  }
}
