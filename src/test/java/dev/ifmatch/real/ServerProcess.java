package dev.ifmatch.real;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A server program that runs in the foreground for one test class. */
final class ServerProcess implements AutoCloseable {
  private final Process process;
  private final Path output;

  private ServerProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Where a program is: on the path, or where Debian keeps servers. */
  static Optional<Path> find(String program) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(Arrays.stream(path.split(File.pathSeparator, -1)), Stream.of("/usr/sbin"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** A port that nobody listens on. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Starts it and waits until it listens. */
  static ServerProcess start(Path folder, int port, List<String> command) throws IOException {
    Path output = folder.resolve("output.log");
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.redirectOutput(output.toFile());
    ServerProcess server = new ServerProcess(builder.start(), output);
    try {
      await().atMost(20, SECONDS).pollInterval(20, MILLISECONDS).until(() -> server.listens(port));
      return server;
    } catch (RuntimeException late) {
      server.close();
      throw late;
    }
  }

  private boolean listens(int port) throws IOException {
    if (!process.isAlive()) {
      throw new IllegalStateException("it ended at once: " + Files.readString(output, UTF_8));
    }
    try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return probe.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    process.onExit().orTimeout(10, SECONDS).exceptionally(late -> process.destroyForcibly()).join();
  }
}
