package dev.ifmatch.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The commands that the demo prints, run by bash just as they are printed. */
class CurlStoryTest {

  @Test
  void tellsTheStoryByHandInEveryRound() throws Exception {
    assumeTrue(isInstalled("bash"), "bash is not installed");
    assumeTrue(isInstalled("curl"), "curl is not installed");
    try (Demo demo = DemoFixture.start()) {
      String commands = printedCommands(demo);

      assertThat(commands.lines()).hasSize(3);
      assertThat(statuses(bash(commands))).containsExactly("200", "200", "412");
      assertThat(statuses(bash(commands))).containsExactly("200", "200", "412");
    }
  }

  private static String printedCommands(Demo demo) {
    var printed = new ByteArrayOutputStream();
    demo.announce(new PrintStream(printed, true, StandardCharsets.UTF_8));
    return printed
        .toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("    "))
        .collect(Collectors.joining("\n"));
  }

  private static String bash(String commands) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("bash").redirectErrorStream(true).start();
    try (var in = process.outputWriter()) {
      in.write(commands + "\n");
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static List<String> statuses(String output) {
    return Pattern.compile("HTTP/1\\.1 (\\d{3})")
        .matcher(output)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private static boolean isInstalled(String program) {
    return Pattern.compile(File.pathSeparator)
        .splitAsStream(System.getenv().getOrDefault("PATH", ""))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
