package dev.ifmatch.cli;

import dev.ifmatch.config.Configuration;
import dev.ifmatch.config.ConfigurationFile;
import dev.ifmatch.config.ConfigurationSection;
import dev.ifmatch.config.InvalidConfiguration;
import dev.ifmatch.config.Scalar;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options that shape a proxy: the configuration file, and those of its keys that are options
 * too. What these are called, take and are for is said once, where the file's keys are.
 */
final class ProxyOptions {
  private static final ConfigurationSection KEYS =
      new ConfigurationSection(UnaryOperator.identity());

  private final Map<String, String> environment;
  private CommandSpec command;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "a configuration file, e.g. ifmatch.yaml; options win over it")
  Path config;

  /**
   * No options yet.
   *
   * @param environment what variables in the file stand for
   */
  ProxyOptions(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Adds the options to a command, when picocli mixes them in. */
  @Spec(Spec.Target.MIXEE)
  void declareIn(CommandSpec mixee) {
    command = mixee;
    KEYS.bind(OptionKeys.each(this::declare), Configuration.DEFAULT);
  }

  /**
   * What holds, by the options, the file, and what holds otherwise, in this order.
   *
   * @throws InvalidConfiguration if the file cannot be used
   * @throws ParameterException if the options do not go together
   */
  Configuration configuration() throws InvalidConfiguration {
    Optional<ConfigurationSource> source = source();
    return source.isPresent() ? source.get().read() : over(Configuration.DEFAULT);
  }

  /** The file, with the options that win over it; empty where there is none. */
  Optional<ConfigurationSource> source() {
    return Optional.ofNullable(config)
        .map(
            name ->
                new ConfigurationSource(
                    name,
                    (file, onFile) ->
                        ConfigurationFile.read(file, environment, this::over, onFile)));
  }

  private Configuration over(Configuration otherwise) {
    try {
      return KEYS.bind(OptionKeys.each(this::value), otherwise);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  private <T> T declare(String path, Scalar<T> kind, T otherwise, String about) {
    String scope = path.startsWith("policy.") ? "; routes in the file may have their own" : "";
    String known = kind.written(otherwise).map(" (default %s)"::formatted).orElse("");
    OptionSpec.Builder option =
        OptionSpec.builder(OptionKeys.option(path)).description(about + scope + known);
    command.addOption(kind.isFlag() ? flag(option) : valued(option, kind));
    return otherwise;
  }

  private static <T> OptionSpec valued(OptionSpec.Builder option, Scalar<T> kind) {
    return option
        .paramLabel(kind.label())
        .arity("1")
        .type(Object.class)
        .converters(new OptionParser<>(kind::parse))
        .build();
  }

  /** Without a value it is on. */
  private static OptionSpec flag(OptionSpec.Builder option) {
    return option
        .type(Boolean.class)
        .arity("0..1")
        .fallbackValue("true")
        .hideParamSyntax(true)
        .paramLabel("")
        .build();
  }

  @SuppressWarnings("unchecked") // it was made by the same key's parser
  private <T> T value(String path, Scalar<T> kind, T otherwise, String about) {
    T value = (T) command.findOption(OptionKeys.option(path)).getValue();
    return value == null ? otherwise : value;
  }
}
