package dev.ifmatch.representation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What of a document counts under a recipe, worked out path by path: slow, and plain to see. */
final class Projection {
  private static final String PLACEHOLDER = "(ignored)";

  private final TagRecipe recipe;

  private Projection(TagRecipe recipe) {
    this.recipe = recipe;
  }

  /** Something that is equal for two documents just if the same counts; empty if nothing does. */
  static Optional<Object> of(Object document, TagRecipe recipe) {
    return new Projection(recipe).counting(document, List.of());
  }

  private Optional<Object> counting(Object value, List<String> path) {
    if (recipe.ignore().stream().anyMatch(pattern -> matches(pattern, path))) {
      return Optional.empty();
    }
    boolean included = recipe.include().isEmpty();
    for (int length = 0; length <= path.size(); length++) {
      List<String> start = path.subList(0, length);
      included |= recipe.include().stream().anyMatch(pattern -> matches(pattern, start));
    }
    if (value instanceof Map<?, ?> object) {
      Map<Object, Object> counting = new LinkedHashMap<>();
      object.forEach(
          (name, member) ->
              counting(member, on(path, (String) name)).ifPresent(it -> counting.put(name, it)));
      return included || !counting.isEmpty() ? Optional.of(counting) : Optional.empty();
    }
    if (value instanceof List<?> array) {
      return included ? Optional.of(whole(array, path)) : some(array, path);
    }
    Object known = value == null ? "null" : List.of(value);
    return included ? Optional.of(known) : Optional.empty();
  }

  private List<Object> whole(List<?> array, List<String> path) {
    List<Object> counting = new ArrayList<>(List.of("array"));
    for (int i = 0; i < array.size(); i++) {
      counting.add(counting(array.get(i), on(path, "" + i)).orElse(PLACEHOLDER));
    }
    return counting;
  }

  private Optional<Object> some(List<?> array, List<String> path) {
    List<Object> counting = new ArrayList<>(List.of("sparse array"));
    for (int i = 0; i < array.size(); i++) {
      int index = i;
      counting(array.get(i), on(path, "" + i)).ifPresent(it -> counting.add(List.of(index, it)));
    }
    return counting.size() > 1 ? Optional.of(counting) : Optional.empty();
  }

  private static boolean matches(PointerPattern pattern, List<String> path) {
    if (pattern.tokens().size() != path.size()) {
      return false;
    }
    for (int i = 0; i < path.size(); i++) {
      String token = pattern.tokens().get(i);
      if (!token.equals("*") && !token.equals(path.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static List<String> on(List<String> path, String token) {
    List<String> longer = new ArrayList<>(path);
    longer.add(token);
    return longer;
  }
}
