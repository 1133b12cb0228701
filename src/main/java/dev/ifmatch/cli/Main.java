package dev.ifmatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ifmatch.policy.Mode;
import dev.ifmatch.representation.HashAlgorithm;
import dev.ifmatch.transport.Origin;
import dev.ifmatch.transport.ProxySettings.HostField;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Where the program starts: reads the command line and runs what it names. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(
        run(
            arguments,
            System.getenv(),
            new PrintWriter(System.out, true, UTF_8),
            new PrintWriter(System.err, true, UTF_8)));
  }

  /** Runs one command and answers with its exit code. */
  static int run(
      String[] arguments, Map<String, String> environment, PrintWriter out, PrintWriter err) {
    return commandLine(environment).setOut(out).setErr(err).execute(arguments);
  }

  static CommandLine commandLine(Map<String, String> environment) {
    CommandLine root =
        new CommandLine(new RunCommand())
            .addSubcommand("run", new RunCommand())
            .addSubcommand("demo", new DemoCommand());
    root.setDefaultValueProvider(new EnvironmentDefaults(environment))
        .setParameterExceptionHandler(Main::onBadUsage)
        .setExecutionExceptionHandler(Main::onFailure);
    register(root, Origin.class, Origin::parse);
    register(root, InetSocketAddress.class, ListenAddress::parse);
    register(root, Duration.class, Quantities::duration);
    register(root, ProxyOptions.Size.class, ProxyOptions.Size::parse);
    register(root, HashAlgorithm.class, HashAlgorithm::of);
    register(root, Mode.class, text -> constant(Mode.values(), text));
    register(root, HostField.class, text -> constant(HostField.values(), text));
    register(root, LogLevel.class, text -> constant(LogLevel.values(), text));
    root.setUsageHelpLongOptionsMaxWidth(26);
    root.getHelpSectionMap().remove(UsageMessageSpec.SECTION_KEY_COMMAND_LIST);
    root.getHelpSectionMap().remove(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING);
    return root;
  }

  /** Lets picocli report what a parser says, in place of the name of its exception. */
  private static <T> void register(CommandLine root, Class<T> type, ITypeConverter<T> parser) {
    root.registerConverter(
        type,
        text -> {
          try {
            return parser.convert(text);
          } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
          }
        });
  }

  private static <E extends Enum<E>> E constant(E[] constants, String text) {
    for (E constant : constants) {
      if (constant.toString().equals(text)) {
        return constant;
      }
    }
    String all = Arrays.stream(constants).map(E::toString).collect(Collectors.joining(", "));
    throw new IllegalArgumentException("'%s' is not one of %s".formatted(text, all));
  }

  private static int onBadUsage(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String help = command.getCommandSpec().qualifiedName() + " --help";
    command.getErr().printf("ifmatch: %s (see %s)%n", complaint(e), help);
    return ExitCode.USAGE;
  }

  private static String complaint(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      String hint =
          unmatched.getSuggestions().stream()
              .findFirst()
              .map(", did you mean %s?"::formatted)
              .orElse("");
      return "'%s' is no option%s".formatted(unmatched.getUnmatched().get(0), hint);
    }
    return e.getMessage()
        .replaceFirst("^Invalid value for positional parameter at index 0 \\((.*?)\\): ", "$1: ")
        .replaceFirst("^Invalid value for option '(.*?)': ", "$1: ");
  }

  private static int onFailure(
      Exception e, CommandLine command, CommandLine.ParseResult arguments) {
    command.getErr().printf("ifmatch: %s%n", Causes.text(e));
    return ExitCode.FAILURE;
  }
}
