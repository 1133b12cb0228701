package dev.ifmatch.cli;

import dev.ifmatch.config.Configuration;
import dev.ifmatch.config.ConfigurationSection;
import dev.ifmatch.config.Keys;
import dev.ifmatch.config.Kind;
import dev.ifmatch.config.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Tells which keys differ between two configurations, and never what they are.
 *
 * @param prefix the path of the section that is asked for keys, with a dot at its end
 * @param values the values by the paths of their keys, those of whole sections too
 */
record ChangedKeys(String prefix, Map<String, Object> values) implements Keys {

  /** The paths of the keys that have other values: {@code limits.lock-wait}. */
  static List<String> between(Configuration one, Configuration other) {
    Map<String, Object> before = values(one);
    Map<String, Object> after = values(other);
    List<String> changed =
        after.keySet().stream()
            .filter(key -> !Objects.equals(before.get(key), after.get(key)))
            .toList();
    return changed.stream()
        .filter(key -> changed.stream().noneMatch(inside -> inside.startsWith(key + ".")))
        .toList();
  }

  private static Map<String, Object> values(Configuration configuration) {
    Map<String, Object> values = new LinkedHashMap<>();
    new ConfigurationSection(UnaryOperator.identity())
        .bind(new ChangedKeys("", values), configuration);
    return values;
  }

  @Override
  public <T> T get(String key, Kind<T> kind, T otherwise, String about) {
    values.put(prefix + key, otherwise);
    return kind instanceof Section<T> section
        ? section.bind(new ChangedKeys(prefix + key + ".", values), otherwise)
        : otherwise;
  }

  @Override
  public <T> T require(String key, Kind<T> kind, T otherwise, String about) {
    return get(key, kind, otherwise, about);
  }
}
