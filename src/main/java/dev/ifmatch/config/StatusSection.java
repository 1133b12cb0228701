package dev.ifmatch.config;

import dev.ifmatch.policy.StatusCodes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code policy.status}: the name of a set of codes, or a mapping that can start from one. */
final class StatusSection implements Section<StatusCodes> {
  private static final Scalar<StatusCodes> PRESET = Scalar.oneOf("PRESET", presets());
  private static final Scalar<Integer> REFUSAL = Scalar.count(400, 499);
  private static final Scalar<Integer> UNCHANGED = Scalar.count(200, 304);

  private static Map<String, StatusCodes> presets() {
    Map<String, StatusCodes> presets = new LinkedHashMap<>();
    presets.put("rfc", StatusCodes.RFC);
    presets.put("conflict", StatusCodes.CONFLICT);
    presets.put("strict-412", StatusCodes.STRICT_412);
    return presets;
  }

  @Override
  public StatusCodes read(Value value, StatusCodes otherwise) {
    return value.isScalar() ? PRESET.read(value, otherwise) : Section.super.read(value, otherwise);
  }

  @Override
  public StatusCodes bind(Keys in, StatusCodes or) {
    StatusCodes base = in.get("preset", PRESET, or, "the set that the others are taken from");
    return new StatusCodes(
        in.get("stale", REFUSAL, base.stale(), "where a precondition does not hold: 400 to 499"),
        in.get("missing", REFUSAL, base.missing(), "where one is missing: 400 to 499"),
        in.get(
            "unchanged",
            UNCHANGED,
            base.unchanged(),
            "where a write would change nothing: 200 to 299, or 304"));
  }

  @Override
  public Map<String, Object> schema(StatusCodes otherwise, boolean defaults) {
    Map<String, Object> schema = PRESET.schema(otherwise, defaults);
    schema.put("anyOf", List.of(PRESET.schema(), Section.super.schema(otherwise, false)));
    return schema;
  }
}
