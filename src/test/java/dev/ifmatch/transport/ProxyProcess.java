package dev.ifmatch.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program as a process of its own, with limits of its own; its end ends that. */
final class ProxyProcess implements AutoCloseable {
  private static final Pattern LISTEN = Pattern.compile("listen=http://([0-9.]+):([0-9]+)");

  private final Process process;
  private final BufferedReader log;
  private final InetSocketAddress address;

  /** Starts it behind some words for the shell, such as {@code "ulimit -n 100 && "}. */
  ProxyProcess(String before, HostileOrigin origin) throws IOException {
    process =
        new ProcessBuilder(
                "sh",
                "-c",
                before + "exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.ifmatch.cli.Main",
                "--listen",
                "127.0.0.1:0",
                origin.url())
            .start();
    log = process.errorReader(UTF_8);
    String ready = nextLine();
    Matcher listen = LISTEN.matcher(ready);
    assertThat(listen.find()).as(ready).isTrue();
    address = new InetSocketAddress(listen.group(1), Integer.parseInt(listen.group(2)));
  }

  InetSocketAddress address() {
    return address;
  }

  /** What it prints next. */
  String nextLine() throws IOException {
    return String.valueOf(log.readLine());
  }

  /** What a client of it gets, in the words of the table of faults. */
  String told(String request) throws IOException {
    try (RawClient client = new RawClient(address)) {
      return FaultPlay.told(client.send(request), request);
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    log.close();
  }
}
