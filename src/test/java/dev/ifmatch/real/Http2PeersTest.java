package dev.ifmatch.real;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ifmatch.concurrency.ProxyFixture;
import dev.ifmatch.demo.DemoBackend;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients of HTTP/2 that others wrote. */
@Timeout(60)
class Http2PeersTest {
  private static final Pattern TAG = Pattern.compile("(?m)^etag: (.*?)\r?$");

  private static DemoBackend backend;
  private static ProxyFixture proxy;
  private static String url;

  @BeforeAll
  static void start() throws IOException {
    backend = DemoBackend.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    proxy = ProxyFixture.inFrontOf(backend.address().getPort());
    url = "http://127.0.0.1:%d/api/documents/1".formatted(proxy.port());
  }

  @AfterAll
  static void stop() {
    proxy.close();
    backend.close();
  }

  private static String run(String program, String... arguments)
      throws IOException, InterruptedException {
    assumeTrue(ServerProcess.find(program).isPresent(), "skipped: needs " + program);
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    command.add(url);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static String curl(String... arguments) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("-sS", "-i", "--http2-prior-knowledge"));
    all.addAll(List.of(arguments));
    return run("curl", all.toArray(String[]::new));
  }

  @Test
  void curlReadsAndWrites() throws IOException, InterruptedException {
    String read = curl();
    assertThat(read).startsWith("HTTP/2 200");
    Matcher tag = TAG.matcher(read);
    assertThat(tag.find()).isTrue();
    String[] write = {
      "-X", "PUT", "-d", "{\"title\":\"by curl\"}", "-H", "content-type: application/json"
    };
    assertThat(curl(write)).startsWith("HTTP/2 428");
    List<String> checked = new ArrayList<>(List.of(write));
    checked.addAll(List.of("-H", "if-match: " + tag.group(1)));
    assertThat(curl(checked.toArray(String[]::new))).startsWith("HTTP/2 200");
    assertThat(curl(checked.toArray(String[]::new))).startsWith("HTTP/2 412");
    assertThat(curl("-I")).startsWith("HTTP/2 200");
  }

  @Test
  void h2loadReadsALot() throws IOException, InterruptedException {
    String report = run("h2load", "-n", "2000", "-c", "4", "-m", "50");
    assertThat(report).contains("2000 succeeded, 0 failed, 0 errored, 0 timeout");
  }
}
