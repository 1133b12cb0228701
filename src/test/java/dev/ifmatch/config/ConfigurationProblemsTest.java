package dev.ifmatch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.ifmatch.representation.HashAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of files that are wrong: where, what, and what would be right. */
class ConfigurationProblemsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          origin: ftp://x                 | 1:9 origin: 'ftp://x' is not an http:// or https:// URL with a host
          origin: http://h/api            | 1:9 origin: 'http://h/api' has a path: requests keep their own, so give scheme, host and port only
          origin: http://u:p@h            | 1:9 origin: the URL holds credentials; clients send their own
          origin: []                      | 1:9 origin: the list is empty; name a URL such as http://localhost:3000, or leave the key out
          origin: [http://a, ftp://b]     | 1:20 origin[1]: 'ftp://b' is not an http:// or https:// URL with a host
          origin: [http://a, https://b]   | 1:9 origin: some backends are http:// and some are https://; they must be all of one kind
          origin: [http://a, http://a:80] | 1:9 origin: the backend http://a is named twice
          origin: {url: http://a}         | 1:9 origin: this is a mapping; a list is needed here
          origin:                         | 1:8 origin: there is no value; a URL such as http://localhost:3000 is needed here
          health: {interval: 5s}          | 1:9 health: the key 'path' is missing here
          health: {path: up}              | 1:16 health.path: 'up' is not a path such as /health, in ASCII and without spaces
          health: {path: /up, expect: 99} | 1:29 health.expect: '99' is not a whole number from 200 to 599
          limits: {origin-connections: 0} | 1:30 limits.origin-connections: '0' is not a whole number from 1
          limits: {dns-ttl-min: 10m}      | 1:23 limits.dns-ttl-min: the shortest time is longer than the longest
          listen: 8080                    | 1:9 listen: '8080' is not host:port, e.g. 127.0.0.1:8080, 0.0.0.0:8080 or [::1]:8080
          host-field: both                | 1:13 host-field: 'both' is not one of client, origin
          log-level: INFO                 | 1:12 log-level: 'INFO' is not one of error, warn, info, debug
          limits: {lock-wait: 5}          | 1:21 limits.lock-wait: '5' is not a duration; write a number and ms, s, m or h, e.g. 5s
          limits: {drain: 25h}            | 1:17 limits.drain: '25h' is not between 1ms and 24h
          limits: {max-body: 1MB}         | 1:20 limits.max-body: '1MB' is not a size; write a number and B, KiB, MiB or GiB, e.g. 64KiB
          limits: {tag-buffer: 2GiB}      | 1:22 limits.tag-buffer: '2GiB' is more than 1GiB
          limits: {max-target: 1B}        | 1:22 limits.max-target: the longest request target is 1, below 16
          limits: {lock-queue: -1}        | 1:22 limits.lock-queue: '-1' is not a whole number from 0
          limits: {lock-queue: many}      | 1:22 limits.lock-queue: 'many' is not a whole number from 0
          limits: {lock-wiat: 5s}         | 1:10 limits.lock-wiat: unknown key 'lock-wiat' (did you mean 'lock-wait'?)
          policy: {mode: strict}          | 1:16 policy.mode: 'strict' is not one of off, observe, optional, require
          policy: {mode: }                | 1:15 policy.mode: there is no value; one of off, observe, optional, require is needed here
          policy: {mode: [off]}           | 1:16 policy.mode: this is a list; one of off, observe, optional, require is needed here
          policy: {mode: {a: b}}          | 1:16 policy.mode: this is a mapping; one of off, observe, optional, require is needed here
          policy: require                 | 1:9 policy: this is a single value; a mapping is needed here
          policy: [require]               | 1:9 policy: this is a list; a mapping is needed here
          policy: {star: yes}             | 1:16 policy.star: 'yes' is not one of allow, deny
          policy: {tag: {hash: crc}}      | 1:22 policy.tag.hash: no hash 'crc'; there are %HASHES%
          policy: {tag: {ignore: /a}}     | 1:24 policy.tag.ignore: this is a single value; a list is needed here
          policy: {tag: {ignore: [a]}}    | 1:25 policy.tag.ignore[0]: 'a' is not a JSON Pointer; write a slash before each name, e.g. /items/*/updatedAt
          policy: {tag: {ignore: [/a, [/b]]}} | 1:29 policy.tag.ignore[1]: this is a list; a JSON Pointer such as /updatedAt is needed here
          policy: {tag: {salt-file: /no/such}} | 1:27 policy.tag.salt-file: the salt cannot be read: there is no such file
          policy: {tag: {salt-file: /}}   | 1:27 policy.tag.salt-file: the salt cannot be read: Is a directory
          policy: {tag: {salt: '${EMPTY}'}} | 1:22 policy.tag.salt: '${EMPTY}', with its variables filled in, is not a secret of one character or more
          policy: {probe: {timeout: 0s}}  | 1:27 policy.probe.timeout: '0s' is not between 1ms and 24h
          policy: {probe: {path: /a}}     | 1:18 policy.probe.path: unknown key 'path' (there are fields, accept, timeout)
          policy: {probe: {accept: "a\\nb"}} | 1:26 policy.probe.accept: a field's value is printable ASCII text in one line, and not empty
          policy: {probe: {fields: {A: "b\\0"}}} | 1:30 policy.probe.fields.A: a field's value is printable ASCII text in one line, and not empty
          policy: {probe: {fields: {"A b": c}}} | 1:27 policy.probe.fields.A b: 'A b' is not a field name; write letters, digits and -
          policy: {probe: {fields: {host: c}}} | 1:27 policy.probe.fields.host: 'host' cannot be set: it is the proxy's own
          policy: {probe: {fields: {If-match: c}}} | 1:27 policy.probe.fields.If-match: 'If-match' cannot be set: it is the proxy's own
          policy: {probe: {fields: {A: b, a: c}}} | 1:33 policy.probe.fields.a: the field 'a' stands twice; case does not count
          policy: {status: teapot}        | 1:18 policy.status: 'teapot' is not one of rfc, conflict, strict-412
          policy: {status: [rfc]}         | 1:18 policy.status: this is a list; a mapping is needed here
          policy: {status: {stale: 500}}  | 1:26 policy.status.stale: '500' is not a whole number from 400 to 499
          policy: {status: {unchanged: 301}} | 1:30 policy.status.unchanged: unchanged is 301; write 200 to 299, or 304
          policy: {conflict: {changes: on}} | 1:30 policy.conflict.changes: 'on' is not true or false
          routes: {path: /a}              | 1:9 routes: this is a mapping; a list is needed here
          routes: [/a]                    | 1:10 routes[0]: this is a single value; a mapping is needed here
          routes: [{mode: off}]           | 1:10 routes[0]: the key 'path' is missing here
          routes: [{path: orders}]        | 1:17 routes[0].path: 'orders' is not a path template; write a path such as /orders/{id} or /orders/**
          routes: [{path: "/{a}/{a}"}]    | 1:17 routes[0].path: '/{a}/{a}': the variable {a} stands twice
          routes: [{path: /a, methods: []}] | 1:30 routes[0].methods: the list is empty; name a method such as PUT, or leave the key out
          routes: [{path: /a, methods: [put]}] | 1:31 routes[0].methods[0]: 'put' is not a method; write it in capitals, e.g. PUT
          routes: [{guard: "/a/{b}", path: /a}] | 1:18 routes[0].guard: '/a/{b}': the route's path has no variable {b}
          routes: [{path: /a, guard: a}]  | 1:28 routes[0].guard: 'a' is no target; write a path such as /orders/{id}, with variables of the route's path
          routes: [{path: /a, probe: {path: "/{b}"}}] | 1:35 routes[0].probe.path: '/{b}': the route's path has no variable {b}
          routes: [{path: /a}, {path: /a/}] | 1:22 routes[1]: the route on line 1 is for the same paths already
          routes: [{path: "/{a}", methods: [PUT, POST]}, {path: "/{b}", methods: [PATCH, PUT]}] | 1:48 routes[1]: the route on line 1 is for the same paths and methods already
          ignore: [/a]                    | 1:1 ignore: unknown key 'ignore' (there are origin, health, listen, host-field, log-level, tls, origin-tls, policy, limits, http2, reload, routes)
          origin: ${NO}                   | 1:9 origin: the variable NO is not set; set it, or write ${NO:-default}
          origin: ${1}                    | 1:9 origin: a variable is written ${NAME} or ${NAME:-default}, and ${ itself $${
          origin: ${BAD}                  | 1:9 origin: '${BAD}', with its variables filled in, is not a URL such as http://localhost:3000
          listen: ${EMPTY}                | 1:9 listen: '${EMPTY}', with its variables filled in, is not an address such as 127.0.0.1:8080
          <<: {listen: a}                 | 1:1 <<: unknown key '<<' (there are origin, health, listen, host-field, log-level, tls, origin-tls, policy, limits, http2, reload, routes)
          listen: !secret a               | 1:9 listen: the tag !secret means nothing here; leave it out
          routes: !!set []                | 1:9 routes: the tag tag:yaml.org,2002:set means nothing here; leave it out
          ? [a] : b                       | 1:3 : a key is a single word
          just words                      | 1:1 : this is a single value; a mapping is needed here
          [listen]                        | 1:1 : this is a list; a mapping is needed here
          `#`                             | 0:0 : it says nothing; write at least origin: http://localhost:3000
          listen: [                       | 1:10 : this is not valid YAML: expected the node content, but found '<stream end>'
          listen: *a                      | 1:9 : this is not valid YAML: found undefined alias a
          routes: [{path: /a/{b}}]        | 1:20 : between { } and [ ], a value with braces must stand in quotes: "/orders/{id}"
          """)
  void inOneLine(String yaml, String problem) {
    Map<String, String> environment = Map.of("EMPTY", "", "BAD", "ftp://hunter2");
    String expected = problem.replace("%HASHES%", hashes());
    assertThat(GivenFile.of(yaml, environment).problems()).containsExactly(expected);
  }

  private static String hashes() {
    return Arrays.stream(HashAlgorithm.values())
        .map(HashAlgorithm::toString)
        .collect(Collectors.joining(", "));
  }

  @Test
  void keysThatStandTwice() {
    assertThat(problems("listen: 127.0.0.1:1", "log-level: info", "listen: 127.0.0.1:2"))
        .containsExactly("3:1 listen: the key 'listen' stands twice, on line 1 already");
  }

  @Test
  void tabs() {
    assertThat(problems("limits:", "\tdrain: 5s"))
        .containsExactly("2:1 : a tab stands here; indent with spaces");
  }

  @Test
  void controlCharacters() {
    assertThat(problems("limits:", "  drain: \u0007"))
        .containsExactly("2:10 : a control character stands here; write it as \\x.. in quotes");
  }

  @Test
  void moreThanOneDocument() {
    assertThat(problems("listen: 127.0.0.1:1", "---", "listen: 127.0.0.1:2"))
        .containsExactly("2:1 : a second document starts here; one file is one configuration");
  }

  @Test
  void tooDeep() {
    assertThat(problems("[".repeat(100_000))).containsExactly("1:33 : more than 32 levels deep");
  }

  @Test
  void twoSalts() {
    GivenFile salt = GivenFile.of("pepper");
    String yaml = "policy: {tag: {salt: '${SALT}', salt-file: %s}}".formatted(salt.path());
    assertThat(GivenFile.of(yaml, Map.of("SALT", "pepper")).problems())
        .containsExactly(
            "1:44 policy.tag.salt-file: there is a salt and a salt-file; one of them is enough");
  }

  @Test
  void allAtOnceInTheOrderOfTheFile() {
    assertThat(
            problems(
                "routes:",
                "  - path: /orders/{id}",
                "    guard: /orders/{nr}",
                "    ignroe: [/updatedAt]",
                "  - mode: always",
                "limits:",
                "  max-head: 1B",
                "  max-target: 1B",
                "  grace: 0s",
                "listen: nowhere",
                "policy:",
                "  tag:",
                "    include: [a, /b, c]"))
        .extracting(problem -> problem.substring(0, problem.indexOf(": ")))
        .containsExactly(
            "3:12 routes[0].guard",
            "4:5 routes[0].ignroe",
            "5:5 routes[1]",
            "5:11 routes[1].mode",
            "7:13 limits.max-head",
            "8:15 limits.max-target",
            "9:10 limits.grace",
            "10:9 listen",
            "13:15 policy.tag.include[0]",
            "13:22 policy.tag.include[2]");
  }

  @Test
  void whatAnAliasRepeatsIsToldOnce() {
    assertThat(
            problems(
                "routes:", "  - {path: /a, tag: &tag {form: xml}}", "  - {path: /b, tag: *tag}"))
        .containsExactly("2:33 routes[0].tag.form: 'xml' is not one of bytes, json");
  }

  @Test
  void eachWithItsLine() {
    assertThat(GivenFile.of("# first\r\nlisten: here # why\r\n").invalid().problems())
        .extracting(ConfigurationProblem::source)
        .containsExactly("listen: here # why");
  }

  @Test
  void aFileThatIsNoTextOrTooLarge() throws IOException {
    GivenFile file = GivenFile.of("");
    Files.write(file.path(), new byte[] {(byte) 0xff});
    assertUnreadable(file, "it is not a text in UTF-8");
    Files.write(file.path(), new byte[(1 << 20) + 1]);
    assertUnreadable(file, "it is larger than 1MiB");
    Files.delete(file.path());
    assertUnreadable(file, "there is no such file");
  }

  private static void assertUnreadable(GivenFile file, String why) {
    assertThatIOException()
        .isThrownBy(() -> ConfigurationFile.read(file.path(), Map.of()))
        .withMessage(why);
  }

  private static List<String> problems(String... lines) {
    return GivenFile.of(String.join("\n", lines)).problems();
  }
}
