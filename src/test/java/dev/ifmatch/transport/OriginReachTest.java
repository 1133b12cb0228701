package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Origins that no connection can be made to, and what the client is told. */
class OriginReachTest {
  private static final Limits LIMITS = LimitsBuilder.limits().connectTimeout(2_000).build();

  private static Reply ask(String origin) throws IOException {
    try (ProxyFixture proxy = ProxyFixture.before(origin, LIMITS)) {
      return proxy.exchange(Phase.READ.request());
    }
  }

  private static String detail(Reply reply) throws IOException {
    assertThat(reply.status() + " " + reply.reason()).isEqualTo("502 origin-unreachable");
    assertThat(reply.closes()).isFalse();

    return reply.problem().path("detail").asText();
  }

  @Test
  void aPortThatNobodyListensOnIsNamed() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    assertThat(detail(ask("http://127.0.0.1:" + port)))
        .contains("127.0.0.1:" + port)
        .contains("(connection refused)");
  }

  @Test
  void aHostThatNobodyKnowsIsNamed() throws IOException {
    assertThat(detail(ask("http://no-such-host.invalid"))).contains("no-such-host.invalid");
  }

  @Test
  void aCertificateThatNobodyVouchesForIsNamed(@TempDir Path folder) throws Exception {
    try (ServerSocket server =
        tls(folder)
            .getServerSocketFactory()
            .createServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread handshake = new Thread(() -> shakeHands(server));
      handshake.start();
      String origin = "localhost:" + server.getLocalPort();
      assertThat(detail(ask("https://" + origin))).contains(origin).contains("its certificate");
      handshake.join();
    }
  }

  @Test
  void aPlainOriginThatIsTakenForATlsOneIsNamed() throws IOException {
    try (HostileOrigin origin = HostileOrigin.always(Fault.STALLS)) {
      String url = origin.url().replace("http:", "https:");
      assertThat(detail(ask(url)))
          .contains(url.substring("https://".length()))
          .contains("does not speak TLS");
    }
  }

  private static void shakeHands(ServerSocket server) {
    try (SSLSocket client = (SSLSocket) server.accept()) {
      client.startHandshake();
      client.getInputStream().read();
    } catch (IOException refused) {
      // the proxy does not trust the certificate, which is what the test wants
    }
  }

  /** A context with a certificate that it signed itself. */
  private static SSLContext tls(Path folder) throws Exception {
    Path store = folder.resolve("keys.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process process =
        new ProcessBuilder(
                (keytool
                        + " -genkeypair -keyalg EC -alias origin -dname CN=localhost"
                        + " -storetype PKCS12 -storepass secret -keystore "
                        + store)
                    .split(" "))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.txt").toFile())
            .start();
    assertThat(process.waitFor()).as("keytool").isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "secret".toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "secret".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
