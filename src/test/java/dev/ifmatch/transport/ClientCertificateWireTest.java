package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ifmatch.transport.tls.OriginTlsSettings;
import dev.ifmatch.transport.tls.Pki;
import dev.ifmatch.transport.tls.TlsSettings;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that show a certificate, and the field that tells the origin whose it is. */
class ClientCertificateWireTest {
  private static final String FIELD = "X-Client-Subject";
  private static final SSLContext ADA =
      Pki.peer(Pki.CA, Optional.of(Pki.issued("CN=Ada, O=Engines\\, Inc., C=GB")));
  private static final SSLContext NOBODY = Pki.peer(Pki.CA, Optional.empty());
  private static final SSLContext STRANGER =
      Pki.peer(Pki.CA, Optional.of(Pki.signed(Pki.here("CN=Ada"), Pki.OTHER_CA)));

  private HostileOrigin origin;

  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    origin = new HostileOrigin(new Store().with("/a", "old"));
  }

  @AfterEach
  void stop() throws IOException {
    origin.close();
  }

  private ProxyFixture proxy(TlsSettings tls) throws IOException {
    return ProxyFixture.before(origin.url(), Limits.DEFAULT, tls, OriginTlsSettings.DEFAULT);
  }

  private ProxyFixture requiring() throws IOException {
    return proxy(
        TlsSetup.tls(folder).requires(Pki.writeCa(folder, Pki.CA)).subjectField(FIELD).clients());
  }

  @Test
  void theOriginIsToldOfEachRequestOfAnExchange() throws IOException {
    try (ProxyFixture proxy = requiring();
        RawClient client = proxy.connect(ADA)) {
      assertThat(client.send(Phase.READ.request()).read().status()).isEqualTo(200);
      assertThat(client.send(Phase.WRITE.request()).read().status()).isEqualTo(200);
      assertThat(origin.requests()).hasSize(4);
      assertThat(origin.requests())
          .allSatisfy(
              heard ->
                  assertThat(heard.fields(FIELD)).containsExactly("CN=Ada,O=Engines\\, Inc.,C=GB"));
    }
  }

  @Test
  void overHttp2Too() throws Exception {
    HttpClient client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).sslContext(ADA).build();
    try (ProxyFixture proxy = requiring()) {
      URI uri = URI.create("https://localhost:%d/a".formatted(proxy.server().address().getPort()));
      HttpRequest get = HttpRequest.newBuilder(uri).header("x_client_subject", "CN=Root").build();
      HttpResponse<String> answer = client.send(get, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(answer.body()).isEqualTo("old");
    }
    Heard heard = origin.requests().get(0);
    assertThat(heard.fields(FIELD)).containsExactly("CN=Ada,O=Engines\\, Inc.,C=GB");
    assertThat(heard.field("X-Forwarded-Proto")).hasValue("https");
    assertThat(heard.head()).doesNotContain("CN=Root");
  }

  @Test
  void nobodyElseGetsIn() throws IOException {
    try (ProxyFixture proxy = requiring()) {
      for (SSLContext context : new SSLContext[] {NOBODY, STRANGER}) {
        try (RawClient client = proxy.connect(context)) {
          assertThatExceptionOfType(IOException.class)
              .isThrownBy(() -> client.send(Phase.READ.request()).read())
              .isInstanceOfAny(SSLException.class, SocketException.class);
        }
      }
      assertThat(origin.heads()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Client-Subject",
        "x-client-subject",
        "X_CLIENT_SUBJECT",
        "x_client-subject",
        "X.Client.Subject"
      })
  void nobodyCanSetItFromOutside(String name) throws IOException {
    String spoofed = "%s: CN=Root\r\n%s: CN=Again\r\n".formatted(name, name);
    String get = Phase.READ.request().replace("\r\n\r\n", "\r\n" + spoofed + "\r\n");
    try (ProxyFixture proxy = requiring();
        RawClient client = proxy.connect(ADA)) {
      assertThat(client.send(get).read().status()).isEqualTo(200);
    }
    assertThat(origin.requests().get(0).head()).contains("CN=Ada").doesNotContain("CN=Root");
  }

  @Test
  void norCanItBeNamedAwayOrSentBehindTheBody() throws IOException {
    AtomicReference<String> behind = new AtomicReference<>();
    origin.play(
        heard ->
            peer -> {
              StringBuilder trailers = new StringBuilder();
              peer.wire().readChunks(trailers);
              behind.set(trailers.toString());
              peer.wire().send("HTTP/1.1 204 No Content\r\n\r\n");
            });
    String post =
        """
        POST /a HTTP/1.1
        Host: h
        Connection: X-Client-Subject
        Transfer-Encoding: chunked

        1
        x
        0
        X_Client_Subject: CN=Root
        X-Other: yes

        """
            .replace("\n", "\r\n");
    try (ProxyFixture proxy = requiring();
        RawClient client = proxy.connect(ADA)) {
      assertThat(client.send(post).read().status()).isEqualTo(204);
    }
    assertThat(origin.heads().get(0).field(FIELD)).isPresent();
    assertThat(behind.get()).containsIgnoringCase("X-Other").doesNotContain("CN=Root");
  }

  @Test
  void withoutACertificateItIsStillRemoved() throws IOException {
    String get = "GET /a HTTP/1.1\r\nHost: h\r\nX_client-SUBJECT: CN=Root\r\n\r\n";
    try (ProxyFixture plain = proxy(TlsSetup.tls().subjectField(FIELD).clients())) {
      assertThat(plain.exchange(get).status()).isEqualTo(200);
    }
    try (ProxyFixture secure = proxy(TlsSetup.tls(folder).subjectField(FIELD).clients());
        RawClient client = secure.connect(ADA)) {
      assertThat(client.send(get).read().status()).isEqualTo(200);
    }
    assertThat(origin.requests()).hasSize(2);
    assertThat(origin.requests())
        .allSatisfy(
            heard -> assertThat(heard.head().toLowerCase(Locale.ROOT)).doesNotContain("subject"));
  }

  @Test
  void aNameCannotBreakOutOfItsLine() {
    X500Principal odd = new X500Principal("CN=\"a\r\nX-Admin: yes\", O=Zo\u00eb");
    assertThat(ClientSubject.text(odd)).isEqualTo("CN=a\\0D\\0AX-Admin: yes,O=Zo\\C3\\AB");
  }
}
