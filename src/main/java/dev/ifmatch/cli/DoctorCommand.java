package dev.ifmatch.cli;

import dev.ifmatch.doctor.Diagnosis;
import dev.ifmatch.doctor.Diagnosis.Verdict;
import dev.ifmatch.doctor.Doctor;
import dev.ifmatch.doctor.Finding;
import dev.ifmatch.doctor.Prescription;
import dev.ifmatch.transport.tls.InvalidTls;
import dev.ifmatch.transport.tls.JavaTls;
import dev.ifmatch.transport.tls.OriginTlsSettings;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ifmatch doctor}: whether a backend's answers can be protected, and what to set if not. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    usageHelpWidth = 90,
    header = {
      "Tell whether a backend's answers can be protected as they are, and what to set if not.",
      "It only reads (GET and HEAD), each resource several times."
    },
    synopsisHeading = "%nUsage: ",
    customSynopsis = "ifmatch doctor URL PATH... [OPTIONS]",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  ifmatch doctor http://localhost:3000 /orders/7 /orders/7/lines/2",
      "  ifmatch doctor https://api.example.com /me -H 'Authorization: Bearer …'",
      "  ifmatch doctor http://127.0.0.1:8080 /orders/7 --through https://www.example.com",
      "     ask ifmatch itself: does its ETag arrive, and what does the way to clients make of it?",
      "",
      "Exit codes: 0 all can be protected as they are, 1 something needs the settings that are",
      "printed, or cannot be read or protected, 2 bad usage."
    })
final class DoctorCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "URL",
      description = "the backend, or the proxy in front of it, e.g. http://localhost:3000")
  String url;

  @Parameters(
      index = "1..*",
      paramLabel = "PATH",
      hideParamSyntax = true,
      description = "resources to read, e.g. /orders/7; those that are written to matter")
  List<String> paths = new ArrayList<>();

  @Option(
      names = {"-H", "--header"},
      paramLabel = "FIELD",
      description = "sent with every request, e.g. 'Authorization: Bearer …'; can be repeated")
  List<String> fields = new ArrayList<>();

  @Option(
      names = "--reads",
      paramLabel = "COUNT",
      defaultValue = "3",
      description = "how often each resource is read (default ${DEFAULT-VALUE})")
  int reads;

  @Option(
      names = "--pause",
      paramLabel = "TIME",
      converter = TimeOption.class,
      defaultValue = "600ms",
      description =
          "how long between two reads, so that time stamps move (default ${DEFAULT-VALUE})")
  Duration pause;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeOption.class,
      defaultValue = "10s",
      description = "how long an answer may take (default ${DEFAULT-VALUE})")
  Duration timeout;

  @Option(
      names = "--through",
      paramLabel = "URL",
      description = "another way to the same resources, e.g. a CDN: what becomes of their ETags?")
  String through;

  @Option(
      names = "--origin-tls-ca",
      paramLabel = "FILE",
      description = "who may sign an https:// URL's certificate, a file in PEM")
  Path authorities;

  @Option(
      names = "--insecure-origin",
      description = "an https:// URL's certificate is not checked; for trials only")
  boolean insecure;

  @Override
  public Integer call() {
    URI first = uri(url);
    Optional<URI> other = Optional.ofNullable(through).map(this::uri).map(DoctorCommand::server);
    Doctor doctor =
        new Doctor(
            server(first),
            other,
            FieldOption.read(fields, spec),
            checkedReads(),
            pause,
            timeout,
            tls());
    PrintWriter out = spec.commandLine().getOut();
    List<Diagnosis> diagnoses = new ArrayList<>();
    for (String target : targets(first)) {
      Diagnosis diagnosis = doctor.examine(target);
      print(diagnosis, out);
      diagnoses.add(diagnosis);
    }
    List<String> settings = Prescription.of(diagnoses);
    if (!settings.isEmpty()) {
      out.printf("Settings that help, for ifmatch.yaml:%n%n");
      settings.forEach(out::println);
    }
    out.flush();
    boolean fine = diagnoses.stream().allMatch(d -> d.verdict() == Verdict.AS_IT_IS);
    return fine ? ExitCode.OK : ExitCode.FAILURE;
  }

  private Optional<SSLContext> tls() {
    if (authorities == null && !insecure) {
      return Optional.empty();
    }
    OriginTlsSettings usual = OriginTlsSettings.DEFAULT;
    try {
      return Optional.of(
          JavaTls.trusting(
              new OriginTlsSettings(
                  Optional.ofNullable(authorities),
                  usual.identity(),
                  insecure,
                  usual.reloadInterval())));
    } catch (InvalidTls e) {
      throw bad(e.getMessage());
    }
  }

  private static void print(Diagnosis diagnosis, PrintWriter out) {
    out.println(diagnosis.target());
    for (Finding finding : diagnosis.findings()) {
      Paragraph.of("  %s  ".formatted(finding.mark()), finding.text()).forEach(out::println);
      finding.details().forEach(line -> out.println("        " + line));
    }
    out.printf("  =>  %s%n%n", diagnosis.verdict());
    out.flush();
  }

  private int checkedReads() {
    if (reads < 2) {
      throw bad("--reads: one read tells nothing about change; take 2 or more");
    }
    return reads;
  }

  /** A path may stand in the URL itself, too. */
  private List<String> targets(URI first) {
    List<String> targets = new ArrayList<>();
    String inUrl = first.toString().substring(server(first).toString().length());
    if (!inUrl.isEmpty() && !inUrl.equals("/")) {
      targets.add(inUrl);
    }
    targets.addAll(paths);
    if (targets.isEmpty()) {
      throw bad("which resources? e.g.  ifmatch doctor %s /orders/7".formatted(first));
    }
    for (String target : targets) {
      if (!target.startsWith("/")) {
        throw bad("PATH: '%s' does not start with a slash".formatted(target));
      }
    }
    return targets;
  }

  private URI uri(String text) {
    try {
      URI uri = URI.create(text);
      boolean http =
          "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
      if (http && uri.getHost() != null && uri.getRawUserInfo() == null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw bad("'%s' is not a URL".formatted(text));
    }
    throw bad("'%s' is not an http:// or https:// URL with a host".formatted(text));
  }

  private static URI server(URI uri) {
    return URI.create(uri.getScheme() + "://" + uri.getRawAuthority());
  }

  private ParameterException bad(String complaint) {
    return new ParameterException(spec.commandLine(), complaint);
  }
}
