package dev.ifmatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.ifmatch.config.Configuration;
import dev.ifmatch.config.ConfigurationFile;
import dev.ifmatch.policy.RouteLint;
import dev.ifmatch.transport.Origin;
import dev.ifmatch.transport.ProxyServer;
import dev.ifmatch.transport.ProxySettings;
import dev.ifmatch.transport.ProxySettings.HostField;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The example configurations, each before a backend of the kind that it is for. */
class ExamplesTest {
  private static final Path FOLDER = Path.of("config/examples");
  private static final String JSON = "application/json";

  private final HttpClient client = HttpClient.newHttpClient();
  private ExampleBackend backend;
  private ProxyServer proxy;

  static Stream<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return List.copyOf(files.toList()).stream();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void isValidAndHasNothingThatCannotWork(Path example) throws Exception {
    Configuration configuration = ConfigurationFile.read(example, Map.of());

    assertThat(configuration.origins()).isNotEmpty();
    assertThat(RouteLint.warnings(configuration.table())).isEmpty();
  }

  @AfterEach
  void stop() {
    if (proxy != null) {
      proxy.close();
      backend.close();
    }
  }

  private void start(String example, String state, ExampleBackend.Behaviour behaviour)
      throws Exception {
    Configuration configuration = ConfigurationFile.read(FOLDER.resolve(example), Map.of());
    backend = new ExampleBackend(state, behaviour);
    proxy =
        ProxyServer.start(
            new ProxySettings(
                Origin.parse(backend.url()),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                configuration.table(),
                configuration.limits(),
                configuration.http2(),
                HostField.CLIENT),
            new LoggingListener());
  }

  private HttpResponse<String> send(String method, String path, String body, String... fields)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.address().getPort() + path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", JSON);
    }
    if (fields.length > 0) {
      request.headers(fields);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private String tag(String path, String... fields) throws IOException, InterruptedException {
    return send("GET", path, "", fields).headers().firstValue("ETag").orElse("none");
  }

  @Test
  void django() throws Exception {
    AtomicInteger views = new AtomicInteger();
    start(
        "django.yaml",
        "{\"id\":1,\"title\":\"Old\"",
        new ExampleBackend.Behaviour() {
          @Override
          public String read(String state, HttpExchange exchange) {
            exchange.getResponseHeaders().set("Vary", "Accept, Cookie");
            String accept = String.valueOf(exchange.getRequestHeaders().getFirst("Accept"));
            if (accept.contains("text/html")) {
              exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
              return "<h1>" + state + "</h1>";
            }
            int n = views.incrementAndGet();
            return state + ",\"views\":" + n + ",\"updated_at\":\"" + System.nanoTime() + "\"}";
          }

          @Override
          public String write(String state, String sent, HttpExchange exchange) {
            return sent.substring(0, sent.length() - 1);
          }
        });
    String path = "/api/articles/1/";
    String json = tag(path, "Accept", JSON);
    String html = tag(path, "Accept", "text/html");

    assertThat(json).startsWith("\"application/json~").isEqualTo(tag(path, "Accept", JSON));
    assertThat(html).startsWith("\"text/html~");
    HttpResponse<String> saved =
        send("PUT", path, "{\"id\":1,\"title\":\"First\"}", "If-Match", json);
    assertThat(saved.statusCode()).isEqualTo(200);
    assertThat(saved.headers().firstValue("ETag")).contains(tag(path, "Accept", JSON));
    assertThat(send("PUT", path, "{\"id\":1}", "If-Match", json).statusCode()).isEqualTo(412);
    assertThat(send("PUT", path, "{\"id\":1}", "If-Match", html).statusCode()).isEqualTo(412);
    HttpResponse<String> without = send("PUT", path, "{\"id\":1}");
    assertThat(without.statusCode()).isEqualTo(412);
    assertThat(without.body()).contains("\"reason\":\"missing\"");
    assertThat(send("PUT", "/admin/x", "{\"id\":1}").statusCode()).isEqualTo(200);
    assertThat(send("PUT", "/api/reports/x", "{\"id\":1}").statusCode()).isEqualTo(200);
    assertThat(backend.written())
        .containsExactly("PUT " + path, "PUT /admin/x", "PUT /api/reports/x");
  }

  @Test
  void dotnet() throws Exception {
    start("dotnet.yaml", "{\"id\":42,\"name\":\"Old\"}", new Stored());
    String path = "/api/customers/42";
    String before = tag(path);

    assertThat(send("PUT", path, "{\"name\":\"Old\", \"id\":42}", "If-Match", before).statusCode())
        .isEqualTo(304);
    assertThat(backend.written()).isEmpty();
    String ada = "{\"id\":42,\"name\":\"Ada\"}";
    assertThat(send("PUT", path, ada, "If-Match", before.replace("\"", "")).statusCode())
        .isEqualTo(200);
    assertThat(send("PUT", path, ada, "If-Match", before).statusCode())
        .as("a retry")
        .isEqualTo(204);
    String grace = "{\"id\":42,\"name\":\"Grace\"}";
    HttpResponse<String> stale = send("PUT", path, grace, "If-Match", before);
    assertThat(stale.statusCode()).isEqualTo(409);
    assertThat(stale.body()).contains("\"reason\":\"stale\"", "\"changed\":[\"/name\"]");
    HttpResponse<String> shown =
        send("PUT", path, grace, "If-Match", before, "Prefer", "return=representation");
    assertThat(shown.statusCode()).isEqualTo(409);
    assertThat(shown.body()).isEqualTo(ada);
    HttpResponse<String> missing = send("DELETE", path, "");
    assertThat(missing.statusCode()).isEqualTo(400);
    assertThat(missing.body()).contains("\"reason\":\"missing\"");
    assertThat(backend.written()).containsExactly("PUT " + path);
  }

  @Test
  void orders() throws Exception {
    start("orders.yaml", "{\"id\":7,\"state\":\"new\"}", new Stored());
    String order = "/orders/7";
    String before = tag(order);

    HttpResponse<String> line =
        send("PUT", order + "/lines/2", "{\"product\":\"pen\"}", "If-Match", before);
    assertThat(line.statusCode()).isEqualTo(200);
    assertThat(line.headers().firstValue("Guard-ETag")).contains(tag(order));
    assertThat(line.headers().firstValue("Guard-Location")).contains(order);
    assertThat(tag(order + "/lines/2")).isEqualTo("none");
    assertThat(send("POST", order + "/approve", "", "If-Match", before).statusCode())
        .isEqualTo(412);
    assertThat(send("POST", order + "/approve", "", "If-Match", tag(order)).statusCode())
        .isEqualTo(200);
    assertThat(send("POST", order + "/approve", "").statusCode()).isEqualTo(428);
    assertThat(send("PUT", order, "{\"id\":7}", "If-Match", "*").statusCode()).isEqualTo(428);
    assertThat(backend.written())
        .containsExactly("PUT " + order + "/lines/2", "POST " + order + "/approve");
  }

  /** Stores what it is sent; an action leaves its mark. */
  private static final class Stored implements ExampleBackend.Behaviour {
    @Override
    public String read(String state, HttpExchange exchange) {
      return state;
    }

    @Override
    public String write(String state, String sent, HttpExchange exchange) {
      String path = exchange.getRequestURI().getPath();
      return sent.isEmpty() ? "{\"done\":\"" + path + "\"}" : sent;
    }
  }
}
