package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.Http2Error;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bodies of HTTP/2 that are not as long as is said, or have wrong fields behind them: none reaches
 * the origin as a whole, and the connection goes on (RFC 9113 §8.1.1).
 */
@TestInstance(Lifecycle.PER_CLASS)
class Http2BodyTest {
  private static final String SMUGGLED = "\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";

  private HostileOrigin origin;
  private ProxyFixture proxy;
  private Http2Client client;

  @BeforeAll
  void start() throws IOException {
    origin = HostileOrigin.always(peer -> peer.answer("200 OK", "fine"));
    proxy = ProxyFixture.before(origin, LimitsBuilder.limits().maxHead(2000).build());
  }

  @AfterAll
  void stop() throws IOException {
    proxy.close();
    origin.close();
  }

  @BeforeEach
  void connect() throws IOException {
    origin.forget();
    client = proxy.connectHttp2();
  }

  /** Nothing but the next request has come to the origin as a whole, and the lock is free. */
  @AfterEach
  void goesOn() throws IOException {
    assertThat(client.exchange("/next").status()).isEqualTo(200);
    client.close();
    assertThat(origin.requests()).extracting(Heard::target).containsExactly("/next");
    proxy.awaitLocks(0);
  }

  /** A guarded write's body is not sent before it is whole. */
  @ParameterizedTest
  @CsvSource({"10, four, true", "10, '', true", "2, four, false", "0, four, true"})
  void aBodyOfAnotherLengthIsToldOfAndReset(String length, String body, boolean end)
      throws IOException {
    int stream = client.open("PUT", "/a", false, "if-match", "*", "content-length", length);
    client.data(stream, body, end);
    Reply reply = client.read(stream);
    assertThat(Stage.told(reply)).isEqualTo("400 malformed-request");
    assertThat(reply.problem().path("detail").asText())
        .contains("was not sent")
        .contains("content-length");
    assertThat(client.awaitReset(stream)).isEqualTo(Http2Error.PROTOCOL_ERROR);
    assertThat(origin.heads()).isEmpty();
  }

  private void isToldAndReset(int stream) throws IOException {
    assertThat(client.read(stream).status()).isEqualTo(400);
    assertThat(client.awaitReset(stream)).isEqualTo(Http2Error.PROTOCOL_ERROR);
  }

  @Test
  void aBodyThatGoesOnBehindItsLengthIsToo() throws IOException {
    int stream = client.open("PUT", "/a", false, "if-match", "*", "content-length", "4");
    client.data(stream, "four", false);
    client.fence();
    client.data(stream, SMUGGLED, false);
    isToldAndReset(stream);
  }

  @Test
  void trailersDoNotMakeUpForAShortBody() throws IOException {
    int stream = client.open("PUT", "/a", false, "if-match", "*", "content-length", "10");
    client.data(stream, "four", false);
    client.headers(stream, true, "x-a", "b");
    isToldAndReset(stream);
  }

  /** What is sent on as it comes has begun by then; it does not end as if it were whole. */
  @ParameterizedTest
  @CsvSource({"10, four, true", "2, four, false"})
  void aStreamedBodyOfAnotherLengthDoesNotEnd(String length, String body, boolean end)
      throws IOException {
    int stream = client.open("POST", "/a", false, "content-length", length);
    client.data(stream, body, end);
    isToldAndReset(stream);
  }

  /** By the length alone the origin would take the first piece for all of it. */
  @Test
  void aStreamedBodyThatGoesOnBehindItsLengthWasNotSentAsAWhole() throws IOException {
    int stream = client.open("POST", "/a", false, "content-length", "8");
    client.data(stream, "four", false);
    client.data(stream, "four", false);
    client.fence();
    client.data(stream, SMUGGLED, false);
    isToldAndReset(stream);
  }

  @Test
  void aLengthWithoutABodyIsNoBody() throws IOException {
    int stream = client.open("POST", "/a", true, "content-length", "4");
    assertThat(client.awaitReset(stream)).isEqualTo(Http2Error.PROTOCOL_ERROR);
    assertThat(origin.heads()).isEmpty();
  }

  static Stream<List<String>> trailers() {
    return Stream.of(
        List.of(":path", "/b"),
        List.of("x-a", "b\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h"),
        List.of("x\r\ny", "b"),
        List.of("transfer-encoding", "chunked"),
        List.of("x-a", "b".repeat(4000)));
  }

  @ParameterizedTest
  @MethodSource
  void trailers(List<String> fields) throws IOException {
    int stream = client.open("PUT", "/a", false, "if-none-match", "*");
    client.data(stream, "text", false);
    client.headers(stream, true, fields.toArray(String[]::new));
    assertThat(client.read(stream).status()).isEqualTo(400);
    assertThat(origin.heads()).isEmpty();
  }
}
