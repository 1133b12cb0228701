package dev.ifmatch.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.Mode;
import dev.ifmatch.policy.Route;
import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.StatusCodes;
import dev.ifmatch.representation.HashAlgorithm;
import dev.ifmatch.representation.TagForm;
import dev.ifmatch.transport.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What files say that are right. */
class ConfigurationFileTest {

  @Test
  void aRouteTakesOnWhatItDoesNotSayItself() {
    Configuration read =
        GivenFile.of(
                """
                policy:
                  mode: optional
                  tag: {form: json, hash: md5, ignore: [/a]}
                  probe: {accept: text/plain, timeout: 2s}
                  status: conflict
                routes:
                  - path: /orders/{id}
                    tag: {hash: sha-1, ignore: []}
                    probe: {path: "/db/{id}"}
                    status: {stale: 418}
                """)
            .read();
    RoutePolicy policy = read.routes().get(0).policy();
    assertThat(policy.mode()).isEqualTo(Mode.OPTIONAL);
    assertThat(policy.tag().form()).isEqualTo(TagForm.JSON);
    assertThat(policy.tag().hash()).isEqualTo(HashAlgorithm.SHA_1);
    assertThat(policy.tag().ignore()).isEmpty();
    assertThat(policy.probe().accept()).contains("text/plain");
    assertThat(policy.probe().timeout()).contains(Duration.ofSeconds(2));
    assertThat(policy.probe().path().map(Object::toString)).contains("/db/{id}");
    assertThat(policy.status()).isEqualTo(new StatusCodes(418, 400, 304));
    assertThat(read.policy().status()).isEqualTo(StatusCodes.CONFLICT);
    assertThat(read.table().otherwise().policy()).isEqualTo(read.policy());
  }

  @Test
  void oneOriginOrSeveral() {
    assertThat(GivenFile.of("origin: http://a").read().origins()).hasToString("[http://a]");
    assertThat(GivenFile.of("origin: [http://b]").read().origins()).hasToString("[http://b]");
    assertThat(
            GivenFile.of("origin:\n- http://c\n- ${X}", Map.of("X", "http://d")).read().origins())
        .hasToString("[http://c, http://d]");
  }

  @Test
  void aCheckHasDefaults() {
    assertThat(GivenFile.of("listen: 127.0.0.1:80").read().health()).isEmpty();
    assertThat(GivenFile.of("health: {path: /up}").read().health())
        .hasToString(
            "Optional[Checkup[path=/up, interval=PT5S, timeout=PT2S, expect=200, up=2, down=3]]");
  }

  @Test
  void routesKeepTheirOrder() {
    Configuration read =
        GivenFile.of("routes: [{path: /c}, {path: /a}, {path: /b, methods: [PUT]}, {path: /b}]")
            .read();
    assertThat(read.routes())
        .extracting(Route::path)
        .extracting(Object::toString)
        .containsExactly("/c", "/a", "/b", "/b");
  }

  @Test
  void jsonIsYamlToo() {
    String json =
        "{\"limits\": {\"lock-queue\": 3}, \"policy\": {\"mode\": \"off\"}, \"routes\": []}";
    Configuration read = GivenFile.of(json).read();
    assertThat(read.limits().lockQueue()).isEqualTo(3);
    assertThat(read.policy().mode()).isEqualTo(Mode.OFF);
  }

  @Test
  void aSectionCanBeEmptyAndAByteOrderMarkDoesNotCount() {
    assertThat(GivenFile.of("\ufefflimits:\npolicy:\n  tag: null\n").read())
        .isEqualTo(Configuration.DEFAULT);
  }

  @Test
  void anchorsAndAliasesCanBeUsed() {
    Configuration read =
        GivenFile.of(
                """
                routes:
                  - path: /a
                    tag: &json {form: json, ignore: [/updatedAt]}
                  - path: /b
                    tag: *json
                """)
            .read();
    assertThat(read.routes())
        .extracting(route -> route.policy().tag().form())
        .containsExactly(TagForm.JSON, TagForm.JSON);
  }

  @Test
  void variablesStandInValues() {
    Map<String, String> environment = Map.of("PORT", "81", "WAIT", "2s", "QUEUE", "7", "EMPTY", "");
    Configuration read =
        GivenFile.of(
                """
                listen: 127.0.0.1:${PORT}
                limits:
                  lock-wait: ${WAIT}
                  lock-queue: ${QUEUE}
                  drain: ${EMPTY:-3s}
                  grace: ${NO:-4s}
                policy:
                  probe:
                    fields: {A: "$${PORT} $$ $5 ${PORT}${PORT}", B: "${NO:-$}x"}
                """,
                environment)
            .read();
    assertThat(read.listen().getPort()).isEqualTo(81);
    Limits limits = read.limits();
    assertThat(List.of(limits.lockWait(), limits.drain(), limits.grace()))
        .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(4));
    assertThat(limits.lockQueue()).isEqualTo(7);
    assertThat(read.policy().probe().fields())
        .extracting(field -> field.name() + ": " + field.value())
        .containsExactly("A: ${PORT} $ $5 8181", "B: $x");
  }

  @Test
  void aSaltFileIsFoundFromTheConfigurationsFolderAndEndsBeforeItsLineBreak() {
    GivenFile salt = GivenFile.of("pepper\n");
    GivenFile file =
        GivenFile.of("policy: {tag: {salt-file: %s}}".formatted(salt.path().getFileName()));
    assertThat(file.path().getParent()).isEqualTo(salt.path().getParent());
    assertThat(file.read().policy().tag().salt()).isNotEmpty();
  }

  @Test
  void theProxyIsSetUpByIt() {
    Configuration read = GivenFile.of("{origin: https://b, limits: {lock-queue: 3}}").read();
    assertThat(read.settings(read.origins()).limits()).isEqualTo(read.limits());
    assertThat(read.settings(read.origins()).origins().all()).isEqualTo(read.origins());
  }
}
