package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ifmatch.transport.tls.OriginTlsSettings;
import dev.ifmatch.transport.tls.Pki;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Origins that are spoken to over TLS, and what the client is told where that fails. */
class OriginTlsWireTest {
  private static final X509Bundle ORIGIN = Pki.issued("CN=origin");
  private static final String GET = Phase.READ.request();

  private final Store store = new Store().with("/a", "old");

  @TempDir Path folder;

  /** An origin that speaks TLS. */
  static HostileOrigin origin(SSLContext tls, Function<Heard, HostileOrigin.Act> script)
      throws IOException {
    return new HostileOrigin(script, socket -> secured(tls, socket));
  }

  private static SSLSocket secured(SSLContext tls, Socket socket) throws IOException {
    SSLSocket secured =
        (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
    secured.setUseClientMode(false);
    return secured;
  }

  static String url(HostileOrigin origin) {
    return origin.url().replace("http://127.0.0.1", "https://localhost");
  }

  private HostileOrigin origin(X509Bundle own) throws IOException {
    return origin(Pki.peer(Pki.CA, Optional.of(own)), store);
  }

  private OriginTlsSettings trusting() {
    return TlsSetup.tls().trusts(Pki.writeCa(folder, Pki.CA)).origin();
  }

  private static ProxyFixture proxy(HostileOrigin origin, OriginTlsSettings tls)
      throws IOException {
    return proxy(url(origin), tls);
  }

  private static ProxyFixture proxy(String url, OriginTlsSettings tls) throws IOException {
    return ProxyFixture.before(url, Limits.DEFAULT, TlsSetup.tls().clients(), tls);
  }

  private static String detail(Reply reply) throws IOException {
    assertThat(reply.status()).isEqualTo(502);
    return reply.problem().path("detail").asText();
  }

  /** What is said of an origin with this certificate. */
  private String complaint(X509Bundle own, OriginTlsSettings tls) throws IOException {
    try (HostileOrigin origin = origin(own);
        ProxyFixture proxy = proxy(origin, tls)) {
      return detail(proxy.exchange(GET));
    }
  }

  @Test
  void aGuardedWriteWithTlsOnBothSides() throws IOException {
    SSLContext client = Pki.peer(Pki.CA, Optional.empty());
    try (HostileOrigin origin = origin(ORIGIN);
        ProxyFixture proxy =
            ProxyFixture.before(
                url(origin), Limits.DEFAULT, TlsSetup.tls(folder).clients(), trusting());
        RawClient wire = proxy.connect(client)) {
      String tag = wire.send(GET).read().tag();
      String put = "PUT /a HTTP/1.1\r\nHost: h\r\nIf-Match: %s\r\nContent-Length: 3\r\n\r\nnew";
      Reply saved = wire.send(put.formatted(tag)).read();
      assertThat(saved.status()).isEqualTo(200);
      assertThat(wire.send(put.formatted(tag)).read().status()).isEqualTo(412);
      assertThat(wire.send(put.formatted(saved.tag())).read().status()).isEqualTo(200);
      assertThat(store.text("/a")).isEqualTo("new");
      assertThat(origin.connections()).isEqualTo(1);
    }
  }

  /** Java itself leaves a name out that has no dot in it, as services within a cluster have. */
  @Test
  void theOriginIsAskedForByItsName() throws IOException {
    SSLContext tls = Pki.peer(Pki.CA, Optional.of(ORIGIN));
    List<SSLSocket> sockets = new CopyOnWriteArrayList<>();
    try (HostileOrigin origin =
            new HostileOrigin(
                store,
                socket -> {
                  sockets.add(secured(tls, socket));
                  return sockets.get(sockets.size() - 1);
                });
        ProxyFixture proxy = proxy(origin, trusting())) {
      assertThat(proxy.exchange(GET).status()).isEqualTo(200);
      ExtendedSSLSession session = (ExtendedSSLSession) sockets.get(0).getSession();
      assertThat(session.getRequestedServerNames().toString()).contains("localhost");
    }
  }

  @Test
  void anAddressMayStandInTheCertificate() throws IOException {
    try (HostileOrigin origin = origin(ORIGIN);
        ProxyFixture proxy = proxy(origin.url().replace("http", "https"), trusting())) {
      assertThat(proxy.exchange(GET).status()).isEqualTo(200);
    }
  }

  @Test
  void anUnknownAuthorityIsNamed() throws IOException {
    assertThat(complaint(ORIGIN, OriginTlsSettings.DEFAULT))
        .contains("its certificate is signed by nobody that is trusted here")
        .contains("--origin-tls-ca");
    Path other = Pki.writeCa(folder, Pki.OTHER_CA);
    assertThat(complaint(ORIGIN, TlsSetup.tls().trusts(other).origin()))
        .contains("--origin-tls-ca");
  }

  @Test
  void anotherHostsCertificateIsNamed() throws IOException {
    CertificateBuilder other = new CertificateBuilder().subject("CN=x").addSanDnsName("x.example");
    assertThat(complaint(Pki.signed(other), trusting()))
        .contains("its certificate is for another host")
        .contains("localhost");
  }

  @Test
  void anExpiredCertificateIsNamed() throws IOException {
    assertThat(complaint(Pki.expired("CN=old"), trusting()))
        .contains("its certificate has expired");
  }

  @Test
  void allOfThatPassesWithInsecureOrigin() throws IOException {
    CertificateBuilder other = new CertificateBuilder().subject("CN=x").addSanDnsName("x.example");
    for (X509Bundle own :
        List.of(Pki.signed(other, Pki.OTHER_CA), Pki.expired("CN=old"), Pki.OTHER_CA)) {
      try (HostileOrigin origin = origin(own);
          ProxyFixture proxy = proxy(origin, TlsSetup.tls().insecure().origin())) {
        assertThat(proxy.exchange(GET).status()).isEqualTo(200);
      }
    }
  }

  private HostileOrigin demanding(String version) throws IOException {
    SSLContext tls = Pki.peer(Pki.CA, Optional.of(ORIGIN));
    return new HostileOrigin(
        store,
        socket -> {
          SSLSocket secured = secured(tls, socket);
          secured.setNeedClientAuth(true);
          secured.setEnabledProtocols(new String[] {version});
          return secured;
        });
  }

  @Test
  void anOriginThatAsksForACertificateGetsIt() throws IOException {
    Path authorities = Pki.writeCa(folder, Pki.CA);
    OriginTlsSettings tls = TlsSetup.tls(folder).trusts(authorities).origin();
    for (String version : List.of("TLSv1.2", "TLSv1.3")) {
      try (HostileOrigin origin = demanding(version);
          ProxyFixture proxy = proxy(origin, tls)) {
        assertThat(proxy.exchange(GET).status()).isEqualTo(200);
      }
    }
  }

  /** In TLS 1.3 it says so only after the handshake. */
  @Test
  void anOriginThatDoesNotGetItIsNamed() throws IOException {
    for (String version : List.of("TLSv1.2", "TLSv1.3")) {
      try (HostileOrigin origin = demanding(version);
          ProxyFixture proxy = proxy(origin, trusting())) {
        assertThat(detail(proxy.exchange(GET))).contains("origin-tls.certificate");
      }
    }
  }

  private static final String TO_THE_END = "HTTP/1.1 200 OK\r\n\r\nall of it";

  @Test
  void anAnswerMayEndWithTheConnection() throws IOException {
    try (HostileOrigin origin = origin(ORIGIN);
        ProxyFixture proxy = proxy(origin, trusting())) {
      origin.play(
          heard ->
              peer -> {
                peer.answer(TO_THE_END);
                peer.wire().close();
              });
      Reply reply = proxy.exchange(GET);
      assertThat(reply.body()).isEqualTo("all of it");
      assertThat(reply.tag()).isNotEmpty();
    }
  }

  /** Whoever is on the way could cut it off anywhere (RFC 9112 §9.8). */
  @Test
  void butNotWithoutTlsSayingSo() throws IOException {
    SSLContext tls = Pki.peer(Pki.CA, Optional.of(ORIGIN));
    List<Socket> below = new CopyOnWriteArrayList<>();
    Limits streaming = LimitsBuilder.limits().tagBuffer(0).build();
    HostileOrigin.Act cuts =
        peer -> {
          peer.answer(TO_THE_END);
          below.get(below.size() - 1).close();
        };
    try (HostileOrigin origin =
        new HostileOrigin(
            heard -> cuts,
            socket -> {
              below.add(socket);
              return secured(tls, socket);
            })) {
      try (ProxyFixture proxy = proxy(origin, trusting())) {
        assertThat(detail(proxy.exchange(GET))).contains("close_notify");
      }
      try (ProxyFixture proxy =
              ProxyFixture.before(url(origin), streaming, TlsSetup.tls().clients(), trusting());
          RawClient client = proxy.connect()) {
        client.send(GET);
        assertThatExceptionOfType(IOException.class)
            .isThrownBy(client::read)
            .isInstanceOfAny(EOFException.class, java.net.SocketException.class);
      }
    }
  }
}
