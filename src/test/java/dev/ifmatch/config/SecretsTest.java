package dev.ifmatch.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes from the environment, or is a salt, is never shown. */
class SecretsTest {
  private static final String SECRET = "hunter2";
  private static final Map<String, String> ENVIRONMENT =
      Map.of("SECRET", SECRET, "LONG", "/a?x=%s{b}#[://".formatted(SECRET));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "origin: ${SECRET}",
        "origin: http://${LONG}",
        "listen: ${SECRET}",
        "listen: 127.0.0.1:${SECRET}",
        "listen: ${SECRET}.invalid:80",
        "log-level: ${SECRET}",
        "limits: {drain: '${SECRET}', max-body: '${SECRET}', lock-queue: '${SECRET}'}",
        "policy: {mode: '${SECRET}', status: '${SECRET}', conflict: {changes: '${SECRET}'}}",
        "policy: {tag: {hash: '${SECRET}', ignore: ['${SECRET}', '/~${SECRET}']}}",
        "policy: {tag: {salt-file: '/no/${SECRET}'}}",
        "policy: {tag: {salt: '${SECRET}', salt-file: '${SECRET}', form: x}}",
        "policy: {probe: {accept: \"${SECRET}\\n\", fields: {A: \"${SECRET}\\0\"}}}",
        "routes: [{path: '${LONG}', methods: ['${SECRET}']}]",
        "routes: [{path: '/{${SECRET}}/{x', guard: '/{${SECRET}}'}]",
        "routes: [{path: '/a', guard: '${LONG}'}, {path: '/${SECRET}'}, {path: '/${SECRET}'}]",
        "routes: [{path: '/${SECRET}', guard: '/{x}'}]",
        "policy: {tag: {salt: hunter2}}",
        "policy: {tag: {salt: [hunter2]}}",
        "policy: {tag: {salt: {a: hunter2}, x: y}}",
        "policy: {tag: {salt: '${SECRET:-hunter2}'}}",
        "policy: {tag: {salt: 'x${SECRET}'}}",
        "policy:\n  tag:\n    salt: |\n      a\n      hunter2\n    x: y",
        "policy: {tag: {salt: hunter2",
        "policy: {tag: {salt: @hunter2}}",
        "tls: {key-password: hunter2}",
        "tls: {key-password: 'x${SECRET}'}",
        "origin-tls: {key-password: [hunter2]}",
        "tls: {key-password: hunter2",
        "tls: {certificate: \"${SECRET}\\0\", versions: ['${SECRET}'], client-auth: '${SECRET}'}",
        "tls: {client-subject-field: '${SECRET} x'}",
      })
  void notInWhatIsWrong(String yaml) {
    InvalidConfiguration invalid = GivenFile.of(yaml, ENVIRONMENT).invalid();
    assertThat(invalid.problems()).isNotEmpty();
    assertThat(invalid.problems().toString() + invalid).doesNotContain(SECRET);
  }

  @Test
  void notInWhatRecordsSayOfTheirNumbers() {
    String yaml = "{policy: {status: {unchanged: '${CODE}'}}, limits: {max-head: '${SIZE}'}}";
    Map<String, String> odd = Map.of("CODE", "301", "SIZE", "13B");
    assertThat(GivenFile.of(yaml, odd).problems())
        .containsExactly(
            "1:31 policy.status.unchanged: '${CODE}', with its variables filled in, is not what can"
                + " stand here",
            "1:63 limits.max-head: '${SIZE}', with its variables filled in, is not what can stand"
                + " here");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "policy: {tag: {salt: '${SECRET}'}}",
        "tls: {key-password: '${SECRET}'}",
        "origin-tls: {key-password: '${SECRET}'}",
        "policy: {probe: {fields: {Authorization: 'Bearer ${SECRET}'}}}",
        "routes: [{path: /a, probe: {fields: {X-Key: '${SECRET}'}}}]"
      })
  void notInWhatItSaysOfItself(String yaml) {
    assertThat(GivenFile.of(yaml, ENVIRONMENT).read().toString()).doesNotContain(SECRET);
  }
}
