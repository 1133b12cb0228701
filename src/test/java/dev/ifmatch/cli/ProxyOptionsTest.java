package dev.ifmatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.transport.Limits;
import dev.ifmatch.transport.Origin;
import dev.ifmatch.transport.ProxySettings;
import dev.ifmatch.transport.ProxySettings.HostField;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The options, their defaults, and their line in the README. */
class ProxyOptionsTest {

  @Test
  void defaultsAreThoseOfTheProxyItself() {
    ProxySettings settings = parse("http://localhost:3000");
    assertThat(settings.limits()).isEqualTo(Limits.DEFAULT);
    assertThat(settings.routes().otherwise().policy()).isEqualTo(RoutePolicy.DEFAULT);
    assertThat(settings.listen()).hasToString("/127.0.0.1:8080");
  }

  @Test
  void theHostFieldFollowsTheScheme() {
    assertThat(parse("http://h").hostField()).isEqualTo(HostField.CLIENT);
    assertThat(parse("https://h").hostField()).isEqualTo(HostField.ORIGIN);
    assertThat(parse("https://h", "--host-field", "client").hostField())
        .isEqualTo(HostField.CLIENT);
  }

  @Test
  void everyLimitCanBeSet() {
    Limits limits =
        parse(
                "http://h --max-target 1KiB --max-head 2KiB --max-body 3MiB --body-memory 4KiB"
                    + " --tag-buffer 5KiB --lock-queue 6 --lock-wait 7s --connect-timeout 8s"
                    + " --origin-timeout 9s --origin-idle 10s --client-timeout 11s --grace 12s"
                    + " --drain 13s")
            .limits();
    assertThat(limits)
        .hasToString(
            "Limits[maxTargetBytes=1024, maxHeadBytes=2048, maxBodyBytes=3145728,"
                + " bodyMemoryBytes=4096, tagBufferBytes=5120, lockQueue=6, lockWait=PT7S,"
                + " connectTimeout=PT8S, originTimeout=PT9S, originIdle=PT10S,"
                + " clientTimeout=PT11S, grace=PT12S, drain=PT13S]");
  }

  static Stream<OptionSpec> options() {
    return Main.commandLine(Map.of()).getCommandSpec().options().stream()
        .filter(option -> !option.usageHelp() && !option.versionHelp());
  }

  @ParameterizedTest
  @MethodSource("options")
  void theReadmeListsEachOptionWithItsDefault(OptionSpec option) throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String cell = option.defaultValue() == null ? "" : " `%s` |".formatted(option.defaultValue());
    assertThat(readme).contains("| `%s` |%s".formatted(option.longestName(), cell));
  }

  private static ProxySettings parse(String... arguments) {
    String[] words = String.join(" ", arguments).split(" ");
    CommandLine command = Main.commandLine(Map.of());
    command.parseArgs(words);
    RunCommand run = command.getCommand();
    return run.options.settings(Origin.parse(words[0]));
  }
}
