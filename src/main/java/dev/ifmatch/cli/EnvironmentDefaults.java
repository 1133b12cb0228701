package dev.ifmatch.cli;

import java.util.Map;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Lets {@code IFMATCH_LOCK_WAIT} stand for {@code --lock-wait}; what is on the command line wins.
 */
final class EnvironmentDefaults implements IDefaultValueProvider {
  private final Map<String, String> environment;

  EnvironmentDefaults(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public String defaultValue(ArgSpec argument) {
    boolean flag = argument instanceof OptionSpec option && option.arity().max() == 0;
    String name =
        argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    return flag ? null : environment.get(OptionKeys.variable(name)); // null: picocli's "none"
  }
}
