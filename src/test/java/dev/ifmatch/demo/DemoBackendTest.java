package dev.ifmatch.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The naive backend by itself: an honest API that lets the last writer win. */
class DemoBackendTest {

  private static final String DRAFT =
      "{\"id\":1,\"title\":\"Release notes: draft\",\"body\":\"Imports keep their"
          + " order.\",\"editor\":\"nobody\"}\n";

  private final HttpClient client = HttpClient.newHttpClient();
  private DemoBackend backend;

  @BeforeEach
  void start() throws IOException {
    backend = DemoBackend.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @AfterEach
  void stop() {
    backend.close();
  }

  @Test
  void readsHaveNoValidators() throws Exception {
    var answer = send("GET", "/api/documents/1", "");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(DRAFT);
    assertThat(answer.headers().map()).doesNotContainKeys("etag", "last-modified");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
  }

  @Test
  void theLastWriterWins() throws Exception {
    send("PUT", "/api/documents/1", "{\"title\":\"final\",\"body\":\"old\"}");
    var second = send("PUT", "/api/documents/1", "{\"title\":\"draft\",\"body\":\"new\"}");

    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(send("GET", "/api/documents/1", "").body())
        .isEqualTo("{\"id\":1,\"title\":\"draft\",\"body\":\"new\"}\n")
        .isEqualTo(second.body());
  }

  @Test
  void aPatchMergesIntoWhatIsStored() throws Exception {
    var answer =
        send(
            "PATCH",
            "/api/orders/1",
            "{\"status\":\"packed\",\"quantity\":null,\"to\":{\"city\":\"Ulm\"}}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"id\":1,\"item\":\"Notebook\",\"status\":\"packed\",\"to\":{\"city\":\"Ulm\"}}\n");
  }

  @Test
  void aPostCreatesUnderTheNextNumber() throws Exception {
    var answer = send("POST", "/api/orders", "{\"id\":99,\"item\":\"Eraser\"}");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.headers().firstValue("Location")).contains("/api/orders/3");
    assertThat(send("GET", "/api/orders/3", "").body())
        .isEqualTo("{\"id\":3,\"item\":\"Eraser\"}\n");
  }

  @Test
  void aPutCreatesWhatIsMissingAndADeleteRemovesIt() throws Exception {
    assertThat(send("PUT", "/api/documents/7", "{}").statusCode()).isEqualTo(201);
    assertThat(send("PUT", "/api/documents/7", "{}").statusCode()).isEqualTo(200);
    assertThat(send("DELETE", "/api/documents/7", "").statusCode()).isEqualTo(204);
    assertThat(send("DELETE", "/api/documents/7", "").statusCode()).isEqualTo(404);
  }

  @Test
  void listsACollection() throws Exception {
    assertThat(send("GET", "/api/documents", "").body())
        .startsWith("[" + DRAFT.strip() + ",")
        .contains("\"Style guide\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/documents/9",
        "/api/documents/x",
        "/api/documentsx",
        "/api/",
        "/demo/",
        "/demo/../demo.css",
        "/demo/DemoBackend.class",
        "/x"
      })
  void whatIsNotThereIs404(String path) throws Exception {
    assertThat(send("GET", path, "").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELETE | /api/documents    | GET, HEAD, POST, OPTIONS",
        "POST   | /api/documents/1  | GET, HEAD, PUT, PATCH, DELETE, OPTIONS",
        "POST   | /                 | GET, HEAD",
        "PUT    | /demo/config.json | GET, HEAD",
        "GET    | /demo/reset       | POST"
      })
  void aMethodThatDoesNotFitIs405(String method, String path, String allow) throws Exception {
    var answer = send(method, path, "{}");

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains(allow);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "{} {}", "{\"title\":}"})
  void aBodyThatIsNoObjectIs400(String body) throws Exception {
    assertThat(send("PUT", "/api/documents/1", body).statusCode()).isEqualTo(400);
    assertThat(send("GET", "/api/documents/1", "").body()).isEqualTo(DRAFT);
  }

  @Test
  void aBodyOverTheLimitIs413() throws Exception {
    String tooLong = "{\"body\":\"" + "x".repeat(3 * DemoBackend.BODY_LIMIT_BYTES) + "\"}";

    assertThat(send("PUT", "/api/documents/1", tooLong).statusCode()).isEqualTo(413);
    assertThat(send("GET", "/api/documents/1", "").body()).isEqualTo(DRAFT);
  }

  @Test
  void aBodyOfExactlyTheLimitIsTaken() throws Exception {
    String frame = "{\"body\":\"\"}";
    String body = "x".repeat(DemoBackend.BODY_LIMIT_BYTES - frame.length());

    var answer = send("PUT", "/api/documents/1", "{\"body\":\"" + body + "\"}");

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void letsAnyOriginIn() throws Exception {
    HttpRequest preflight =
        request("OPTIONS", "/api/documents/1", "")
            .header("Access-Control-Request-Method", "PUT")
            .build();
    var answer = client.send(preflight, BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Methods").orElseThrow())
        .contains("PUT");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Headers"))
        .contains("Content-Type");
    assertThat(
            send("GET", "/api/documents/1", "").headers().firstValue("Access-Control-Allow-Origin"))
        .contains("*");
  }

  @Test
  void resetRestoresTheSeed() throws Exception {
    send("DELETE", "/api/documents/1", "");
    send("POST", "/api/documents", "{}");

    assertThat(send("POST", "/demo/reset", "").statusCode()).isEqualTo(204);
    assertThat(send("GET", "/api/documents/1", "").body()).isEqualTo(DRAFT);
    assertThat(send("GET", "/api/documents/3", "").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html; charset=utf-8",
    "/demo/demo.js, text/javascript; charset=utf-8",
    "/demo/base.css, text/css; charset=utf-8",
    "/demo/favicon.svg, image/svg+xml",
    "/demo/config.json, application/json"
  })
  void servesThePage(String path, String type) throws Exception {
    var got = send("GET", path, "");
    var head = send("HEAD", path, "");

    assertThat(got.statusCode()).isEqualTo(200);
    assertThat(got.headers().firstValue("Content-Type")).contains(type);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Length"))
        .isEqualTo(got.headers().firstValue("Content-Length"));
  }

  @Test
  void servesEveryFileThatItsPageNames() throws Exception {
    String page = send("GET", "/", "").body();
    var names = Pattern.compile("(?:href|src)=\"([^\"]+)\"").matcher(page);

    assertThat(names.results().map(found -> found.group(1)))
        .hasSizeGreaterThan(3)
        .allSatisfy(name -> assertThat(send("GET", name, "").statusCode()).isEqualTo(200));
  }

  @Test
  void namesBothPorts() throws Exception {
    backend.announceProxy(8080);

    assertThat(send("GET", "/demo/config.json", "").body())
        .isEqualTo("{\"proxyPort\":8080,\"backendPort\":" + backend.address().getPort() + "}\n");
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return client.send(request(method, path, body).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String method, String path, String body) {
    URI uri = URI.create("http://127.0.0.1:" + backend.address().getPort() + path);
    return HttpRequest.newBuilder(uri)
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
  }
}
