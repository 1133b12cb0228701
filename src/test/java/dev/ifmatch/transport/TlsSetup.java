package dev.ifmatch.transport;

import dev.ifmatch.transport.tls.Identity;
import dev.ifmatch.transport.tls.OriginTlsSettings;
import dev.ifmatch.transport.tls.Pki;
import dev.ifmatch.transport.tls.TlsSettings;
import dev.ifmatch.transport.tls.TlsSettings.ClientAuth;
import dev.ifmatch.transport.tls.TlsVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings for TLS on either side, but for some the default, which are named. */
final class TlsSetup {
  private Identity identity = Identity.NONE;
  private List<TlsVersion> versions = TlsSettings.DEFAULT.versions();
  private ClientAuth clientAuth = ClientAuth.NONE;
  private Optional<Path> ca = Optional.empty();
  private Optional<String> subjectField = Optional.empty();
  private Duration handshakeTimeout = TlsSettings.DEFAULT.handshakeTimeout();
  private Duration reloadInterval = TlsSettings.DEFAULT.reloadInterval();
  private boolean insecure;

  private TlsSetup() {}

  static TlsSetup tls() {
    return new TlsSetup();
  }

  /** With a new certificate for this machine. */
  static TlsSetup tls(Path folder) {
    return tls().identity(Pki.write(folder, Pki.issued("CN=proxy")));
  }

  TlsSetup identity(Identity other) {
    identity = other;
    return this;
  }

  TlsSetup versions(TlsVersion... others) {
    versions = List.of(others);
    return this;
  }

  /** Clients must have a certificate that the file's authorities signed. */
  TlsSetup requires(Path authorities) {
    clientAuth = ClientAuth.REQUIRE;
    ca = Optional.of(authorities);
    return this;
  }

  /** The origin's certificate must be signed by the file's authorities. */
  TlsSetup trusts(Path authorities) {
    ca = Optional.of(authorities);
    return this;
  }

  TlsSetup subjectField(String field) {
    subjectField = Optional.of(field);
    return this;
  }

  TlsSetup handshakeTimeout(long millis) {
    handshakeTimeout = Duration.ofMillis(millis);
    return this;
  }

  TlsSetup reloadInterval(long millis) {
    reloadInterval = Duration.ofMillis(millis);
    return this;
  }

  TlsSetup insecure() {
    insecure = true;
    return this;
  }

  TlsSettings clients() {
    return new TlsSettings(
        identity, versions, clientAuth, ca, subjectField, handshakeTimeout, reloadInterval);
  }

  OriginTlsSettings origin() {
    return new OriginTlsSettings(ca, identity, insecure, reloadInterval);
  }
}
