package dev.ifmatch.config;

import dev.ifmatch.transport.Origin;
import dev.ifmatch.transport.Origins;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code origin}: one backend, or a list of them. */
record OriginList() implements Kind<List<Origin>> {
  private static final Scalar<Origin> ORIGIN =
      Scalar.text("URL", "a URL such as http://localhost:3000", Origin::parse, Origin::toString);
  private static final ScalarList<Origin> LIST = new ScalarList<>(ORIGIN, 1);

  @Override
  public List<Origin> read(Value value, List<Origin> otherwise) {
    if (value.isScalar() || value.isEmpty()) {
      return ORIGIN.read(value).map(List::of).orElse(otherwise);
    }
    List<Origin> all = LIST.read(value, otherwise);
    if (!all.isEmpty()) {
      try {
        Origins.of(all);
      } catch (IllegalArgumentException e) {
        value.problem(e.getMessage());
      }
    }
    return all;
  }

  @Override
  public Map<String, Object> schema(List<Origin> otherwise, boolean defaults) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("anyOf", List.of(ORIGIN.schema(), LIST.schema(otherwise, false)));
    return schema;
  }
}
