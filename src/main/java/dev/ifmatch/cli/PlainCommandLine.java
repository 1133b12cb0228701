package dev.ifmatch.cli;

import dev.ifmatch.config.Configuration;
import dev.ifmatch.config.ConfigurationFile;
import dev.ifmatch.config.ConfigurationSection;
import dev.ifmatch.config.InvalidConfiguration;
import dev.ifmatch.config.Scalar;
import dev.ifmatch.transport.Origin;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The ordinary command line of a proxy, {@code [run] [ORIGIN] [--option VALUE]...}, read without
 * picocli, which takes longer to load than all that runs. Everything else is left to picocli: other
 * commands, help, and to find words for what is wrong.
 */
final class PlainCommandLine {
  private static final String CONFIG = "--config";
  private static final String ORIGIN = "ORIGIN"; // no option can have this name

  private final Map<String, String> environment;
  private final Map<String, String> given = new HashMap<>();
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
      String name = !option ? ORIGIN : equals < 0 ? word : word.substring(0, equals);
      String value = !option ? word : equals >= 0 ? word.substring(equals + 1) : next(words);
      boolean command = first && value.equals("run");
      if (!command && (isSpecial(value) || given.put(name, value) != null)) {
        return false;
      }
      first = false;
    }
    return true;
  }

  private static String next(Iterator<String> words) {
    return words.hasNext() ? words.next() : "";
  }

  /** Whether a word is not taken as it stands. */
  private static boolean isSpecial(String value) {
    return value.isEmpty() || value.startsWith("-") || value.startsWith("@");
  }

  private Optional<ProxyRun> bind() throws IOException, InvalidConfiguration {
    Optional<Origin> origin = text(ORIGIN).map(Origin::parse);
    Optional<ConfigurationSource> source = text(CONFIG).map(Path::of).map(this::source);
    Configuration configuration =
        source.isPresent() ? source.get().read() : over(Configuration.DEFAULT);
    Optional<Origin> backend = origin.or(configuration::origin);
    if (backend.isEmpty() || !known.containsAll(given.keySet())) {
      return Optional.empty();
    }
    InetAddress.getByName(backend.get().host()); // throws where the host is unknown
    return Optional.of(new ProxyRun(configuration, backend.get(), source));
  }

  private ConfigurationSource source(Path name) {
    return new ConfigurationSource(
        name, (file, onFile) -> ConfigurationFile.read(file, environment, this::over, onFile));
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
