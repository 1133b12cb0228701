package dev.ifmatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The arguments that a Java is started with, by its version. */
class LaunchTest {
  private static final Path JAR = Path.of("/app/ifmatch.jar");

  @Test
  void before25TheArchiveIsOfClasses() {
    Launch launch = new Launch(17, JAR, List.of());
    assertThat(launch.archive()).hasToString("/app/ifmatch.jsa");
    assertThat(launch.recording(Path.of("/app/x"))).contains("-XX:ArchiveClassesAtExit=/app/x");
    assertThat(launch.arguments())
        .contains("-XX:SharedArchiveFile=/app/ifmatch.jsa", "-XX:+UseSerialGC", "-Xmx128m")
        .doesNotContain("--sun-misc-unsafe-memory-access=allow")
        .endsWith("-jar", "/app/ifmatch.jar");
  }

  @Test
  void since25ItIsAnAotCache() {
    Launch launch = new Launch(25, JAR, List.of());
    assertThat(launch.archive()).hasToString("/app/ifmatch.aot");
    assertThat(launch.recording(Path.of("/app/x"))).contains("-XX:AOTCacheOutput=/app/x");
    assertThat(launch.arguments())
        .contains("-XX:AOTCache=/app/ifmatch.aot", "--sun-misc-unsafe-memory-access=allow");
  }

  @Test
  void theArgumentsStandBesideTheJarUnderItsName() {
    assertThat(new Launch(17, Path.of("/a.jar/b-1.2.jar"), List.of()).argumentFile())
        .hasToString("/a.jar/b-1.2.args");
  }

  @Test
  void flagsThatAreAskedForComeLastAndSoWin() {
    List<String> arguments = new Launch(17, JAR, List.of("-Xmx256m", "-Da=b")).arguments();
    assertThat(arguments).containsSubsequence("-Xmx128m", "-Xmx256m", "-Da=b", "-jar");
  }

  @Test
  void aWordOfTheFileMayHaveSpacesInIt() {
    Launch launch = new Launch(17, Path.of("/a folder/ifmatch.jar"), List.of("-Da=\"\\"));
    assertThat(launch.argumentLines())
        .contains("\"-Xmx128m\"", "\"-Da=\\\"\\\\\"")
        .endsWith("\"-jar\"", "\"/a folder/ifmatch.jar\"");
  }

  @Test
  void anotherCollectorTakesTheSerialOnesPlace() {
    assertThat(new Launch(17, JAR, List.of("-XX:+UseG1GC")).arguments())
        .contains("-XX:+UseG1GC")
        .doesNotContain("-XX:+UseSerialGC");
  }

  @Test
  void startedFromItsOwnFileItComesToTheSameFile() {
    Launch first = new Launch(25, JAR, List.of("-Xmx256m"));
    List<String> flags = first.arguments().subList(0, first.arguments().size() - 2);
    assertThat(new Launch(25, JAR, flags).arguments())
        .containsExactlyInAnyOrderElementsOf(first.arguments())
        .containsSubsequence("-Xmx128m", "-Xmx256m");
  }
}
