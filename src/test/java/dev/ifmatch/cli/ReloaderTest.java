package dev.ifmatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.config.Configuration;
import dev.ifmatch.config.ConfigurationFile;
import dev.ifmatch.policy.Mode;
import dev.ifmatch.representation.Salt;
import dev.ifmatch.transport.Origin;
import dev.ifmatch.transport.ProxySettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running proxy is told to use when its file has changed. */
class ReloaderTest {
  private static final Map<String, String> SALTS = Map.of("A", "a", "B", "b", "C", "c");
  private static final Salt A = new Salt("a");

  @TempDir Path folder;
  private final List<ProxySettings> used = new ArrayList<>();
  private Origin origin = Origin.parse("http://127.0.0.1:1");
  private UnaryOperator<Configuration> options = UnaryOperator.identity();
  private long now = 42;
  private Reloader reloader;

  private void start(String text) throws Exception {
    Path file = write(text);
    ConfigurationSource source =
        new ConfigurationSource(
            file, (name, onFile) -> ConfigurationFile.read(name, SALTS, options, onFile));
    reloader = new Reloader(source, source.read(), List.of(origin), used::add, () -> now);
  }

  private Path write(String text) throws Exception {
    return Files.writeString(folder.resolve("ifmatch.yaml"), text);
  }

  private void reload(String text) throws Exception {
    write(text);
    reloader.reload("test");
  }

  private void pass(Duration time) {
    now += time.toNanos();
    reloader.endGrace();
  }

  private ProxySettings last() {
    return used.get(used.size() - 1);
  }

  private Optional<Salt> formerSalt() {
    return last().routes().otherwise().policy().tag().formerSalt();
  }

  @Test
  void routesPoliciesAndLimitsAreTakenOverTogether() throws Exception {
    start("origin: http://127.0.0.1:1");
    reload(
        "{origin: 'http://127.0.0.1:1', policy: {mode: off}, limits: {drain: 2s}, routes: [{path: /a}]}");
    assertThat(used).hasSize(1);
    assertThat(last().routes().otherwise().policy().mode()).isEqualTo(Mode.OFF);
    assertThat(last().limits().drain()).hasSeconds(2);
    assertThat(last().routes().routes()).hasSize(1);
  }

  @Test
  void anInvalidFileChangesNothing() throws Exception {
    start("policy: {mode: observe}");
    reload("policy: {mode: observes}");
    reload("policy: {mode: off}\nroutes: {");
    assertThat(used).isEmpty();
    assertThat(reloader.running().policy().mode()).isEqualTo(Mode.OBSERVE);
  }

  @Test
  void whatNeedsANewStartStaysAndTheRestIsTakenOver() throws Exception {
    start("{origin: 'http://127.0.0.1:1', listen: '127.0.0.1:1'}");
    reload("{origin: 'http://127.0.0.1:2', listen: '127.0.0.1:2', policy: {mode: off}}");
    assertThat(last().origins().all()).containsExactly(origin);
    assertThat(last().listen().getPort()).isEqualTo(1);
    assertThat(last().routes().otherwise().policy().mode()).isEqualTo(Mode.OFF);
  }

  @Test
  void optionsStillWin() throws Exception {
    options = read -> read.policy().mode() == Mode.OFF ? Configuration.DEFAULT : read;
    start("policy: {mode: observe}");
    reload("policy: {mode: off}");
    assertThat(last().routes().otherwise().policy().mode()).isEqualTo(Mode.REQUIRE);
  }

  @Test
  void optionsThatDoNotGoWithTheFileChangeNothing() throws Exception {
    start("policy: {mode: observe}");
    options =
        read -> {
          throw new IllegalStateException("they do not go together");
        };
    reload("policy: {mode: off}");
    assertThat(used).isEmpty();
  }

  @Test
  void aFormerSaltHasItsTime() throws Exception {
    start("policy: {tag: {salt: '${A}'}}");
    reload("policy: {tag: {salt: '${B}', former-salt: '${A}'}}");
    assertThat(formerSalt()).contains(A);
    pass(Duration.ofMinutes(59));
    assertThat(used).hasSize(1);
    pass(Duration.ofMinutes(1));
    assertThat(formerSalt()).isEmpty();
    pass(Duration.ofMinutes(1));
    assertThat(used).as("and then it is over").hasSize(2);
  }

  @Test
  void itsTimeCountsFromTheStartToo() throws Exception {
    start("{policy: {tag: {salt: '${B}', former-salt: '${A}'}}, reload: {salt-grace: 1s}}");
    pass(Duration.ofMillis(999));
    assertThat(used).isEmpty();
    pass(Duration.ofMillis(1));
    assertThat(formerSalt()).isEmpty();
  }

  @Test
  void anotherChangeDoesNotLengthenIt() throws Exception {
    start("policy: {tag: {salt: '${B}', former-salt: '${A}'}}");
    pass(Duration.ofMinutes(30));
    reload("{policy: {tag: {salt: '${B}', former-salt: '${A}'}}, limits: {drain: 2s}}");
    assertThat(formerSalt()).contains(A);
    pass(Duration.ofMinutes(30));
    assertThat(formerSalt()).isEmpty();
    reload("{policy: {tag: {salt: '${B}', former-salt: '${A}'}}, limits: {drain: 3s}}");
    assertThat(formerSalt()).isEmpty();
  }

  /** Who names the former salt before the new one is there has its whole time nevertheless. */
  @Test
  void anotherSaltStartsItAnew() throws Exception {
    start("policy: {tag: {salt: '${A}', former-salt: '${A}'}}");
    pass(Duration.ofHours(2));
    assertThat(formerSalt()).isEmpty();
    reload("policy: {tag: {salt: '${B}', former-salt: '${A}'}}");
    assertThat(formerSalt()).contains(A);
  }

  @Test
  void theSaltsOfRoutesEndTogether() throws Exception {
    start("routes: [{path: /a, tag: {salt: '${B}', former-salt: '${A}'}}]");
    pass(Duration.ofHours(1));
    assertThat(last().routes().routes().get(0).policy().tag().formerSalt()).isEmpty();
    assertThat(last().routes().routes().get(0).policy().tag().salt()).contains(new Salt("b"));
  }

  @Test
  void keysAreNamedByTheirPaths() throws Exception {
    start("{}");
    Configuration before = reloader.running();
    reload(
        "{listen: '127.0.0.1:1', limits: {drain: 2s, grace: 3s}, log-level: warn,"
            + " policy: {probe: {timeout: 1s}, tag: {salt: '${A}', form: json}}, routes: [{path: /a}]}");
    Configuration after = reloader.running();
    assertThat(ChangedKeys.between(before, after))
        .containsExactly(
            "log-level",
            "policy.tag.form",
            "policy.probe.timeout",
            "limits.grace",
            "limits.drain",
            "routes");
    assertThat(ChangedKeys.between(after, after)).isEmpty();
    reload("policy: {tag: {salt: '${B}'}}");
    Configuration salted = reloader.running();
    reload("policy: {tag: {salt: '${C}'}}");
    assertThat(ChangedKeys.between(salted, reloader.running())).containsExactly("policy.tag");
  }
}
