package dev.ifmatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.ifmatch.transport.tls.Identity;
import dev.ifmatch.transport.tls.Pki;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged jar, with TLS and without. */
@Timeout(60)
class TlsProcessIT {
  private HttpServer backend;

  @TempDir Path folder;

  @BeforeEach
  void startBackend() throws IOException {
    backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    backend.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] body = "hello".repeat(100_000).getBytes(UTF_8);
          exchange.sendResponseHeaders(200, 0); // in chunks
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    backend.start();
  }

  @AfterEach
  void stopBackend() {
    backend.stop(0);
  }

  private JarProcess proxy(String... more) throws IOException {
    return proxy(List.of(), more);
  }

  private JarProcess proxy(List<String> flags, String... more) throws IOException {
    Identity identity = Pki.write(folder, Pki.issued("CN=proxy"));
    String[] words = {
      "http://127.0.0.1:" + backend.getAddress().getPort(),
      "--tls-certificate",
      identity.certificate().orElseThrow().toString(),
      "--tls-key",
      identity.key().orElseThrow().toString()
    };
    String[] all = java.util.Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return JarProcess.start(flags, all);
  }

  /** With BoringSSL, where its library loads, and with Java's own TLS, where it does not. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aReadAndAWrite(boolean noOpenSsl) throws Exception {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(Pki.peer(Pki.CA, Optional.empty()))
            .build();
    try (JarProcess proxy = proxy(List.of("-Dio.netty.handler.ssl.noOpenSsl=" + noOpenSsl))) {
      assertThat(proxy.url()).startsWith("https://");
      URI uri = URI.create(proxy.url() + "/a");
      String tag =
          client
              .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
              .headers()
              .firstValue("ETag")
              .orElseThrow();
      HttpRequest put =
          HttpRequest.newBuilder(uri)
              .header("If-Match", tag)
              .PUT(HttpRequest.BodyPublishers.ofString("new"))
              .build();
      assertThat(client.send(put, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
  }

  /** To HTTP/1.0 only the connection's end tells the answer's: curl insists that TLS says so. */
  @Test
  void curlTakesAnAnswerThatEndsWithTheConnection() throws Exception {
    try (JarProcess proxy = proxy("--tag-buffer", "1KiB")) {
      String url = proxy.url().replace("127.0.0.1", "localhost") + "/a";
      String ca = Pki.writeCa(folder, Pki.CA).toString();
      Output curl = output("curl", "-sS", "--http1.0", "--cacert", ca, url);
      assertThat(curl.text()).hasSize(500_000);
      assertThat(curl.exit()).isZero();
    }
  }

  @Test
  void opensslVerifiesTheChain() throws Exception {
    try (JarProcess proxy = proxy()) {
      String ca = Pki.writeCa(folder, Pki.CA).toString();
      String address = "127.0.0.1:" + proxy.address().getPort();
      for (String version : List.of("-tls1_2", "-tls1_3")) {
        Output openssl =
            output(
                "openssl",
                "s_client",
                "-connect",
                address,
                "-CAfile",
                ca,
                "-verify_return_error",
                version);
        assertThat(openssl.text()).contains("Verification: OK");
      }
    }
  }

  private record Output(int exit, String text) {}

  private Output output(String... command) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin", command[0])), "skipped: needs " + command[0]);
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int exit = process.waitFor();
    return new Output(exit, Files.readString(output));
  }

  @Test
  void whoeverDoesNotUseTlsDoesNotLoadIt() throws Exception {
    Path loaded = folder.resolve("classes.txt");
    String url = "http://127.0.0.1:" + backend.getAddress().getPort();
    try (JarProcess proxy = JarProcess.start(List.of("-Xlog:class+load:file=" + loaded), url)) {
      HttpRequest get = HttpRequest.newBuilder(URI.create(proxy.url() + "/a")).build();
      HttpClient.newHttpClient().send(get, BodyHandlers.discarding());
      proxy.terminate();
      assertThat(proxy.exitCode()).isZero();
    }
    assertThat(Files.readString(loaded))
        .contains("dev.ifmatch.transport.ClientHandler")
        .doesNotContain("io.netty.handler.ssl.")
        .doesNotContain("ServerTls")
        .doesNotContain("OriginTls ");
  }
}
