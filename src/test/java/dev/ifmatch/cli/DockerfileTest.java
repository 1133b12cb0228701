package dev.ifmatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that the Dockerfile names exists: no container engine is needed to see it rot. */
class DockerfileTest {
  @Test
  void whatItCopiesFromTheSourceTreeExists() throws IOException {
    List<String> sources =
        instructions()
            .filter(line -> line.startsWith("COPY ") && !line.contains("--from="))
            .map(line -> line.split(" "))
            .flatMap(words -> Arrays.stream(words, 1, words.length - 1))
            .toList();

    assertThat(sources).contains("pom.xml", "src").allSatisfy(s -> assertThat(Path.of(s)).exists());
  }

  @Test
  void itCopiesAndStartsTheJarThatThePomMakes() throws IOException {
    var finalName = Pattern.compile("<finalName>(.+)</finalName>");
    var pom = finalName.matcher(Files.readString(Path.of("pom.xml")));
    assertThat(pom.find()).isTrue();
    String jar = pom.group(1) + ".jar";

    Launch launch = new Launch(25, Path.of("/app", jar), List.of());

    assertThat(instructions())
        .containsSubsequence(
            "COPY --from=build /build/target/" + jar + " /app/" + jar,
            "RUN [\"java\", \"-Djava.library.path=/app/native\", \"-jar\", \"/app/%s\", \"archive\"]"
                .formatted(jar),
            "ENTRYPOINT [\"java\", \"@%s\"]".formatted(launch.argumentFile()));
  }

  @Test
  void theClassesItNamesExist() throws IOException {
    List<String> classes =
        javaCommands().flatMap(List::stream).filter(w -> w.startsWith("dev.ifmatch.")).toList();

    assertThat(classes).isNotEmpty().allSatisfy(name -> assertThat(Class.forName(name)).isFinal());
  }

  @ParameterizedTest
  @MethodSource("flags")
  void theVirtualMachineKnowsItsFlag(String flag) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(java, flag, "-version")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).isZero();
  }

  static Stream<String> flags() throws IOException {
    return javaCommands()
        .flatMap(
            words -> words.stream().skip(1).takeWhile(w -> !List.of("-cp", "-jar").contains(w)))
        .filter(word -> !word.startsWith("@"))
        .distinct();
  }

  /** The argument lists of RUN, ENTRYPOINT and HEALTHCHECK that start Java, which are JSON. */
  private static Stream<List<String>> javaCommands() throws IOException {
    var json = new ObjectMapper();
    return instructions()
        .filter(line -> line.contains("[\"java\""))
        .map(
            line -> {
              try {
                return List.of(json.readValue(line.substring(line.indexOf('[')), String[].class));
              } catch (IOException e) {
                throw new AssertionError(line, e);
              }
            });
  }

  /** The instructions, each joined to one line, without comments. */
  private static Stream<String> instructions() throws IOException {
    String text = Files.readString(Path.of("Dockerfile"));
    return text.replaceAll("(?m)^#.*\\R", "").replaceAll("\\\\\\R\\s*", "").lines();
  }
}
