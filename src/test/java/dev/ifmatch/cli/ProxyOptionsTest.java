package dev.ifmatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.config.Configuration;
import dev.ifmatch.config.InvalidConfiguration;
import dev.ifmatch.config.LogLevel;
import dev.ifmatch.policy.Mode;
import dev.ifmatch.policy.Route;
import dev.ifmatch.representation.HashAlgorithm;
import dev.ifmatch.transport.Limits;
import dev.ifmatch.transport.Origin;
import dev.ifmatch.transport.ProxySettings.HostField;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The options: their defaults, their line in the README, and what they win over. */
class ProxyOptionsTest {
  private static final Pattern DEFAULT = Pattern.compile("\\(default ([^ ]+)\\)$");

  @TempDir Path folder;

  @Test
  void withoutOptionsTheDefaultsHold() {
    assertThat(configuration(Map.of(), "http://h")).isEqualTo(Configuration.DEFAULT);
  }

  @Test
  void theHostFieldFollowsTheScheme() {
    assertThat(hostField("http://h")).isEqualTo(HostField.CLIENT);
    assertThat(hostField("https://h")).isEqualTo(HostField.ORIGIN);
    assertThat(hostField("https://h", "--host-field", "client")).isEqualTo(HostField.CLIENT);
  }

  private static HostField hostField(String... words) {
    return configuration(Map.of(), words).settings(List.of(Origin.parse(words[0]))).hostField();
  }

  @Test
  void everyOptionCanBeSet() {
    Configuration read =
        configuration(
            Map.of(),
            ("http://h --max-target 1KiB --max-head 2KiB --max-body 3MiB --body-memory 4KiB"
                    + " --tag-buffer 5KiB --conflict-cache 6KiB --lock-queue 7 --lock-wait 8s"
                    + " --connect-timeout 9s --origin-timeout 10s --origin-idle 11s"
                    + " --body-timeout 20s --origin-rest 21s --origin-connections 22"
                    + " --origin-queue 23 --origin-wait 24s --dns-ttl-min 25s --dns-ttl-max 26s"
                    + " --dns-stale 27s --exchange-timeout 28s --client-timeout 12s"
                    + " --tunnel-idle 15s --grace 13s --drain 14s"
                    + " --listen 127.0.0.2:81 --log-level warn --mode off --hash md5")
                .split(" "));
    assertThat(read.limits())
        .hasToString(
            "Limits[maxTargetBytes=1024, maxHeadBytes=2048, maxBodyBytes=3145728,"
                + " bodyMemoryBytes=4096, tagBufferBytes=5120, conflictCacheBytes=6144,"
                + " lockQueue=7, lockWait=PT8S,"
                + " origin=OriginLimits[connectTimeout=PT9S, patience=Patience[head=PT10S,"
                + " body=PT20S], idle=PT11S, rest=PT21S, connections=22, queue=23,"
                + " longestWait=PT24S, names=Terms[least=PT25S, most=PT26S, stale=PT27S]],"
                + " clientTimeout=PT12S, tunnelIdle=PT15S, exchangeTimeout=Optional[PT28S],"
                + " grace=PT13S, drain=PT14S]");
    assertThat(read.listen()).hasToString("/127.0.0.2:81");
    assertThat(read.logLevel()).isEqualTo(LogLevel.WARN);
    assertThat(read.policy().mode()).isEqualTo(Mode.OFF);
    assertThat(read.policy().tag().hash()).isEqualTo(HashAlgorithm.MD5);
  }

