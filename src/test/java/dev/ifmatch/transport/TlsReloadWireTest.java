package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.transport.tls.OriginTlsSettings;
import dev.ifmatch.transport.tls.Pki;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Path;
import java.security.Principal;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that are renewed while the proxy runs. */
class TlsReloadWireTest {
  private static final String GET = Phase.READ.request();

  @TempDir Path folder;

  /** Who a new connection meets. */
  private static Principal met(ProxyFixture proxy) throws IOException {
    SSLContext fresh = Pki.peer(Pki.CA, Optional.empty()); // it has no session to resume
    SSLSocket socket = (SSLSocket) fresh.getSocketFactory().createSocket();
    try (RawClient client = new RawClient(proxy.server().address(), socket)) {
      assertThat(client.send(GET).read().status()).isEqualTo(200);
      return socket.getSession().getPeerPrincipal();
    }
  }

  @Test
  void newConnectionsMeetTheNewCertificateAndOldOnesGoOn() throws IOException {
    X509Bundle renewed = Pki.rsa("CN=renewed");
    try (HostileOrigin origin = new HostileOrigin(new Store().with("/a", "old"));
        ProxyFixture proxy =
            ProxyFixture.before(
                origin.url(),
                Limits.DEFAULT,
                TlsSetup.tls(folder).reloadInterval(5).clients(),
                OriginTlsSettings.DEFAULT);
        RawClient old = proxy.connect(Pki.peer(Pki.CA, Optional.empty()))) {
      assertThat(old.send(GET).read().status()).isEqualTo(200);
      assertThat(met(proxy)).hasToString("CN=proxy");
      Pki.write(folder, renewed);
      ProxyFixture.soon().untilAsserted(() -> assertThat(met(proxy)).hasToString("CN=renewed"));
      assertThat(old.send(GET).read().status()).isEqualTo(200);
      assertThat(old.send(Phase.WRITE.request()).read().status()).isEqualTo(200);
    }
  }

  @Test
  void towardsTheOriginToo() throws IOException {
    Path authorities = Pki.writeCa(folder, Pki.OTHER_CA);
    SSLContext context = Pki.peer(Pki.CA, Optional.of(Pki.issued("CN=origin")));
    try (HostileOrigin origin = OriginTlsWireTest.origin(context, new Store().with("/a", "old"));
        ProxyFixture proxy =
            ProxyFixture.before(
                OriginTlsWireTest.url(origin),
                Limits.DEFAULT,
                TlsSetup.tls().clients(),
                TlsSetup.tls().trusts(authorities).reloadInterval(5).origin())) {
      assertThat(proxy.exchange(GET).status()).isEqualTo(502);
      Pki.write(authorities, Pki.CA.getRootCertificatePEM());
      ProxyFixture.soon()
          .untilAsserted(() -> assertThat(proxy.exchange(GET).status()).isEqualTo(200));
    }
  }
}
