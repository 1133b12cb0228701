package dev.ifmatch.cli;

import dev.ifmatch.config.InvalidConfiguration;
import dev.ifmatch.config.ListenAddress;
import dev.ifmatch.config.Spelling;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands, as picocli reads and explains them. */
final class Commands {
  private Commands() {}

  /** The commands, as yet without arguments. */
  static CommandLine line(Map<String, String> environment) {
    CommandLine root =
        new CommandLine(new RunCommand(environment))
            .addSubcommand("run", new RunCommand(environment))
            .addSubcommand("demo", new DemoCommand())
            .addSubcommand("check", new CheckCommand(environment))
            .addSubcommand("explain", new ExplainCommand(environment))
            .addSubcommand("doctor", new DoctorCommand())
            .addSubcommand("archive", new ArchiveCommand());
    root.setDefaultValueProvider(new EnvironmentDefaults(environment))
        .setParameterExceptionHandler(Commands::onBadUsage)
        .setExecutionExceptionHandler(Commands::onFailure);
    root.registerConverter(InetSocketAddress.class, new OptionParser<>(ListenAddress::parse));
    root.setUsageHelpLongOptionsMaxWidth(26);
    root.getHelpSectionMap().remove(UsageMessageSpec.SECTION_KEY_COMMAND_LIST);
    root.getHelpSectionMap().remove(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING);
    return root;
  }

  private static int onBadUsage(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String help = command.getCommandSpec().qualifiedName() + " --help";
    command.getErr().printf("ifmatch: %s (see %s)%n", complaint(e), help);
    return ExitCode.USAGE;
  }

  private static String complaint(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().get(0);
      Set<String> options = e.getCommandLine().getCommandSpec().optionsMap().keySet();
      String hint =
          Spelling.nearest(word.replaceFirst("=.*", ""), options)
              .map(", did you mean %s?"::formatted)
              .orElse("");
      return "'%s' is no option%s".formatted(word, hint);
    }
    return e.getMessage()
        .replaceFirst("^Invalid value for positional parameter at index 0 \\((.*?)\\): ", "$1: ")
        .replaceFirst("^Invalid value for option '(.*?)': ", "$1: ");
  }

  private static int onFailure(
      Exception e, CommandLine command, CommandLine.ParseResult arguments) {
    if (e instanceof InvalidConfiguration invalid) {
      ProblemPrinter.print(command.getErr(), invalid.file().toString(), invalid.problems());
      return ExitCode.INVALID_CONFIGURATION;
    }
    command.getErr().printf("ifmatch: %s%n", Causes.text(e));
    return ExitCode.FAILURE;
  }
}
