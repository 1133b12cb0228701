package dev.ifmatch.cli;

import dev.ifmatch.config.Configuration;
import dev.ifmatch.config.ConfigurationFile;
import dev.ifmatch.config.ConfigurationSection;
import dev.ifmatch.config.InvalidConfiguration;
import dev.ifmatch.config.Scalar;
import dev.ifmatch.transport.Origin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The ordinary command line of a proxy, {@code [run] [ORIGIN]... [--option VALUE]...}, read without
 * picocli, which takes longer to load than all that runs. Everything else is left to picocli: other
 * commands, help, and to find words for what is wrong.
 */
final class PlainCommandLine {
  private static final String CONFIG = "--config";
  private static final String ORIGIN = "ORIGIN"; // no option can have this name

  private final Map<String, String> environment;
  private final Map<String, String> given = new HashMap<>();
  private final List<String> origins = new ArrayList<>();
  private final Set<String> known = new HashSet<>(Set.of(ORIGIN, CONFIG));

  private PlainCommandLine(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * What is to be run; empty where it is not as plain as that, or cannot be run.
   *
   * @param environment what stands in for options, and for variables in the file
   */
  static Optional<ProxyRun> read(String[] arguments, Map<String, String> environment) {
    PlainCommandLine line = new PlainCommandLine(environment);
    try {
      return line.isPlain(List.of(arguments).iterator()) ? line.bind() : Optional.empty();
    } catch (IllegalArgumentException | IOException | InvalidConfiguration e) {
      return Optional.empty(); // picocli comes to the same end, and says why
    }
  }

  private boolean isPlain(Iterator<String> words) {
    boolean first = true;
    while (words.hasNext()) {
      String word = words.next();
      boolean option = word.startsWith("--");
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      String value = !option ? word : equals >= 0 ? word.substring(equals + 1) : next(words);
      boolean command = first && value.equals("run");
      if (!command && (isSpecial(value) || !take(option, name, value))) {
        return false;
      }
      first = false;
    }
    return true;
  }

  /** Keeps what was said; false if it was said before. */
  private boolean take(boolean option, String name, String value) {
    return option ? given.put(name, value) == null : origins.add(value);
  }

  private static String next(Iterator<String> words) {
    return words.hasNext() ? words.next() : "";
  }

  /** Whether a word is not taken as it stands. */
  private static boolean isSpecial(String value) {
    return value.isEmpty() || value.startsWith("-") || value.startsWith("@");
  }

  private Optional<ProxyRun> bind() throws IOException, InvalidConfiguration {
    List<Origin> named = named().stream().map(Origin::parse).toList();
    Optional<ConfigurationSource> source = text(CONFIG).map(Path::of).map(this::source);
    Configuration configuration =
        source.isPresent() ? source.get().read() : over(Configuration.DEFAULT);
    List<Origin> backends = named.isEmpty() ? configuration.origins() : named;
    if (backends.isEmpty() || !known.containsAll(given.keySet())) {
      return Optional.empty();
    }
    ProxyRun run = new ProxyRun(configuration, backends, source);
    run.requireKnownHosts();
    return Optional.of(run);
  }

  private ConfigurationSource source(Path name) {
    return new ConfigurationSource(
        name, (file, onFile) -> ConfigurationFile.read(file, environment, this::over, onFile));
  }

  private List<String> named() {
    return origins.isEmpty()
        ? text(ORIGIN).map(PlainCommandLine::words).orElse(List.of())
        : origins;
  }

  private static List<String> words(String text) {
    return List.of(text.trim().split("\\s+"));
  }

  private Configuration over(Configuration otherwise) {
    return new ConfigurationSection(UnaryOperator.identity())
        .bind(OptionKeys.each(this::value), otherwise);
  }

  private <T> T value(String path, Scalar<T> kind, T otherwise, String about) {
    String option = OptionKeys.option(path);
    known.add(option);
    return text(option).map(kind::parse).orElse(otherwise);
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(
        given.getOrDefault(name, environment.get(OptionKeys.variable(name))));
  }
}
