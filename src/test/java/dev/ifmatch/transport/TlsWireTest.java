package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ifmatch.transport.tls.OriginTlsSettings;
import dev.ifmatch.transport.tls.Pki;
import dev.ifmatch.transport.tls.TlsSettings;
import dev.ifmatch.transport.tls.TlsVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients meet over TLS. */
class TlsWireTest {
  private static final SSLContext CLIENT = Pki.peer(Pki.CA, Optional.empty());
  private static final String GET = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";

  private final Store store = new Store().with("/a", "old");
  private HostileOrigin origin;

  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    origin = new HostileOrigin(store);
  }

  @AfterEach
  void stop() throws IOException {
    origin.close();
  }

  private ProxyFixture proxy(TlsSettings tls) throws IOException {
    return ProxyFixture.before(origin.url(), Limits.DEFAULT, tls, OriginTlsSettings.DEFAULT);
  }

  private ProxyFixture proxy() throws IOException {
    return proxy(TlsSetup.tls(folder).clients());
  }

  @Test
  void aGuardedWriteOnOneConnection() throws IOException {
    try (ProxyFixture proxy = proxy();
        RawClient client = proxy.connect(CLIENT)) {
      String tag = client.send(GET).read().tag();
      String put = "PUT /a HTTP/1.1\r\nHost: h\r\nIf-Match: %s\r\nContent-Length: 3\r\n\r\nnew";
      assertThat(client.send(put.formatted(tag)).read().status()).isEqualTo(200);
      assertThat(client.send(put.formatted(tag)).read().status()).isEqualTo(412);
      assertThat(store.text("/a")).isEqualTo("new");
      assertThat(origin.requests())
          .allSatisfy(heard -> assertThat(heard.field("X-Forwarded-Proto")).hasValue("https"));
    }
  }

  @Test
  void aLargeBodyBothWays() throws IOException {
    String large = "x".repeat(3_000_000);
    store.with("/large", large);
    try (ProxyFixture proxy = proxy();
        RawClient client = proxy.connect(CLIENT)) {
      String put = "PUT /large HTTP/1.1\r\nHost: h\r\nIf-Match: *\r\nContent-Length: %d\r\n\r\n";
      assertThat(client.send(put.formatted(large.length()) + large).read().status()).isEqualTo(200);
      assertThat(client.send(GET.replace("/a", "/large")).read().body()).isEqualTo(large);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void bothVersionsWithACertificateOfEitherKind(String version) throws IOException {
    for (var bundle : new Object[] {Pki.issued("CN=ec"), Pki.rsa("CN=rsa")}) {
      var identity = Pki.write(folder, (io.netty.pkitesting.X509Bundle) bundle);
      try (ProxyFixture proxy = proxy(TlsSetup.tls().identity(identity).clients())) {
        SSLSocket socket = socket(version);
        try (RawClient client = new RawClient(proxy.server().address(), socket)) {
          assertThat(client.send(GET).read().status()).isEqualTo(200);
          assertThat(socket.getSession().getProtocol()).isEqualTo(version);
        }
      }
    }
  }

  private static SSLSocket socket(String version) throws IOException {
    SSLSocket socket = (SSLSocket) CLIENT.getSocketFactory().createSocket();
    socket.setEnabledProtocols(new String[] {version});
    return socket;
  }

  @Test
  void aVersionThatIsNotSetIsRefused() throws IOException {
    TlsSettings tls = TlsSetup.tls(folder).versions(TlsVersion.TLS_1_3).clients();
    try (ProxyFixture proxy = proxy(tls);
        RawClient client = new RawClient(proxy.server().address(), socket("TLSv1.2"))) {
      assertThatExceptionOfType(SSLHandshakeException.class)
          .isThrownBy(() -> client.send(GET))
          .withMessageContaining("protocol_version");
    }
  }

  /** By hand, since this Java refuses to speak it itself. */
  @Test
  void tls11IsRefused() throws IOException {
    byte[] hello = new byte[5 + 4 + 2 + 32 + 1 + 2 + 4 + 2];
    byte[] head = {
      22, 3, 1, 0, (byte) (hello.length - 5), 1, 0, 0, (byte) (hello.length - 9), 3, 2
    };
    System.arraycopy(head, 0, hello, 0, head.length);
    byte[] ciphers = {0, 4, (byte) 0xc0, 0x13, 0, 0x2f, 1, 0};
    System.arraycopy(ciphers, 0, hello, hello.length - ciphers.length, ciphers.length);
    try (ProxyFixture proxy = proxy();
        RawClient client = proxy.connect()) {
      byte[] alert = client.send(hello).wire().readBytes(7);
      assertThat(alert[0]).as("an alert").isEqualTo((byte) 21);
      assertThat(alert[6]).as("protocol_version").isEqualTo((byte) 70);
      client.wire().awaitEnd();
    }
  }

  @Test
  void plainHttpIsToldToUseHttps() throws IOException {
    try (ProxyFixture proxy = proxy();
        RawClient client = proxy.connect()) {
      Reply reply = client.send(GET).read();
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.closes()).isTrue();
      assertThat(reply.problem().path("detail").asText()).contains("https://");
      client.wire().awaitEnd();
      assertThat(proxy.refused()).hasSize(1);
      assertThat(origin.heads()).isEmpty();
    }
  }

  @Test
  void aHandshakeThatIsNotBegunEndsTheConnection() throws IOException {
    try (ProxyFixture proxy = proxy(TlsSetup.tls(folder).handshakeTimeout(50).clients());
        RawClient silent = proxy.connect();
        RawClient started = proxy.connect()) {
      started.send(new byte[] {22, 3, 1, 0, 100, 1});
      silent.wire().awaitEnd();
      started.wire().awaitEnd();
    }
  }

  /** The end of TLS is that of the requests; and it does not end other clients' connections. */
  @Test
  void aClientThatLeavesIsNoticed() throws Exception {
    try (ProxyFixture proxy = proxy();
        RawClient other = proxy.connect(CLIENT)) {
      assertThat(other.send(GET).read().status()).isEqualTo(200);
      RawClient client = proxy.connect(CLIENT);
      assertThat(client.send(GET).read().status()).isEqualTo(200);
      client.wire().finishSending();
      assertThat(client.wire().readToEnd()).isEmpty();
      client.close();
      assertThat(other.send(GET).read().status()).isEqualTo(200);
    }
  }

  @Test
  void theLastAnswerIsWholeAndThenTheConnectionEnds() throws IOException {
    try (ProxyFixture proxy = proxy();
        RawClient client = proxy.connect(CLIENT)) {
      Reply reply = client.send("GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").read();
      assertThat(reply.body()).isEqualTo("old");
      assertThat(client.wire().readToEnd()).isEmpty();
    }
  }

  /** Its end is that of the connection: were it a proper one, half an answer would pass for all. */
  @Test
  void halfAnAnswerDoesNotEndProperly() throws IOException {
    origin.play(
        heard ->
            peer -> {
              peer.answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
              peer.wire().close();
            });
    Limits limits = LimitsBuilder.limits().tagBuffer(0).build();
    try (ProxyFixture proxy =
            ProxyFixture.before(
                origin.url(), limits, TlsSetup.tls(folder).clients(), OriginTlsSettings.DEFAULT);
        RawClient client = proxy.connect(CLIENT)) {
      client.send("GET /a HTTP/1.0\r\nHost: h\r\n\r\n");
      assertThatExceptionOfType(IOException.class).isThrownBy(client::read);
    }
  }
}
