package dev.ifmatch.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A list of single values.
 *
 * @param <T> what each of them is read to
 * @param item which values they are
 * @param least how many there must be
 */
record ScalarList<T>(Scalar<T> item, int least) implements Kind<List<T>> {

  @Override
  public List<T> read(Value value, List<T> otherwise) {
    Optional<List<Value>> items = value.items();
    if (items.isPresent() && items.get().size() < least) {
      value.problem("the list is empty; name %s, or leave the key out".formatted(item.what()));
    }
    return items
        .map(values -> values.stream().map(item::read).flatMap(Optional::stream).toList())
        .orElse(otherwise);
  }

  @Override
  public Map<String, Object> schema(List<T> otherwise, boolean defaults) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "array");
    schema.put("items", item.schema());
    if (least > 0) {
      schema.put("minItems", least);
    }
    if (defaults) {
      schema.put("default", otherwise.stream().flatMap(v -> item.written(v).stream()).toList());
    }
    return schema;
  }
}
