package dev.ifmatch.cli;

import dev.ifmatch.config.Keys;
import dev.ifmatch.config.Kind;
import dev.ifmatch.config.Scalar;
import dev.ifmatch.config.Section;
import java.util.Locale;
import java.util.Set;

/**
 * Finds those of the configuration's keys that are options too: all limits, and a few others.
 *
 * @param prefix the path of the section that is asked for keys, with a dot at its end
 * @param visitor what is done with each
 */
record OptionKeys(String prefix, Visitor visitor) implements Keys {
  private static final String LIMITS = "limits.";
  private static final String INSECURE = "origin-tls.insecure-origin";
  private static final Set<String> OTHERS =
      Set.of("listen", "host-field", "log-level", "policy.mode", "policy.tag.hash", INSECURE);

  /** Keys that say too little without the name of their section. */
  private static final Set<String> WITH_SECTION =
      Set.of("tls.certificate", "tls.key", "origin-tls.ca");

  /** What is done with a key that is an option too. */
  interface Visitor {
    /**
     * Answers with the key's value.
     *
     * @param path the key with the sections it is in: {@code limits.lock-wait}
     */
    <T> T visit(String path, Scalar<T> kind, T otherwise, String about);
  }

  /** The options among the keys of the whole configuration. */
  static Keys each(Visitor visitor) {
    return new OptionKeys("", visitor);
  }

  /** The option of a key: {@code --lock-wait}, {@code --tls-key}. */
  static String option(String path) {
    return WITH_SECTION.contains(path)
        ? "--" + path.replace('.', '-')
        : "--" + path.substring(path.lastIndexOf('.') + 1);
  }

  /** The variable that stands in for an option or a parameter: {@code IFMATCH_LOCK_WAIT}. */
  static String variable(String name) {
    String word = name.startsWith("--") ? name.substring(2) : name;
    return "IFMATCH_" + word.replace('-', '_').toUpperCase(Locale.ROOT);
  }

  @Override
  public <T> T get(String key, Kind<T> kind, T otherwise, String about) {
    String path = prefix + key;
    if (kind instanceof Section<T> section) {
      return section.bind(new OptionKeys(path + ".", visitor), otherwise);
    }
    boolean option = prefix.equals(LIMITS) || OTHERS.contains(path) || WITH_SECTION.contains(path);
    return option && kind instanceof Scalar<T> scalar
        ? visitor.visit(path, scalar, otherwise, about)
        : otherwise;
  }

  @Override
  public <T> T require(String key, Kind<T> kind, T otherwise, String about) {
    return get(key, kind, otherwise, about);
  }
}
