package dev.ifmatch.transport.tls;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Certificates for tests, and who trusts them. */
public final class Pki {
  private static final char[] NO_PASSWORD = new char[0];

  /** Who signs what is trusted. */
  public static final X509Bundle CA = authority("CN=Test CA");

  /** Who signs what is not. */
  public static final X509Bundle OTHER_CA = authority("CN=Other CA");

  private Pki() {}

  private static X509Bundle authority(String subject) {
    try {
      return new CertificateBuilder()
          .subject(subject)
          .setIsCertificateAuthority(true)
          .buildSelfSigned();
    } catch (Exception e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  /** A builder of certificates that are valid now, for this machine. */
  public static CertificateBuilder here(String subject) {
    return new CertificateBuilder()
        .subject(subject)
        .notAfter(Instant.now().plus(90, ChronoUnit.DAYS)) // not so soon that it is warned of
        .addSanDnsName("localhost")
        .addSanIpAddress("127.0.0.1");
  }

  /** A certificate for this machine, with an EC key. */
  public static X509Bundle issued(String subject) {
    return signed(here(subject));
  }

  /** The same with an RSA key. */
  public static X509Bundle rsa(String subject) {
    return signed(here(subject).algorithm(Algorithm.rsa2048));
  }

  /** A certificate for this machine that has expired. */
  public static X509Bundle expired(String subject) {
    Instant now = Instant.now();
    return signed(
        here(subject)
            .notBefore(now.minus(9, ChronoUnit.DAYS))
            .notAfter(now.minus(2, ChronoUnit.DAYS)));
  }

  /** A certificate for this machine that is valid for some days more. */
  public static X509Bundle ending(String subject, int days) {
    Instant now = Instant.now();
    return signed(
        here(subject)
            .notBefore(now.minus(80, ChronoUnit.DAYS))
            .notAfter(now.plus(days, ChronoUnit.DAYS)));
  }

  /** What the trusted authority makes of this. */
  public static X509Bundle signed(CertificateBuilder builder) {
    return signed(builder, CA);
  }

  /** What an authority makes of this. */
  public static X509Bundle signed(CertificateBuilder builder, X509Bundle by) {
    try {
      return builder.buildIssuedBy(by);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Writes a certificate and its key down, as {@code tls.crt} and {@code tls.key}. */
  public static Identity write(Path folder, X509Bundle bundle) {
    return new Identity(
        Optional.of(write(folder.resolve("tls.crt"), bundle.getCertificatePathPEM())),
        Optional.of(write(folder.resolve("tls.key"), bundle.getPrivateKeyPEM())),
        Optional.empty());
  }

  /** Writes the certificate of an authority down, as {@code ca.crt}. */
  public static Path writeCa(Path folder, X509Bundle authority) {
    return write(folder.resolve("ca.crt"), authority.getRootCertificatePEM());
  }

  /** Writes a file in one step, as whoever renews certificates should. */
  public static Path write(Path file, String text) {
    try {
      Path whole = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
      return Files.move(whole, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One block in PEM. */
  public static String pem(String label, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, body, label);
  }

  /** A peer that trusts an authority, and shows a certificate if it has one. */
  public static SSLContext peer(X509Bundle trusted, Optional<X509Bundle> own) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      KeyManager[] keys = own.isPresent() ? keys(own.get()) : null;
      context.init(keys, trusted.toTrustManagerFactory().getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static KeyManager[] keys(X509Bundle own) throws GeneralSecurityException {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(own.toKeyStore(NO_PASSWORD), NO_PASSWORD);
    return factory.getKeyManagers();
  }
}
