package dev.ifmatch.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the packaged program is started so that it starts fast and stays small: with flags, and with
 * an archive of the classes that it loads. Since Java 25 that is an AOT cache, which also holds
 * what was learned about their methods; before, a CDS archive.
 *
 * @param feature the Java's version: 17, 25
 * @param jar the program
 * @param given flags that were asked for, which win
 */
record Launch(int feature, Path jar, List<String> given) {
  private static final int FIRST_WITH_AOT_CACHE = 25;
  private static final int FIRST_THAT_ASKS_ABOUT_UNSAFE = 23;
  private static final List<String> ARCHIVES =
      List.of(
          "-XX:AOTCache=",
          "-XX:AOTCacheOutput=",
          "-XX:SharedArchiveFile=",
          "-XX:ArchiveClassesAtExit=");
  private static final List<String> FLAGS =
      List.of(
          "-XX:+IgnoreUnrecognizedVMOptions", // an older Java starts it all the same
          "-Xms16m",
          "-Xmx128m",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:TrimNativeHeapInterval=1000", // what compiling took is given back
          "-XX:-UsePerfData");

  /** Where the archive is: beside the jar. */
  Path archive() {
    return beside(hasCache() ? ".aot" : ".jsa");
  }

  /** Where the arguments for {@code java} are: beside the jar. */
  Path argumentFile() {
    return beside(".args");
  }

  /** The arguments with which the program makes an archive when it ends. */
  List<String> recording(Path archive) {
    return arguments((hasCache() ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + archive);
  }

  /** The arguments with which the program uses its archive. */
  List<String> arguments() {
    return arguments((hasCache() ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + archive());
  }

  /** The same as lines of a file, where a word may have spaces in it. */
  List<String> argumentLines() {
    return arguments().stream()
        .map(word -> "\"" + word.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
        .toList();
  }

  private List<String> arguments(String archiving) {
    List<String> arguments = new ArrayList<>(FLAGS);
    if (given.stream().noneMatch(flag -> flag.matches("-XX:\\+Use\\w+GC"))) {
      arguments.add("-XX:+UseSerialGC");
    }
    if (feature >= FIRST_THAT_ASKS_ABOUT_UNSAFE) {
      arguments.add("--sun-misc-unsafe-memory-access=allow"); // Netty's buffers are faster with it
    }
    for (String flag : given) {
      if (!arguments.contains(flag) && ARCHIVES.stream().noneMatch(flag::startsWith)) {
        arguments.add(flag);
      }
    }
    arguments.addAll(List.of(archiving, "-jar", jar.toString()));
    return arguments;
  }

  private boolean hasCache() {
    return feature >= FIRST_WITH_AOT_CACHE;
  }

  private Path beside(String ending) {
    String name = jar.getFileName().toString();
    return jar.resolveSibling(name.replaceFirst("\\.jar$", "") + ending);
  }
}
