package dev.ifmatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar, whose configuration file is changed under it. */
@Timeout(60)
class ReloadIT {
  @TempDir Path folder;
  private NaiveServer backend;
  private Path file;

  @BeforeEach
  void startBackend() throws IOException {
    backend = new NaiveServer();
    backend.on("/a", (exchange, count) -> NaiveServer.send(exchange, 200, "{\"n\":1}"));
    file = folder.resolve("ifmatch.yaml");
  }

  @AfterEach
  void stopBackend() {
    backend.close();
  }

  /** Replaces the file as a whole, as careful editors do. */
  private void write(String... lines) throws IOException {
    Path other = folder.resolve("other");
    Files.writeString(other, "origin: " + backend.url() + "\n" + String.join("\n", lines) + "\n");
    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private JarProcess start(String... more) throws IOException {
    String[] arguments = new String[more.length + 2];
    arguments[0] = "--config";
    arguments[1] = file.toString();
    System.arraycopy(more, 0, arguments, 2, more.length);
    return JarProcess.start(List.of(), arguments);
  }

  private static Optional<String> tag(JarProcess proxy) throws Exception {
    return get(proxy).headers().firstValue("ETag");
  }

  private static HttpResponse<String> get(JarProcess proxy) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(proxy.url() + "/a")).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  @Test
  void sighupHasAFileReadAndSaysWhatCameOfIt() throws Exception {
    write("reload: {watch: false}");
    try (JarProcess proxy = start()) {
      assertThat(tag(proxy)).isPresent();
      write("reload: {watch: false}", "policy: {mode: off}", "routes: [{path: /b}]");
      proxy.signal("HUP");
      assertThat(proxy.nextLine())
          .endsWith(file + " (SIGHUP): reloaded, 1 route; changed: policy.mode, routes");
      assertThat(tag(proxy)).isEmpty();
      proxy.signal("HUP");
      assertThat(proxy.nextLine()).endsWith("(SIGHUP): reloaded, 1 route; changed: nothing");
      proxy.terminate();
      assertThat(proxy.exitCode()).isEqualTo(ExitCode.OK);
    }
  }

  @Test
  void aFileThatIsNotValidChangesNothing() throws Exception {
    write("policy: {mode: off}");
    try (JarProcess proxy = start()) {
      write("policy: {mode: of}");
      proxy.signal("HUP");
      assertThat(proxy.nextLine()).endsWith("(SIGHUP): not reloaded, nothing has changed");
      assertThat(proxy.nextLine())
          .isEqualTo(
              "ifmatch: %s:2:16: 'of' is not one of off, observe, optional, require"
                  .formatted(file));
      assertThat(proxy.nextLine()).endsWith("2 | policy: {mode: of}");
      assertThat(proxy.nextLine()).endsWith("^^");
      assertThat(tag(proxy)).isEmpty();
    }
  }

  @Test
  void aChangedFileIsNoticed() throws Exception {
    write("reload: {interval: 20ms}");
    try (JarProcess proxy = start()) {
      write("reload: {interval: 20ms}", "policy: {mode: off}", "limits: {drain: 2s, grace: 1s}");
      assertThat(proxy.nextLine())
          .endsWith(
              "(changed): reloaded, 0 routes; changed: policy.mode, limits.grace, limits.drain");
      assertThat(tag(proxy)).isEmpty();
    }
  }

  @Test
  void whatNeedsANewStartIsNamed() throws Exception {
    write();
    try (JarProcess proxy = start("--lock-wait", "3s")) {
      Files.writeString(
          file, "{origin: 'http://127.0.0.1:1', limits: {lock-wait: 4s}, policy: {mode: off}}");
      proxy.signal("HUP");
      assertThat(proxy.nextLine()).endsWith("reloaded, 0 routes; changed: policy.mode");
      assertThat(proxy.nextLine()).endsWith("a new start is needed for origin");
      assertThat(get(proxy).body()).as("from where it always came").isEqualTo("{\"n\":1}");
    }
  }

  @Test
  void warningsAreToldAndTheLogLevelChanges() throws Exception {
    write("reload: {watch: false}");
    try (JarProcess proxy = start()) {
      write("reload: {watch: false}", "log-level: debug", "policy: {tag: {hash: md5}}");
      proxy.signal("HUP");
      assertThat(proxy.nextLine()).endsWith("changed: log-level, policy.tag.hash");
      assertThat(proxy.nextLine()).contains("/** (policy): hash md5 is broken");
      HttpRequest put =
          HttpRequest.newBuilder(URI.create(proxy.url() + "/a"))
              .PUT(HttpRequest.BodyPublishers.ofString("new"))
              .build();
      HttpClient.newHttpClient().send(put, BodyHandlers.discarding());
      assertThat(proxy.nextLine()).contains("DEBUG").contains("428");
    }
  }

  @Test
  void theFormerSaltsTagsAreAcceptedForAWhile() throws Exception {
    Path salt = Files.writeString(folder.resolve("salt"), "one");
    Path former = Files.writeString(folder.resolve("former"), "one");
    String tag = "policy: {tag: {salt-file: %s, former-salt-file: %s}}".formatted(salt, former);
    write("reload: {interval: 20ms, salt-grace: 24h}", tag);
    try (JarProcess proxy = start()) {
      String before = tag(proxy).orElseThrow();
      Files.writeString(salt, "two");
      assertThat(proxy.nextLine()).endsWith("(changed): reloaded, 0 routes; changed: policy.tag");
      assertThat(tag(proxy)).isPresent().get().isNotEqualTo(before);
      assertThat(statusOfGet(proxy, before)).isEqualTo(200);
      write("reload: {interval: 20ms, salt-grace: 1ms}", tag);
      assertThat(proxy.nextLine()).endsWith("changed: reload.salt-grace");
      assertThat(statusOfGet(proxy, before)).isEqualTo(412);
    }
  }

  private static int statusOfGet(JarProcess proxy, String ifMatch) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(proxy.url() + "/a")).header("If-Match", ifMatch).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }

  /** It may mean that the terminal was closed. */
  @Test
  void withoutAFileSighupEndsIt() throws Exception {
    try (JarProcess proxy = JarProcess.start(List.of(), backend.url())) {
      proxy.signal("HUP");
      assertThat(proxy.exitCode()).isEqualTo(ExitCode.OK);
    }
  }
}
