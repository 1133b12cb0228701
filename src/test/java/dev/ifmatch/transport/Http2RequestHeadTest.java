package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.policy.Problem;
import dev.ifmatch.policy.Refusal;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not let in, even where the codec lets it pass. */
class Http2RequestHeadTest {

  private static Http2Headers head() {
    return new DefaultHttp2Headers(false).method("GET").scheme("http").authority("h").path("/a");
  }

  private static Optional<Refusal> refusal(Http2Headers head) {
    return new Http2RequestHead(head).problem(Limits.DEFAULT).map(Problem::refusal);
  }

  @ParameterizedTest
  @CsvSource({
    "connection, close",
    "connection, x-a",
    "keep-alive, timeout=5",
    "proxy-connection, close",
    "transfer-encoding, chunked",
    "upgrade, websocket",
    "te, gzip",
    "te, 'trailers, gzip'",
    "X-Upper, a",
    "Host, h",
    "'', a",
    ":method, GET",
    ":path, /a",
    ":scheme, http",
    ":authority, h",
    ":protocol, websocket",
    ":status, 200",
    ":unknown, a",
  })
  void isRefused(String name, String value) {
    assertThat(refusal(head().add(name, value))).contains(Refusal.MALFORMED_REQUEST);
  }

  @Test
  void aPlainHeadIsNot() {
    Http2RequestHead head = new Http2RequestHead(head().add("x-a", "b").add("te", "Trailers"));
    assertThat(head.problem(Limits.DEFAULT)).isEmpty();
    assertThat(head.request().headers().getAll("host")).containsExactly("h");
  }

  @Test
  void aHeadIsAsLargeAsInHttp1() {
    Http2Headers large = head();
    for (int i = 0; i < 1000; i++) {
      large.add("x-" + i, "v".repeat(20)); // in HTTP/2's own terms 57 octets or more
    }
    assertThat(refusal(large)).isEmpty();
    assertThat(refusal(large.add("x-more", "v".repeat(8 << 10)))).contains(Refusal.HEAD_TOO_LARGE);
  }
}
