package dev.ifmatch.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/**
 * The reference file and its schema: complete, true, and in step with the program.
 *
 * <p>{@code mvn test -Dtest=ReferenceTest -Difmatch.golden=write} writes the schema anew.
 */
class ReferenceTest {
  private static final Path REFERENCE = Path.of("config/ifmatch.yaml");
  private static final Path SCHEMA = Path.of("config/ifmatch.schema.json");
  private static final Path EXAMPLES = Path.of("config/examples");
  private static final Pattern YAML_BLOCK = Pattern.compile("(?s)```yaml\n(.*?)```");
  private static final String REWRITE = "mvn test -Dtest=ReferenceTest -Difmatch.golden=write";

  /** A line of an example: what stands behind the mark is what one would write. */
  private static final Pattern EXAMPLE = Pattern.compile("^( *)#: ?(.*)$");

  @Test
  void asItStandsItSaysWhatHoldsAnyway() throws IOException {
    assertThat(GivenFile.of(Files.readString(REFERENCE)).read()).isEqualTo(Configuration.DEFAULT);
  }

  /** The file with one of its examples taken in, each in turn. */
  static Stream<String> examples() throws IOException {
    List<String> lines = Files.readAllLines(REFERENCE);
    List<String> files = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      boolean first = isExample(lines, i) && !isExample(lines, i - 1);
      if (first) {
        files.add(String.join("\n", withExample(lines, i)));
      }
    }
    return files.stream();
  }

  private static boolean isExample(List<String> lines, int at) {
    return at >= 0 && at < lines.size() && EXAMPLE.matcher(lines.get(at)).matches();
  }

  private static List<String> withExample(List<String> lines, int start) {
    List<String> taken = new ArrayList<>(lines);
    for (int i = start; isExample(lines, i); i++) {
      taken.set(i, EXAMPLE.matcher(lines.get(i)).replaceFirst("$1$2"));
    }
    return taken;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleIsValidAndChangesSomething(String file) {
    assertThat(given(file).read()).isNotEqualTo(Configuration.DEFAULT);
  }

  private static GivenFile given(String file) {
    String salt = GivenFile.of("pepper\n").path().toString();
    return GivenFile.of(
        file.replaceAll("/run/secrets/ifmatch-(former-)?salt", salt),
        Map.of(
            "IFMATCH_SALT",
            "pepper",
            "IFMATCH_FORMER_SALT",
            "salz",
            "IFMATCH_TLS_KEY_PASSWORD",
            "hunter2",
            "IFMATCH_ORIGIN_TLS_KEY_PASSWORD",
            "hunter2"));
  }

  /** Files for users beside the reference: the examples, and what the README shows. */
  static Stream<String> otherFiles() throws IOException {
    List<String> files = new ArrayList<>();
    try (DirectoryStream<Path> folder = Files.newDirectoryStream(EXAMPLES, "*.yaml")) {
      for (Path file : folder) {
        files.add(Files.readString(file));
      }
    }
    Matcher block = YAML_BLOCK.matcher(Files.readString(Path.of("README.md")));
    while (block.find()) {
      files.add(block.group(1));
    }
    return files.stream();
  }

  @ParameterizedTest
  @MethodSource("otherFiles")
  void everyOtherFileIsValid(String file) throws IOException {
    assertThat(given(file).read()).isNotEqualTo(Configuration.DEFAULT);
    assertThat(schema().validate(tree(file))).isEmpty();
  }

  @Test
  void everyWordThatAKeyTakesIsExplained() throws IOException {
    String reference = Files.readString(REFERENCE);
    for (JsonNode words : new ObjectMapper().readTree(SCHEMA.toFile()).findValues("enum")) {
      words.forEach(word -> assertThat(reference).containsPattern("\\b" + word.asText() + "\\b"));
    }
  }

  @Test
  void everyKeyIsExplained() throws IOException {
    Set<String> explained = new TreeSet<>();
    for (String file : examples().toList()) {
      collect(tree(file), "", explained);
    }
    assertThat(SchemaPaths.all())
        .filteredOn(path -> !explained.contains(path) && !explained.contains(policyFor(path)))
        .isEmpty();
  }

  /** What policy and routes have in common is explained in one of them. */
  private static String policyFor(String path) {
    return path.startsWith("policy.")
        ? path.replace("policy.", "routes[].")
        : path.replace("routes[].", "policy.");
  }

  /** By YAML 1.2, in which {@code off} is a word. */
  private static JsonNode tree(String file) {
    LoadSettings settings = LoadSettings.builder().setSchema(new JsonSchema()).build();
    return new ObjectMapper().valueToTree(new Load(settings).loadFromString(file));
  }

  private static void collect(JsonNode node, String prefix, Set<String> paths) {
    node.properties()
        .forEach(
            entry -> {
              String path = prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey();
              paths.add(path);
              collect(entry.getValue(), path, paths);
              entry.getValue().elements().forEachRemaining(e -> collect(e, path + "[]", paths));
            });
  }

  @Test
  void theSchemaIsThatOfTheProgram() throws IOException {
    if ("write".equals(System.getProperty("ifmatch.golden"))) {
      Files.writeString(SCHEMA, ConfigurationSchema.text());
    }
    assertThat(Files.readString(SCHEMA))
        .as("to write it anew: " + REWRITE)
        .isEqualTo(ConfigurationSchema.text());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theReferenceConformsToTheSchema(String file) throws IOException {
    assertThat(schema().validate(tree(file))).isEmpty();
  }

  @Test
  void theSchemaFindsWhatIsWrong() throws IOException {
    String wrong =
        """
        {"lock-wait": "5s", "limits": {"lock-wait": "5", "lock-queue": -1, "drain": "${DRAIN}"},
         "policy": {"mode": "requires", "tag": {"salt": "literal"}, "status": {"stale": 500}},
         "routes": [{"methods": ["put"]}]}
        """;
    assertThat(schema().validate(tree(wrong)))
        .extracting(message -> message.getInstanceLocation().toString())
        .contains(
            "$",
            "$.limits.lock-wait",
            "$.limits.lock-queue",
            "$.policy.mode",
            "$.policy.tag.salt",
            "$.policy.status.stale",
            "$.routes[0]",
            "$.routes[0].methods[0]")
        .doesNotContain("$.limits.drain");
  }

  private static com.networknt.schema.JsonSchema schema() throws IOException {
    return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(Files.readString(SCHEMA));
  }
}
