package dev.ifmatch.cli;

import dev.ifmatch.config.Configuration;
import dev.ifmatch.config.InvalidConfiguration;
import dev.ifmatch.transport.Origin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ifmatch [run] ORIGIN}: runs the proxy until it is stopped. */
@Command(
    name = "ifmatch",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    usageHelpWidth = 90,
    header = {
      "ifmatch prevents lost updates in front of any REST backend: reads get an ETag; a PUT,",
      "PATCH or DELETE sends it back in If-Match, and gets 412 if somebody else was faster.",
      ""
    },
    customSynopsis = {
      "ifmatch [run] ORIGIN... [OPTIONS]  protect a backend, or several that are alike",
      "       ifmatch --config FILE [OPTIONS]  the same, as a file says",
      "       ifmatch demo [OPTIONS]           see it work, in your browser",
      "       ifmatch check CONFIG             is a configuration file valid, and can it work?",
      "       ifmatch explain METHOD PATH      what would be done with a request, and why?",
      "       ifmatch doctor URL PATH...       can a backend be protected as it is?",
      "       ifmatch archive                  start faster, in less memory"
    },
    parameterListHeading = "%n",
    optionListHeading =
        "%nOptions (also as variables: --lock-wait is IFMATCH_LOCK_WAIT; both win over a file):%n",
    footer = {
      "",
      "Examples:",
      "  ifmatch http://localhost:3000",
      "  ifmatch http://api:3000 --listen 0.0.0.0:8080      let other machines in",
      "  ifmatch http://10.0.0.5:3000 http://10.0.0.6:3000  spread requests over two",
      "  ifmatch https://api.example.com --mode optional    check only what clients send",
      "  ifmatch --config ifmatch.yaml                      routes and limits from a file",
      "",
      "Sizes: 64KiB 4MiB. Times: 250ms 5s 1m. @FILE reads arguments from a file.",
      "Exit codes: 0 stopped, 1 failure, 2 bad usage, 3 invalid configuration, 4 cannot listen,",
      "  143 requests cut off."
    })
final class RunCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(
      paramLabel = "ORIGIN",
      hideParamSyntax = true,
      arity = "0..*",
      split = "\\s+",
      description = "the backend, e.g. http://localhost:3000, or several (or IFMATCH_ORIGIN)")
  List<String> origins = List.of();

  @Mixin final ProxyOptions options;

  /**
   * The command.
   *
   * @param environment what variables in the configuration file stand for
   */
  RunCommand(Map<String, String> environment) {
    this.options = new ProxyOptions(environment);
  }

  @Override
  public Integer call() throws InterruptedException, InvalidConfiguration {
    Optional<ConfigurationSource> source = options.source();
    Configuration configuration =
        source.isPresent() ? source.get().read() : options.configuration();
    ProxyRun run = new ProxyRun(configuration, backends(configuration), source);
    try {
      run.requireKnownHosts();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    return run.start(spec.commandLine().getErr());
  }

  /** Read here: picocli takes what it cannot convert for something else than one more origin. */
  List<Origin> origins() {
    try {
      return origins.stream().map(Origin::parse).toList();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "ORIGIN: " + e.getMessage(), e);
    }
  }

  private List<Origin> backends(Configuration configuration) {
    List<Origin> backends = origins.isEmpty() ? configuration.origins() : origins();
    if (backends.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "an origin URL is needed, e.g.  ifmatch http://localhost:3000"
              + "      (or see it work: ifmatch demo)");
    }
    return backends;
  }
}
