package dev.ifmatch.cli;

import dev.ifmatch.config.Configuration;
import dev.ifmatch.config.ConfigurationFile;
import dev.ifmatch.config.InvalidConfiguration;
import dev.ifmatch.http.Method;
import dev.ifmatch.policy.Admission;
import dev.ifmatch.policy.RouteLint;
import dev.ifmatch.policy.RouteWarning;
import dev.ifmatch.transport.Origin;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ifmatch check}: whether a configuration file is valid, and what it comes to. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    usageHelpWidth = 90,
    header =
        "Tell whether a configuration file is valid, what it comes to, and what in it cannot work.",
    synopsisHeading = "%nUsage: ",
    customSynopsis = "ifmatch check CONFIG [METHOD] [PATH...] [OPTIONS]",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  ifmatch check ifmatch.yaml",
      "  ifmatch check ifmatch.yaml /orders/7 /orders/7/lines/2    which routes do they go to?",
      "  ifmatch check ifmatch.yaml PUT /orders/7",
      "  ifmatch check ifmatch.yaml --strict                       before a deployment",
      "",
      "Exit codes: 0 valid, 2 bad usage, 3 invalid, or with --strict: there are warnings."
    })
final class CheckCommand implements Callable<Integer> {
  private static final List<Method> ASKED =
      List.of(Method.GET, Method.PUT, Method.PATCH, Method.DELETE, Method.POST);

  private final Map<String, String> environment;
  @Spec CommandSpec spec;

  @Parameters(index = "0", paramLabel = "CONFIG", description = "the file, e.g. ifmatch.yaml")
  Path config;

  @Parameters(
      index = "1..*",
      paramLabel = "[METHOD] PATH",
      hideParamSyntax = true,
      description =
          "requests whose route is to be told: paths or URLs; without METHOD, for"
              + " GET, PUT, PATCH, DELETE and POST")
  List<String> requests = new ArrayList<>();

  @Option(names = "--strict", description = "exit code 3 if there are warnings")
  boolean strict;

  /**
   * The command.
   *
   * @param environment what variables in the file stand for
   */
  CheckCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InvalidConfiguration {
    List<String> targets = targets();
    Configuration configuration = read(config, environment);
    List<String> doubts = TlsCheck.doubts(config, configuration);
    List<RouteWarning> warnings = RouteLint.warnings(configuration.table());
    RouteListing listing = new RouteListing(configuration);
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s is valid: %s%n%n", config, summary(configuration));
    listing.routes().forEach(out::println);
    for (String target : targets) {
      out.println();
      listing.requests(target, methods()).forEach(out::println);
    }
    print(warnings, new RouteNames(configuration), out);
    doubts.forEach(doubt -> out.printf("%nwarning: %s%n", doubt));
    out.flush();
    return strict && !(warnings.isEmpty() && doubts.isEmpty())
        ? ExitCode.INVALID_CONFIGURATION
        : ExitCode.OK;
  }

  /** Reads a file; one that cannot be read is no valid one. */
  static Configuration read(Path file, Map<String, String> environment)
      throws InvalidConfiguration {
    try {
      return ConfigurationFile.read(file, environment);
    } catch (IOException e) {
      throw InvalidConfiguration.unreadable(file, e);
    }
  }

  private static String summary(Configuration configuration) {
    int routes = configuration.routes().size();
    String backends =
        configuration.origins().stream().map(Origin::toString).collect(Collectors.joining(", "));
    return (routes == 1 ? "1 route" : routes + " routes")
        + (backends.isEmpty() ? ", no backend" : ", backend " + backends);
  }

  private boolean namesMethod() {
    return !requests.isEmpty() && requests.get(0).matches("[A-Za-z-]+");
  }

  private List<Method> methods() {
    return namesMethod() ? List.of(Method.of(requests.get(0))) : ASKED;
  }

  private List<String> targets() {
    List<String> targets = requests.subList(namesMethod() ? 1 : 0, requests.size());
    if (namesMethod() && targets.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "%s of which path? e.g.  ifmatch check %s %s /orders/7"
              .formatted(requests.get(0), config, requests.get(0)));
    }
    List<String> paths = targets.stream().map(Admission::originForm).toList();
    for (String path : paths) {
      if (!path.startsWith("/")) {
        throw new ParameterException(
            spec.commandLine(), "'%s' is neither a path nor a URL".formatted(path));
      }
    }
    return paths;
  }

  private static void print(List<RouteWarning> warnings, RouteNames names, PrintWriter out) {
    if (!warnings.isEmpty()) {
      out.printf("%n%s:%n", warnings.size() == 1 ? "1 warning" : warnings.size() + " warnings");
    }
    for (RouteWarning warning : warnings) {
      String routes = warning.routes().stream().map(names::full).collect(Collectors.joining(", "));
      Paragraph.of("  ", routes + ": " + warning.text()).forEach(out::println);
    }
  }
}
