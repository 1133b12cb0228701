package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.transport.tls.OriginTlsSettings;
import dev.ifmatch.transport.tls.Pki;
import io.netty.handler.codec.http2.Http2Error;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2 over TLS, as ALPN chooses it (RFC 9113 §3.2). */
class Http2TlsTest {
  private static final SSLContext CLIENT = Pki.peer(Pki.CA, Optional.empty());

  private final Store store = new Store().with("/a", "old");
  private HostileOrigin origin;
  private ProxyFixture proxy;

  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    origin = new HostileOrigin(store);
    proxy =
        ProxyFixture.before(
            origin.url(),
            Limits.DEFAULT,
            TlsSetup.tls(folder).clients(),
            OriginTlsSettings.DEFAULT);
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    origin.close();
  }

  private static SSLSocket offering(String... protocols) throws IOException {
    SSLSocket socket = (SSLSocket) CLIENT.getSocketFactory().createSocket();
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(protocols);
    socket.setSSLParameters(parameters);
    return socket;
  }

  @Test
  void itIsChosenWhereItIsOffered() throws IOException {
    SSLSocket socket = offering("http/1.1", "h2");
    try (Http2Client client = new Http2Client(proxy.server().address(), socket)) {
      assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
      String tag = client.exchange("/a").tag();
      int write = client.ask("PUT", "/a", "new", "if-match", tag);
      assertThat(client.read(write).status()).isEqualTo(200);
      int stale = client.ask("PUT", "/a", "other", "if-match", tag);
      assertThat(client.read(stale).status()).isEqualTo(412);
    }
    assertThat(origin.requests("PUT"))
        .hasSize(1)
        .allSatisfy(heard -> assertThat(heard.field("X-Forwarded-Proto")).hasValue("https"));
  }

  @Test
  void itIsNotWhereItIsNotOffered() throws IOException {
    SSLSocket socket = offering("http/1.1");
    try (RawClient client = new RawClient(proxy.server().address(), socket)) {
      assertThat(client.send(Phase.READ.request()).read().status()).isEqualTo(200);
      assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
    }
  }

  /** The socket throws where TLS does not say that it ends. */
  @Test
  void itEndsProperly() throws Exception {
    CompletableFuture<ProxyServer.Left> draining = new CompletableFuture<>();
    try (Http2Client client = new Http2Client(proxy.server().address(), offering("h2"))) {
      assertThat(client.exchange("/a").status()).isEqualTo(200);
      draining.completeAsync(proxy.server()::drain);
      assertThat(client.awaitGoAway()).isEqualTo(Http2Error.NO_ERROR);
      assertThat(client.wire().readToEnd()).isEmpty();
    }
    assertThat(draining.get().isNothing()).isTrue();
  }
}
