package dev.ifmatch.transport.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Reads private keys: PKCS #8, encrypted or not, and the older forms of RSA (PKCS #1) and EC (SEC
 * 1).
 *
 * @param section the section of the configuration that names the file, with a dot at its end
 * @param file where the key stands
 */
record PrivateKeys(String section, Path file) {
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
  private static final String SUFFIX = "PRIVATE KEY";

  /** 1.2.840.113549.1.1.1. */
  private static final byte[] RSA =
      Der.value(
          Der.OBJECT_IDENTIFIER,
          new byte[] {0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1});

  /** 1.2.840.10045.2.1. */
  private static final byte[] EC =
      Der.value(
          Der.OBJECT_IDENTIFIER, new byte[] {0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1});

  private static final byte[] VERSION_0 = Der.value(Der.INTEGER, new byte[1]);
  private static final int EC_PARAMETERS = 0xa0;

  /**
   * The first key of a file.
   *
   * @throws InvalidTls if there is none that can be read
   */
  PrivateKey read(byte[] content, Optional<KeyPassword> password) throws InvalidTls {
    List<Pem> blocks = Pem.blocks(content);
    Pem block =
        blocks.stream()
            .filter(pem -> pem.label().endsWith(SUFFIX))
            .findFirst()
            .orElseThrow(() -> noKey(blocks));
    if (block.hasFields()) {
      throw problem(
          "is encrypted in an outdated way; write it anew:  openssl pkcs8 -topk8 -in FILE -out NEW");
    }
    byte[] pkcs8;
    try {
      byte[] der = block.decoded();
      pkcs8 =
          switch (block.label()) {
            case "ENCRYPTED PRIVATE KEY" -> decrypted(der, password);
            case "RSA PRIVATE KEY" -> pkcs8(der, RSA, Der.value(Der.NULL));
            case "EC PRIVATE KEY" -> pkcs8(der, EC, curve(der));
            default -> der;
          };
    } catch (IllegalArgumentException e) {
      throw problem("holds a key that is damaged: " + e.getMessage());
    }
    return key(pkcs8);
  }

  private InvalidTls noKey(List<Pem> blocks) {
    return problem(
        blocks.isEmpty()
            ? "is not PEM: it has no line -----BEGIN PRIVATE KEY-----"
            : "holds no private key, but: " + blocks);
  }

  private InvalidTls problem(String what) {
    return new InvalidTls("%skey: %s %s".formatted(section, file, what));
  }

  private static byte[] pkcs8(byte[] key, byte[] algorithm, byte[] parameters) {
    return Der.value(
        Der.SEQUENCE,
        VERSION_0,
        Der.value(Der.SEQUENCE, algorithm, parameters),
        Der.value(Der.OCTET_STRING, key));
  }

  private static byte[] curve(byte[] key) {
    return Der.find(EC_PARAMETERS, key)
        .orElseThrow(() -> new IllegalArgumentException("it does not name its curve"));
  }

  private byte[] decrypted(byte[] der, Optional<KeyPassword> password) throws InvalidTls {
    if (password.isEmpty()) {
      throw problem(
          "is encrypted; set %skey-password to the variable that holds its password, e.g. ${%s}"
              .formatted(section, variable()));
    }
    EncryptedPrivateKeyInfo info;
    Cipher cipher;
    try {
      info = new EncryptedPrivateKeyInfo(der);
      cipher = Cipher.getInstance(algorithm(info));
    } catch (IOException | GeneralSecurityException e) {
      throw problem(
          "is encrypted in a way that this Java does not know; write it anew:"
              + "  openssl pkcs8 -topk8 -v2 aes-256-cbc -in FILE -out NEW");
    }
    try {
      PBEKeySpec spec = new PBEKeySpec(password.get().text().toCharArray());
      cipher.init(
          Cipher.DECRYPT_MODE,
          SecretKeyFactory.getInstance(algorithm(info)).generateSecret(spec),
          info.getAlgParameters());
      return info.getKeySpec(cipher).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new InvalidTls(
          "%skey-password does not open %s: it is not the password that the key was encrypted with"
              .formatted(section, file));
    }
  }

  /** A name for it: {@code IFMATCH_TLS_KEY_PASSWORD}. */
  private String variable() {
    return "IFMATCH_%sKEY_PASSWORD"
        .formatted(section.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"));
  }

  /** For PBES2 (RFC 8018), only the parameters tell which cipher it is. */
  private static String algorithm(EncryptedPrivateKeyInfo info) {
    AlgorithmParameters parameters = info.getAlgParameters();
    boolean pbes2 = info.getAlgName().equals("PBES2");
    return pbes2 && parameters != null ? parameters.toString() : info.getAlgName();
  }

  private PrivateKey key(byte[] pkcs8) throws InvalidTls {
    for (String algorithm : ALGORITHMS) {
      Optional<PrivateKey> key = key(algorithm, pkcs8);
      if (key.isPresent()) {
        return key.get();
      }
    }
    throw problem("holds a key that is damaged, or neither of RSA nor of EC");
  }

  private static Optional<PrivateKey> key(String algorithm, byte[] pkcs8) {
    try {
      KeyFactory factory = KeyFactory.getInstance(algorithm);
      return Optional.of(factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
    } catch (InvalidKeySpecException e) {
      return Optional.empty(); // it is a key of another kind
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
