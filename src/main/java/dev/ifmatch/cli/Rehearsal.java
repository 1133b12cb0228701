package dev.ifmatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ifmatch.demo.DemoBackend;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A short life of the proxy as a process of its own, before the demo's backend: it is asked some of
 * everything, so that its Java learns what its next lives will need.
 */
final class Rehearsal {
  private static final Pattern LISTEN = Pattern.compile("listen=(\\S+)");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Each kind of request is met often enough for its code to be compiled. */
  private static final int ROUNDS = 100;

  private static final String LONG_AGO = "Sun, 06 Nov 1994 08:49:37 GMT";
  private static final String CONFIGURATION =
      """
      routes:
        - path: /api/orders/{id}
          tag: {form: json, ignore: [/status]}
          conflict: {changes: true}
      """;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String proxy;

  private Rehearsal(String proxy) {
    this.proxy = proxy;
  }

  /**
   * Starts the proxy, asks it, and ends it.
   *
   * @param java the command that starts the program, as yet without its own arguments
   * @throws IOException if it does not do what is expected; the message has its last words
   */
  static void run(List<String> java) throws IOException, InterruptedException {
    Path configuration = Files.createTempFile("ifmatch-", ".yaml");
    try (DemoBackend backend =
        DemoBackend.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      Files.writeString(configuration, CONFIGURATION);
      List<String> command = new ArrayList<>(java);
      command.add("http://127.0.0.1:" + backend.address().getPort());
      command.addAll(List.of("--listen", "127.0.0.1:0", "--config", configuration.toString()));
      Process process = start(command);
      try (BufferedReader log = process.errorReader(UTF_8)) {
        new Rehearsal(listen(log)).askAll();
        process.toHandle().destroy(); // SIGTERM; that of Process would close the streams, too
        String last = String.join(System.lineSeparator(), log.lines().toList());
        if (process.waitFor() != 0) {
          throw new IOException(last);
        }
      } finally {
        process.destroyForcibly();
      }
    } finally {
      Files.delete(configuration);
    }
  }

  private static Process start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(Redirect.DISCARD);
    builder.environment().keySet().removeIf(name -> name.startsWith("IFMATCH_"));
    return builder.start();
  }

  private static String listen(BufferedReader log) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      Matcher listen = LISTEN.matcher(line);
      if (listen.find()) {
        return listen.group(1);
      }
      lines.add(line);
    }
    throw new IOException(String.join(System.lineSeparator(), lines));
  }

  private void askAll() throws IOException, InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      edit("/api/documents/1", "{\"title\":\"round %d\",\"body\":\"%d\"}".formatted(round, round));
      edit("/api/orders/1", "{\"item\":\"Notebook\",\"quantity\":%d}".formatted(round));
    }
    String large = "{\"body\":\"%s\"}".formatted("large ".repeat(20_000));
    String created =
        ask("POST", "/api/documents", BodyPublishers.ofString(large))
            .headers()
            .firstValue("Location")
            .orElseThrow(() -> new IOException("the backend does not say what it created"));
    edit(created, large);
    ask("DELETE", created, BodyPublishers.noBody(), "If-Match", "*");
    ask("GET", created, BodyPublishers.noBody());
  }

  /** Reads a resource, and writes it as somebody does who is fast, slow, or does not care. */
  private void edit(String path, String content) throws IOException, InterruptedException {
    BodyPublisher body = BodyPublishers.ofString(content);
    String tag =
        ask("GET", path, BodyPublishers.noBody())
            .headers()
            .firstValue("ETag")
            .orElseThrow(() -> new IOException("an answer has no ETag"));
    ask("HEAD", path, BodyPublishers.noBody(), "If-Modified-Since", LONG_AGO);
    ask("GET", path, BodyPublishers.noBody(), "If-None-Match", tag);
    ask("PUT", path, body, "If-Match", tag);
    ask("PUT", path, body, "If-Match", "\"" + path + "\"");
    ask("PUT", path, body);
  }

  private HttpResponse<byte[]> ask(String method, String path, BodyPublisher body, String... fields)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(proxy + path)).timeout(PATIENCE).method(method, body);
    if (fields.length > 0) {
      request.headers(fields);
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }
}
