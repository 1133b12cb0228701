package dev.ifmatch.transport.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.pkitesting.X509Bundle;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms in which private keys are written down, and what is said of those that are none. */
class PrivateKeysTest {
  private static final PrivateKeys READER = new PrivateKeys("tls.", Path.of("/x/tls.key"));
  private static final X509Bundle EC = Pki.issued("CN=ec");
  private static final X509Bundle RSA = Pki.rsa("CN=rsa");

  private static PrivateKey read(String pem) throws InvalidTls {
    return READER.read(pem.getBytes(US_ASCII), Optional.empty());
  }

  private static PrivateKey read(String pem, String password) throws InvalidTls {
    return READER.read(pem.getBytes(US_ASCII), Optional.of(new KeyPassword(password)));
  }

  private static String complaint(String pem, Optional<KeyPassword> password) {
    return assertThatExceptionOfType(InvalidTls.class)
        .isThrownBy(() -> READER.read(pem.getBytes(US_ASCII), password))
        .actual()
        .getMessage();
  }

  private static String complaint(String pem) {
    return complaint(pem, Optional.empty());
  }

  @Test
  void pkcs8() throws InvalidTls {
    assertThat(read(EC.getPrivateKeyPEM())).isEqualTo(EC.getKeyPair().getPrivate());
    assertThat(read(RSA.getPrivateKeyPEM())).isEqualTo(RSA.getKeyPair().getPrivate());
  }

  @Test
  void pkcs1() throws InvalidTls {
    byte[] pkcs8 = RSA.getKeyPair().getPrivate().getEncoded();
    byte[] pkcs1 = Der.find(Der.OCTET_STRING, pkcs8).orElseThrow();
    assertThat(read(Pki.pem("RSA PRIVATE KEY", pkcs1))).isEqualTo(RSA.getKeyPair().getPrivate());
  }

  /** As openssl ecparam writes it: with the curve in a block of its own, and in the key. */
  @Test
  void sec1() throws InvalidTls {
    byte[] pkcs8 = EC.getKeyPair().getPrivate().getEncoded();
    byte[] algorithm = Der.find(Der.SEQUENCE, pkcs8).orElseThrow();
    int curveAt = algorithm[1] + 2;
    byte[] curve = Arrays.copyOfRange(algorithm, curveAt, algorithm.length);
    byte[] inner = Der.find(Der.OCTET_STRING, pkcs8).orElseThrow();
    byte[] secret = Der.find(Der.OCTET_STRING, inner).orElseThrow();
    byte[] sec1 =
        Der.value(
            Der.SEQUENCE,
            Der.value(Der.INTEGER, new byte[] {1}),
            Der.value(Der.OCTET_STRING, secret),
            Der.value(0xa0, curve));
    String pem = Pki.pem("EC PARAMETERS", curve) + Pki.pem("EC PRIVATE KEY", sec1);
    ECPrivateKey read = (ECPrivateKey) read(pem);
    ECPrivateKey own = (ECPrivateKey) EC.getKeyPair().getPrivate();
    assertThat(read.getS()).isEqualTo(own.getS());
    assertThat(read.getParams()).isEqualTo(own.getParams());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PBEWithHmacSHA256AndAES_256",
        "PBEWithHmacSHA1AndAES_128",
        "PBEWithSHA1AndDESede"
      })
  void encrypted(String algorithm) throws Exception {
    String pem = encrypted(algorithm, "hunter2");
    assertThat(read(pem, "hunter2")).isEqualTo(EC.getKeyPair().getPrivate());
  }

  private static String encrypted(String algorithm, String password) throws Exception {
    SecretKey key =
        SecretKeyFactory.getInstance(algorithm)
            .generateSecret(new PBEKeySpec(password.toCharArray()));
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(Cipher.ENCRYPT_MODE, key);
    byte[] secret = cipher.doFinal(EC.getKeyPair().getPrivate().getEncoded());
    AlgorithmParameters parameters = cipher.getParameters();
    boolean pbes2 = algorithm.contains("AES");
    EncryptedPrivateKeyInfo info =
        pbes2
            ? new EncryptedPrivateKeyInfo(named("PBES2", parameters), secret)
            : new EncryptedPrivateKeyInfo(parameters, secret);
    return Pki.pem("ENCRYPTED PRIVATE KEY", info.getEncoded());
  }

  /** The same parameters under the name that stands in the file. */
  private static AlgorithmParameters named(String name, AlgorithmParameters from) throws Exception {
    AlgorithmParameters named = AlgorithmParameters.getInstance(name);
    named.init(from.getEncoded());
    return named;
  }

  @Test
  void anEncryptedOneNeedsItsPassword() throws Exception {
    String pem = encrypted("PBEWithHmacSHA256AndAES_256", "hunter2");
    assertThat(complaint(pem))
        .startsWith("tls.key: /x/tls.key is encrypted; set tls.key-password")
        .contains("${IFMATCH_TLS_KEY_PASSWORD}");
    assertThat(complaint(pem, Optional.of(new KeyPassword("hunter3"))))
        .startsWith("tls.key-password does not open /x/tls.key")
        .doesNotContain("hunter");
  }

  @Test
  void whatIsNotOneIsNamed() {
    assertThat(complaint(""))
        .isEqualTo("tls.key: /x/tls.key is not PEM: it has no line -----BEGIN PRIVATE KEY-----");
    assertThat(complaint(EC.getCertificatePEM()))
        .contains("holds no private key, but: [CERTIFICATE]");
    assertThat(complaint(Pki.pem("PRIVATE KEY", new byte[] {1, 2}))).contains("damaged");
    assertThat(complaint(Pki.pem("EC PRIVATE KEY", new byte[] {0x30, 5, 1}))).contains("damaged");
    assertThat(complaint(EC.getPrivateKeyPEM().replace("KEY-----\r\nM", "KEY-----\r\n*")))
        .contains("damaged");
    assertThat(
            complaint(
                """
                -----BEGIN RSA PRIVATE KEY-----
                Proc-Type: 4,ENCRYPTED

                AA==
                -----END RSA PRIVATE KEY-----
                """))
        .contains("outdated")
        .contains("openssl pkcs8 -topk8");
  }
}
