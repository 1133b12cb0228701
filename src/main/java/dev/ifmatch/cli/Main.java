package dev.ifmatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ifmatch.representation.HashAlgorithm;
import dev.ifmatch.transport.Origin;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

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
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Main::onBadUsage)
        .setExecutionExceptionHandler(Main::onFailure);
    register(root, Origin.class, Origin::parse);
    register(root, InetSocketAddress.class, ListenAddress::parse);
    register(root, Duration.class, Quantities::duration);
    register(root, ProxyOptions.Size.class, ProxyOptions.Size::parse);
    register(root, HashAlgorithm.class, HashAlgorithm::of);
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

  private static int onBadUsage(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    command
        .getErr()
        .printf(
            "ifmatch: %s%n         See %s --help%n",
            e.getMessage(), command.getCommandSpec().qualifiedName());
    return ExitCode.USAGE;
  }

  private static int onFailure(
      Exception e, CommandLine command, CommandLine.ParseResult arguments) {
    command.getErr().printf("ifmatch: %s%n", Causes.text(e));
    return ExitCode.FAILURE;
  }
}
