package dev.ifmatch.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ifmatch archive}: makes what the program starts fast with. */
@Command(
    name = "archive",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    usageHelpWidth = 90,
    header = {
      "Let this Java start ifmatch in half the time, and in little memory: makes an archive of",
      "its classes and a file of arguments for java, both beside the jar."
    },
    synopsisHeading = "%nUsage: ",
    customSynopsis = "java [FLAGS] -jar ifmatch.jar archive",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  java -jar ifmatch.jar archive",
      "  java -Xmx256m -jar ifmatch.jar archive      its flags stand in the file, too",
      "  java @ifmatch.args http://localhost:3000    start with both",
      "",
      "Make them anew after an update of Java or of the jar; until then it starts as without.",
      "Exit codes: 0 made, 1 failure."
    })
final class ArchiveCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<String> flags = ManagementFactory.getRuntimeMXBean().getInputArguments();
    Launch launch = new Launch(Runtime.version().feature(), jar(), flags);
    if (!Files.isWritable(launch.jar().getParent())) {
      throw new IOException("cannot write beside the jar, in " + launch.jar().getParent());
    }
    record(launch);
    Files.write(launch.argumentFile(), launch.argumentLines());
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s is made, for Java %s. Start with it:%n%n  java @%s http://localhost:3000%n",
        launch.archive(), Runtime.version(), launch.argumentFile());
    out.flush();
    return ExitCode.OK;
  }

  /** Makes the archive under another name first: Java may stumble over half of one. */
  private static void record(Launch launch) throws IOException, InterruptedException {
    Path half = launch.archive().resolveSibling(launch.archive().getFileName() + ".new");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        new ArrayList<>(List.of(java, "-Xlog:disable", "-Xlog:all=error:stderr"));
    command.addAll(launch.recording(half));
    Rehearsal.run(command);
    if (!Files.exists(half)) {
      throw new IOException("this Java makes no archive of " + launch.jar());
    }
    Files.move(half, launch.archive(), StandardCopyOption.REPLACE_EXISTING);
  }

  /** The jar that this is run from. */
  private static Path jar() throws IOException {
    try {
      Path source =
          Path.of(ArchiveCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (!Files.isRegularFile(source)) {
        throw new IOException("only a jar can have an archive, not the folder " + source);
      }
      return source.toRealPath();
    } catch (URISyntaxException e) {
      throw new IOException("the program does not know where its jar is", e);
    }
  }
}
