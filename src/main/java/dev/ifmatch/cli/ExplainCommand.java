package dev.ifmatch.cli;

import dev.ifmatch.config.Configuration;
import dev.ifmatch.config.InvalidConfiguration;
import dev.ifmatch.http.FieldList;
import dev.ifmatch.http.FieldName;
import dev.ifmatch.http.Method;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.policy.Admission;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ifmatch explain}: what would be done with a request, without sending it. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    usageHelpWidth = 90,
    header = "Tell what ifmatch would do with a request, and why. Nothing is sent.",
    synopsisHeading = "%nUsage: ",
    customSynopsis = "ifmatch explain METHOD TARGET [OPTIONS]",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  ifmatch explain PUT /orders/7",
      "  ifmatch explain PUT /orders/7 -H 'If-Match: \"abc\"' --config ifmatch.yaml",
      "  ifmatch explain POST /orders/7/approve -H 'If-Match: *' --config ifmatch.yaml",
      "",
      "Exit codes: 0 explained, 2 bad usage, 3 invalid configuration."
    })
final class ExplainCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  @Spec CommandSpec spec;

  @Parameters(index = "0", paramLabel = "METHOD", description = "e.g. PUT")
  String method;

  @Parameters(
      index = "1",
      paramLabel = "TARGET",
      description = "a path, e.g. /orders/7, or a URL whose path counts")
  String target;

  @Option(
      names = {"-H", "--header"},
      paramLabel = "FIELD",
      description = "a field of the request, e.g. 'If-Match: \"abc\"'; can be repeated")
  List<String> fields = new ArrayList<>();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "the configuration file; without it, the defaults hold")
  Path config;

  /**
   * The command.
   *
   * @param environment what variables in the file stand for
   */
  ExplainCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InvalidConfiguration {
    Configuration configuration =
        config == null ? Configuration.DEFAULT : CheckCommand.read(config, environment);
    PrintWriter out = spec.commandLine().getOut();
    Explanation.of(request(), configuration).forEach(out::println);
    out.flush();
    return ExitCode.OK;
  }

  private RequestHead request() {
    FieldList list = FieldOption.read(fields, spec);
    Admission.authority(target).ifPresent(host -> list.set(FieldName.HOST, host));
    String path = Admission.originForm(target);
    if (!path.startsWith("/") && !path.equals("*")) {
      throw new ParameterException(
          spec.commandLine(),
          "'%s' is neither a path nor a URL; write e.g.  ifmatch explain PUT /orders/7"
              .formatted(target));
    }
    return new RequestHead(Method.of(method), path, list);
  }
}
