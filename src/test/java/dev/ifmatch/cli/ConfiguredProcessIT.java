package dev.ifmatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar, set up by a file. */
@Timeout(60)
class ConfiguredProcessIT {

  @Test
  void aFileIsObeyed(@TempDir Path folder) throws Exception {
    HttpServer backend =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    backend.createContext(
        "/",
        exchange -> {
          byte[] body = "hello".getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    backend.start();
    try (JarProcess proxy =
        JarProcess.start(List.of(), "--config", file(folder, backend), "--mode", "optional")) {
      assertThat(proxy.readyLine()).contains(" mode=optional routes=1 ");
      assertThat(tag(proxy, "/plain/1")).isEmpty();
      assertThat(tag(proxy, "/other/1")).isPresent();
    } finally {
      backend.stop(0);
    }
  }

  private static String file(Path folder, HttpServer backend) throws IOException {
    String text =
        """
        origin: http://127.0.0.1:%d
        policy: {mode: require}
        routes:
          - path: /plain/{id}
            mode: off
        """;
    Path file = folder.resolve("ifmatch.yaml");
    return Files.writeString(file, text.formatted(backend.getAddress().getPort())).toString();
  }

  private static Optional<String> tag(JarProcess proxy, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(proxy.url() + path)).build();
    return HttpClient.newHttpClient()
        .send(request, BodyHandlers.discarding())
        .headers()
        .firstValue("ETag");
  }
}
