package dev.ifmatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.demo.DemoBackend;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar and its archive: what it is started with, and which classes it then loads. */
@Timeout(180)
class ArchiveIT {
  @TempDir static Path folder;
  private static Path jar;
  private static Path arguments;
  private static String said;

  @TempDir Path logs;
  private DemoBackend backend;

  @BeforeAll
  static void makeTheArchive() throws Exception {
    jar = folder.resolve("ifmatch.jar");
    arguments = folder.resolve("ifmatch.args");
    Files.copy(Path.of(System.getProperty("ifmatch.jar")), jar);
    said = archive("-Xmx96m", "-jar", jar.toString(), "archive");
  }

  @BeforeEach
  void startBackend() throws IOException {
    backend = DemoBackend.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @AfterEach
  void stopBackend() {
    backend.close();
  }

  @Test
  void itSaysHowToStart() {
    assertThat(said)
        .contains("is made, for Java " + Runtime.version())
        .contains("java @" + arguments + " http://localhost:3000");
  }

  @Test
  void nothingElseIsLeftBehind() throws IOException {
    try (var files = Files.list(jar.getParent())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .satisfiesExactlyInAnyOrder(
              name -> assertThat(name).isEqualTo("ifmatch.jar"),
              name -> assertThat(name).isEqualTo("ifmatch.args"),
              name -> assertThat(name).matches("ifmatch\\.(aot|jsa)"));
    }
  }

  @Test
  void flagsItWasMadeWithStandInTheFile() throws IOException {
    assertThat(Files.readAllLines(arguments)).containsSubsequence("\"-Xmx128m\"", "\"-Xmx96m\"");
  }

  @Test
  void theProgramsClassesComeFromIt() throws Exception {
    List<String> ours =
        classesOfALife(List.of("@" + arguments))
            .filter(line -> line.contains(" dev.ifmatch.") && !isMade(line))
            .toList();
    assertThat(ours)
        .anyMatch(line -> line.contains(" dev.ifmatch.exchange.ReadExchange "))
        .allMatch(line -> line.contains(" shared objects file"));
  }

  @Test
  void withoutItNothingIsLoadedThatIsNotNeeded() throws Exception {
    List<String> java = List.of("-jar", jar.toString());
    assertThat(
            classesOfALife(java)
                .filter(line -> loads(line, "picocli.", "com.fasterxml.", "org.snakeyaml.")))
        .isEmpty();
  }

  @Test
  void aFileIsReadWithClassesFromItToo() throws Exception {
    Path file = Files.writeString(logs.resolve("a.yaml"), "policy: {mode: require}");
    assertThat(
            classesOfALife(List.of("@" + arguments), "--config", file.toString())
                .filter(line -> loads(line, "org.snakeyaml.", "picocli.") && !isMade(line)))
        .isNotEmpty()
        .allMatch(line -> line.contains(" org.snakeyaml.") && line.contains("shared objects file"));
  }

  @Test
  void anArchiveThatDoesNotFitIsLeftAside() throws Exception {
    FileTime made = Files.getLastModifiedTime(jar);
    Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
    try (JarProcess proxy = start()) {
      assertThat(get(proxy)).isEqualTo(200);
    } finally {
      Files.setLastModifiedTime(jar, made);
    }
  }

  @Test
  void itCanBeMadeAnewFromItsOwnFile() throws Exception {
    List<String> before = Files.readAllLines(arguments);
    archive("@" + arguments, "archive");
    assertThat(Files.readAllLines(arguments)).containsExactlyInAnyOrderElementsOf(before);
    try (JarProcess proxy = start()) {
      assertThat(get(proxy)).isEqualTo(200);
    }
  }

  /** What is loaded from the start over the first answer to the end, a line each. */
  private Stream<String> classesOfALife(List<String> java, String... more) throws Exception {
    Path log = Files.createTempFile(logs, "classes", ".log");
    List<String> logging = new ArrayList<>(List.of("-Xlog:class+load:file=" + log));
    logging.addAll(java);
    try (JarProcess proxy = JarProcess.startBy(logging, withBackend(more))) {
      assertThat(get(proxy)).isEqualTo(200);
      proxy.terminate();
      assertThat(proxy.exitCode()).isEqualTo(ExitCode.OK);
    }
    return Files.readAllLines(log).stream();
  }

  private static boolean loads(String line, String... packages) {
    return Stream.of(packages).anyMatch(name -> line.contains(" " + name));
  }

  /** Whether it is no class of a file, but one that is made when a lambda is first met. */
  private static boolean isMade(String line) {
    return line.contains("$$Lambda");
  }

  private JarProcess start() throws IOException {
    return JarProcess.startBy(List.of("@" + arguments), withBackend());
  }

  private String[] withBackend(String... more) {
    List<String> words = new ArrayList<>(List.of(more));
    words.add("http://127.0.0.1:" + backend.address().getPort());
    return words.toArray(String[]::new);
  }

  private static int get(JarProcess proxy) throws Exception {
    URI document = URI.create(proxy.url() + "/api/documents/1");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(document).build(), BodyHandlers.discarding())
        .statusCode();
  }

  private static String archive(String... words) throws Exception {
    Process process =
        new ProcessBuilder(JarProcess.command(List.of(words))).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return text;
  }
}
