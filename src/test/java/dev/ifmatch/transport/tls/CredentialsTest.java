package dev.ifmatch.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate and its key, as files name them. */
class CredentialsTest {
  private static final X509Bundle OWN = Pki.issued("CN=own");

  @TempDir Path folder;

  private static Credentials read(Identity identity) throws InvalidTls {
    return Credentials.read("tls.", identity, TlsFiles.read(identity.files()));
  }

  private Optional<String> doubt(Credentials read, Instant now) {
    return read.validity("tls.", folder.resolve("tls.crt")).doubt(now);
  }

  private static String complaint(Identity identity) {
    return assertThatExceptionOfType(InvalidTls.class)
        .isThrownBy(() -> read(identity))
        .actual()
        .getMessage();
  }

  @Test
  void fromTwoFiles() throws InvalidTls {
    Credentials read = read(Pki.write(folder, OWN));
    assertThat(read.key()).isEqualTo(OWN.getKeyPair().getPrivate());
    assertThat(read.chain()).containsExactly(OWN.getCertificate());
    assertThat(doubt(read, Instant.now())).isEmpty();
    assertThat(read.toString()).startsWith("CN=own, valid until 2");
  }

  @Test
  void fromOneFileWithTheWholeChain() throws InvalidTls {
    String all = OWN.getCertificatePEM() + Pki.CA.getRootCertificatePEM() + OWN.getPrivateKeyPEM();
    Path file = Pki.write(folder.resolve("all.pem"), "some words\n" + all);
    Credentials read = read(new Identity(Optional.of(file), Optional.empty(), Optional.empty()));
    assertThat(read.chain()).containsExactly(OWN.getCertificate(), Pki.CA.getRootCertificate());
  }

  @Test
  void aKeyOfAnotherCertificateIsNamed() {
    for (X509Bundle other : new X509Bundle[] {Pki.issued("CN=other"), Pki.rsa("CN=other")}) {
      Identity mixed = Pki.write(folder, other);
      Pki.write(mixed.certificate().orElseThrow(), OWN.getCertificatePEM());
      assertThat(complaint(mixed))
          .startsWith("tls.key: " + folder.resolve("tls.key") + " does not belong to the first")
          .contains(folder.resolve("tls.crt") + " (CN=own)");
    }
  }

  @Test
  void whatIsMissingIsNamed() throws Exception {
    Identity identity = Pki.write(folder, OWN);
    assertThat(complaint(new Identity(Optional.empty(), identity.key(), Optional.empty())))
        .isEqualTo("tls.certificate is missing: name the PEM file with the certificate");
    Files.delete(identity.key().orElseThrow());
    assertThat(complaint(identity))
        .isEqualTo("tls.key: %s: there is no such file".formatted(folder.resolve("tls.key")));
    Files.delete(identity.certificate().orElseThrow());
    assertThat(complaint(identity))
        .isEqualTo(
            "tls.certificate: %s: there is no such file".formatted(folder.resolve("tls.crt")));
  }

  @Test
  void whatIsNoCertificateIsNamed() {
    Identity identity = Pki.write(folder, OWN);
    Path file = identity.certificate().orElseThrow();
    Pki.write(file, "hello");
    assertThat(complaint(identity)).contains(file + " is not PEM");
    Pki.write(file, OWN.getPrivateKeyPEM());
    assertThat(complaint(identity)).contains(file + " holds no certificate, but: [PRIVATE KEY]");
    Pki.write(file, OWN.getCertificatePEM() + Pki.pem("CERTIFICATE", new byte[] {0x30, 3, 1}));
    assertThat(complaint(identity)).contains("certificate 2 in " + file + " is damaged");
  }

  @Test
  void oneThatIsNotValidNowIsDoubted() throws InvalidTls {
    Credentials expired = read(Pki.write(folder, Pki.expired("CN=old")));
    assertThat(doubt(expired, Instant.now()).orElseThrow())
        .startsWith("tls.certificate expired on 2")
        .contains("CN=old");
    Instant before = expired.chain().get(0).getNotBefore().toInstant().minusSeconds(1);
    assertThat(doubt(expired, before).orElseThrow()).contains("is valid from 2");
  }

  @Test
  void oneThatEndsSoonIsWarnedOf() throws InvalidTls {
    Path file = Pki.write(folder, OWN).certificate().orElseThrow();
    Validity validity = Validity.of("tls.", file, OWN.getCertificate());
    Instant end = validity.to();
    assertThat(validity.warning(end.minus(15, ChronoUnit.DAYS))).isEmpty();
    assertThat(validity.warning(end.minus(14, ChronoUnit.DAYS)).orElseThrow())
        .startsWith("tls.certificate: the one in %s ends on %s (CN=own)".formatted(file, end))
        .contains("write a renewed one there");
    assertThat(validity.doubt(end)).isEmpty();
    assertThat(validity.warning(end.plusSeconds(1)).orElseThrow()).contains("expired on");
  }

  /** Some are renewed every few days: a warning each day would be none. */
  @Test
  void oneThatLivesShortlyIsWarnedOfInItsLastThird() {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    Instant end = start.plus(6, ChronoUnit.DAYS);
    Validity validity = new Validity("tls.", folder.resolve("tls.crt"), "CN=own", start, end);
    assertThat(validity.warning(end.minus(49, ChronoUnit.HOURS))).isEmpty();
    assertThat(validity.warning(end.minus(48, ChronoUnit.HOURS))).isPresent();
  }
}
