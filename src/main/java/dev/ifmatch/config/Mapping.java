package dev.ifmatch.config;

import dev.ifmatch.config.Value.Entry;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** A mapping of a file, which a section is read from. Not thread-safe. */
final class Mapping implements Keys {
  private final Value whole;
  private final Map<String, Entry> entries;
  private final Set<String> known = new LinkedHashSet<>();

  private Mapping(Value whole, Map<String, Entry> entries) {
    this.whole = whole;
    this.entries = entries;
  }

  /** Reads a section; see {@link Kind#read}. */
  static <T> T read(Value value, Section<T> section, T otherwise) {
    return value
        .entries()
        .map(entries -> new Mapping(value, entries).read(section, otherwise))
        .orElse(otherwise);
  }

  private <T> T read(Section<T> section, T otherwise) {
    T read;
    try {
      read = section.bind(this, otherwise);
    } catch (IllegalArgumentException e) {
      read = readWhatGoesTogether(section, otherwise);
    }
    tellUnknownKeys();
    return read;
  }

  /** Takes one entry after the other, and blames those that do not go with the ones before. */
  private <T> T readWhatGoesTogether(Section<T> section, T otherwise) {
    Value quiet = whole.quietly();
    Map<String, Entry> untried = quiet.entries().orElseThrow();
    Map<String, Entry> good = new LinkedHashMap<>();
    T read = otherwise;
    for (Map.Entry<String, Entry> next : untried.entrySet()) {
      good.put(next.getKey(), next.getValue());
      try {
        read = section.bind(new Mapping(quiet, good), otherwise);
      } catch (IllegalArgumentException e) {
        good.remove(next.getKey());
        entries.get(next.getKey()).value().reject(e.getMessage(), "what can stand here");
      }
    }
    return read;
  }

  private void tellUnknownKeys() {
    entries.forEach(
        (key, entry) -> {
          if (!known.contains(key)) {
            entry.key().problem("unknown key '%s' (%s)".formatted(key, Spelling.hint(key, known)));
          }
        });
  }

  @Override
  public <T> T get(String key, Kind<T> kind, T otherwise, String about) {
    known.add(key);
    Entry entry = entries.get(key);
    return entry == null ? otherwise : kind.read(entry.value(), otherwise);
  }

  @Override
  public <T> T require(String key, Kind<T> kind, T otherwise, String about) {
    if (!entries.containsKey(key)) {
      whole.problem("the key '%s' is missing here".formatted(key));
    }
    return get(key, kind, otherwise, about);
  }
}
