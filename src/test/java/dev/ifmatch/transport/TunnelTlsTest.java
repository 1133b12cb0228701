package dev.ifmatch.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ifmatch.transport.tls.OriginTlsSettings;
import dev.ifmatch.transport.tls.Pki;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tunnel whose client speaks TLS: the end of one direction is that of the other. */
class TunnelTlsTest {
  /** More than one record, and than the buffers at once. */
  private static final int LARGE = 8 << 20;

  private HostileOrigin origin;
  private ProxyFixture proxy;

  @TempDir Path folder;

  private RawClient tunnel(TunnelStage.Far far) throws IOException {
    origin =
        HostileOrigin.always(
            peer -> {
              peer.answer(TunnelStage.SWITCHED);
              far.on(peer.wire());
            });
    proxy =
        ProxyFixture.before(
            origin.url(),
            Limits.DEFAULT,
            TlsSetup.tls(folder).clients(),
            OriginTlsSettings.DEFAULT,
            TunnelStage.ROUTES);
    RawClient client = proxy.connect(Pki.peer(Pki.CA, Optional.empty()));
    assertThat(client.send(TunnelStage.SWITCH).wire().readHead()).startsWith("HTTP/1.1 101 ");
    return client;
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    origin.close();
  }

  @Test
  void whatTheClientHasSaidArrivesBeforeItsEnd() throws Exception {
    CompletableFuture<Integer> received = new CompletableFuture<>();
    TunnelStage.Far far =
        wire -> {
          received.complete(wire.readToEnd().length);
          wire.close();
        };
    try (RawClient client = tunnel(far)) {
      client.send(new byte[LARGE]).wire().finishSending();
      assertThat(received.get(10, TimeUnit.SECONDS)).isEqualTo(LARGE);
      assertThat(client.readToAnyEnd()).isEmpty();
    }
  }

  @Test
  void whatTheBackendHasSaidArrivesBeforeItsEnd() throws IOException {
    TunnelStage.Far far =
        wire -> {
          wire.send(new byte[LARGE]);
          wire.close();
        };
    try (RawClient client = tunnel(far)) {
      assertThat(client.wire().readToEnd()).hasSize(LARGE);
    }
  }
}
