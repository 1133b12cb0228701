package dev.ifmatch.transport.tls;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * A certificate with those that lead from it to a trusted one, and its private key. Immutable.
 *
 * @param chain the certificates, the own one first
 * @param key the key that belongs to the first
 */
record Credentials(List<X509Certificate> chain, PrivateKey key) {
  private static final byte[] SIGNED = {1, 2, 3, 4};

  /**
   * Reads them.
   *
   * @param section the section of the configuration that names the files, with a dot at its end
   * @throws InvalidTls if they cannot be used; the message says what to change
   */
  static Credentials read(String section, Identity identity, TlsFiles files) throws InvalidTls {
    Path certificate =
        identity
            .certificate()
            .orElseThrow(
                () ->
                    new InvalidTls(
                        "%scertificate is missing: name the PEM file with the certificate"
                            .formatted(section)));
    Path keyFile = identity.key().orElse(certificate);
    List<X509Certificate> chain = certificates(section + "certificate", certificate, files);
    byte[] content = files.of(section + "key", keyFile);
    PrivateKey key = new PrivateKeys(section, keyFile).read(content, identity.password());
    if (!belong(key, chain.get(0).getPublicKey())) {
      throw new InvalidTls(
          "%skey: %s does not belong to the first certificate in %s (%s); name the key that it was"
                  .formatted(section, keyFile, certificate, subject(chain.get(0)))
              + " made with, and put the own certificate before those that signed it");
    }
    return new Credentials(chain, key);
  }

  /**
   * The certificates of a file.
   *
   * @param key the key of the configuration that names it
   * @throws InvalidTls if there is none, or one of them is damaged
   */
  static List<X509Certificate> certificates(String key, Path file, TlsFiles files)
      throws InvalidTls {
    List<Pem> blocks = Pem.blocks(files.of(key, file));
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Pem block : blocks) {
        if (block.label().endsWith("CERTIFICATE")) {
          ByteArrayInputStream der = new ByteArrayInputStream(block.decoded());
          certificates.add((X509Certificate) factory.generateCertificate(der));
        }
      }
    } catch (CertificateException | IllegalArgumentException e) {
      throw new InvalidTls(
          "%s: certificate %d in %s is damaged".formatted(key, certificates.size() + 1, file), e);
    }
    if (certificates.isEmpty()) {
      throw new InvalidTls(
          blocks.isEmpty()
              ? "%s: %s is not PEM: it has no line -----BEGIN CERTIFICATE-----".formatted(key, file)
              : "%s: %s holds no certificate, but: %s".formatted(key, file, blocks));
    }
    return List.copyOf(certificates);
  }

  /**
   * When its first certificate is accepted.
   *
   * @param file what it was read from
   */
  Validity validity(String section, Path file) {
    return Validity.of(section, file, chain.get(0));
  }

  /** Whose certificate it is, and until when it is valid. */
  String about() {
    X509Certificate own = chain.get(0);
    return "%s, valid until %s".formatted(subject(own), own.getNotAfter().toInstant());
  }

  private static String subject(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
  }

  /** Whether what is signed with the one can be verified with the other. */
  private static boolean belong(PrivateKey privateKey, PublicKey publicKey) {
    if (!privateKey.getAlgorithm().equals(publicKey.getAlgorithm())) {
      return false;
    }
    try {
      Signature signature =
          Signature.getInstance(
              switch (privateKey.getAlgorithm()) {
                case "RSA" -> "SHA256withRSA";
                case "EC" -> "SHA256withECDSA";
                default -> privateKey.getAlgorithm();
              });
      signature.initSign(privateKey);
      signature.update(SIGNED);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(SIGNED);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // keys of two sizes, for one
    }
  }

  /** Without the key. */
  @Override
  public String toString() {
    return about();
  }
}