  @Test
  void theOptionsOfTlsNameTheirSection() {
    Configuration read =
        configuration(
            Map.of(),
            ("https://h --tls-certificate a.crt --tls-key a.key --origin-tls-ca b.crt"
                    + " --insecure-origin --mode off")
                .split(" "));
    assertThat(read.tls().identity().certificate()).hasValue(Path.of("a.crt"));
    assertThat(read.tls().identity().key()).hasValue(Path.of("a.key"));
    assertThat(read.originTls().ca()).hasValue(Path.of("b.crt"));
    assertThat(read.originTls().insecure()).isTrue();
    assertThat(insecure(Map.of(), "--insecure-origin", "https://h")).isTrue();
    assertThat(insecure(Map.of("IFMATCH_INSECURE_ORIGIN", "true"), "https://h")).isTrue();
    assertThat(insecure(Map.of(), "https://h")).isFalse();
  }

  private static boolean insecure(Map<String, String> environment, String... words) {
    return configuration(environment, words).originTls().insecure();
  }

  @Test
  void flagsWinOverVariablesTheseOverTheFileAndThatOverDefaults() throws IOException {
    String file =
        file(
            """
            limits: {lock-wait: 1s, grace: 1s, drain: 1s}
            """);
    Map<String, String> environment =
        Map.of("IFMATCH_CONFIG", file, "IFMATCH_LOCK_WAIT", "2s", "IFMATCH_GRACE", "2s");
    Limits limits = configuration(environment, "--lock-wait", "3s").limits();
    assertThat(limits.lockWait()).isEqualTo(Duration.ofSeconds(3));
    assertThat(limits.grace()).isEqualTo(Duration.ofSeconds(2));
    assertThat(limits.drain()).isEqualTo(Duration.ofSeconds(1));
    assertThat(limits.origin()).isEqualTo(Limits.DEFAULT.origin());
  }

  @Test
  void modeAndHashHoldForRoutesThatDoNotSayOtherwise() throws IOException {
    String file =
        file(
            """
            policy: {mode: observe, tag: {hash: md5, form: json}}
            routes:
              - path: /own
                mode: off
                tag: {hash: sha-1}
              - path: /none
            """);
    Configuration read =
        configuration(Map.of(), "--config", file, "--mode", "optional", "--hash", "sha-512");
    assertThat(read.policy().mode()).isEqualTo(Mode.OPTIONAL);
    assertThat(read.routes())
        .extracting(route -> route.path() + " " + words(route))
        .containsExactly("/own off sha-1 JSON", "/none optional sha-512 JSON");
  }

  private static String words(Route route) {
    return "%s %s %s"
        .formatted(route.policy().mode(), route.policy().tag().hash(), route.policy().tag().form());
  }

  static Stream<OptionSpec> options() {
    return Commands.line(Map.of()).getCommandSpec().options().stream()
        .filter(option -> !option.usageHelp() && !option.versionHelp());
  }

  private static String defaultInHelp(OptionSpec option) {
    Matcher matcher = DEFAULT.matcher(option.description()[0]);
    return matcher.find() ? matcher.group(1) : "";
  }

  @Test
  void whatHelpCallsTheDefaultIsTheDefault() {
    Stream<String> words =
        options()
            .filter(option -> !defaultInHelp(option).isEmpty())
            .flatMap(option -> Stream.of(option.longestName(), defaultInHelp(option)));
    assertThat(configuration(Map.of(), words.toArray(String[]::new)))
        .isEqualTo(Configuration.DEFAULT);
  }

  @ParameterizedTest
  @MethodSource("options")
  void theReadmeListsEachOptionWithItsDefault(OptionSpec option) throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String known = defaultInHelp(option);
    String cell = known.isEmpty() ? "" : " `%s` |".formatted(known);
    assertThat(readme).contains("| `%s` |%s".formatted(option.longestName(), cell));
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("ifmatch.yaml"), text).toString();
  }

  private static Configuration configuration(Map<String, String> environment, String... words) {
    CommandLine command = Commands.line(environment);
    command.parseArgs(words);
    RunCommand run = command.getCommand();
    try {
      return run.options.configuration();
    } catch (InvalidConfiguration e) {
      throw new AssertionError(e.problems().toString(), e);
    }
  }
}
