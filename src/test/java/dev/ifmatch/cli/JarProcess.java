package dev.ifmatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The packaged jar, running on a free port. */
final class JarProcess implements AutoCloseable {
  /** SIGHUP, SIGINT and SIGTERM, 1, 2 and 15. */
  private static final long ENDING = 1 | 1 << 1 | 1 << 14;

  private static final Pattern LISTEN = Pattern.compile("listen=(\\S+)");

  private final Process process;
  private final BufferedReader log;
  private final String ready;

  private JarProcess(Process process) throws IOException {
    this.process = process;
    this.log = process.errorReader(UTF_8);
    this.ready = log.readLine();
  }

  /** Starts it, and returns when it says that it is ready. */
  static JarProcess start(List<String> jvmFlags, String... arguments) throws IOException {
    List<String> java = new ArrayList<>(jvmFlags);
    java.addAll(List.of("-jar", System.getProperty("ifmatch.jar")));
    return startBy(java, arguments);
  }

  /** The same, where what is for {@code java} itself names the jar, too. */
  static JarProcess startBy(List<String> java, String... arguments) throws IOException {
    List<String> command = command(java);
    command.addAll(List.of("--listen", "127.0.0.1:0"));
    command.addAll(List.of(arguments));
    return new JarProcess(new ProcessBuilder(command).start());
  }

  /** The command that starts this Java, with signals as they are where nobody has changed them. */
  static List<String> command(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (ignoresSignals()) {
      command.addAll(List.of("env", "--default-signal=HUP,INT,TERM"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    return command;
  }

  /**
   * Whether these tests ignore one that a process can be ended by, and hand that on: under {@code
   * nohup}, or in the background.
   */
  private static boolean ignoresSignals() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .map(line -> line.substring("SigIgn:".length()).trim())
          .anyMatch(ignored -> (Long.parseUnsignedLong(ignored, 16) & ENDING) != 0);
    }
  }

  /** The line that it printed first. */
  String readyLine() {
    return ready;
  }

  /** What it prints next. */
  String nextLine() throws IOException {
    return log.readLine();
  }

  String url() {
    Matcher listen = LISTEN.matcher(ready);
    assertThat(listen.find()).as(ready).isTrue();
    return listen.group(1);
  }

  InetSocketAddress address() {
    URI uri = URI.create(url());
    return new InetSocketAddress(uri.getHost(), uri.getPort());
  }

  /** Sends SIGTERM; {@link Process#destroy} would also close the streams that are read here. */
  void terminate() {
    assertThat(process.toHandle().destroy()).isTrue();
  }

  /** Sends a signal: {@code HUP}. */
  void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start();
    assertThat(kill.waitFor()).as("kill -%s", name).isZero();
  }

  int exitCode() throws InterruptedException {
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("it has ended").isTrue();
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    log.close();
  }
}
