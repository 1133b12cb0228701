package dev.ifmatch.transport.tls;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How clients are spoken to over TLS. Immutable.
 *
 * @param identity what the proxy shows to clients
 * @param versions which versions of TLS are spoken
 * @param clientAuth whether clients must show a certificate
 * @param clientCa the file with the certificates of those who may sign the clients'
 * @param clientSubjectField the request field that carries the client certificate's subject to the
 *     origin
 * @param handshakeTimeout how long a client may take for the handshake
 * @param reloadInterval how often the files are looked at for changes
 */
public record TlsSettings(
    Identity identity,
    List<TlsVersion> versions,
    ClientAuth clientAuth,
    Optional<Path> clientCa,
    Optional<String> clientSubjectField,
    Duration handshakeTimeout,
    Duration reloadInterval) {

  /** What holds where nothing else is said: no TLS. */
  public static final TlsSettings DEFAULT =
      new TlsSettings(
          Identity.NONE,
          List.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3),
          ClientAuth.NONE,
          Optional.empty(),
          Optional.empty(),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10));

  /** Copies the list. */
  public TlsSettings {
    versions = List.copyOf(versions);
  }

  /** Whether clients must show a certificate. */
  public enum ClientAuth {
    NONE,
    REQUIRE
  }

  /**
   * Whether TLS is wanted: by its certificate, or by anything that has no sense without one, so
   * that what is forgotten is found at the start.
   */
  public boolean isOn() {
    return !identity.isEmpty() || clientAuth == ClientAuth.REQUIRE || clientCa.isPresent();
  }
}
