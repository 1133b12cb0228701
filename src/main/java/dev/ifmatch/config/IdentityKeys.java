package dev.ifmatch.config;

import dev.ifmatch.transport.tls.Identity;
import dev.ifmatch.transport.tls.KeyPassword;
import java.nio.file.Path;
import java.util.Optional;

/** The keys by which {@code tls} and {@code origin-tls} name a certificate. */
final class IdentityKeys {
  /** The name of a file. */
  static final Scalar<Optional<Path>> FILE = Scalar.file().optional();

  private IdentityKeys() {}

  /**
   * Asks for them.
   *
   * @param about what the certificate is for
   * @param variable a variable for the password
   */
  static Identity bind(Keys in, Identity or, String about, String variable) {
    SecretVariable<KeyPassword> password =
        new SecretVariable<>(
            Scalar.text(
                "PASSWORD",
                "a password of one character or more",
                KeyPassword::new,
                KeyPassword::toString),
            "a password is a secret and does not stand in this file; write the name of a variable,"
                + " e.g. ${%s}".formatted(variable));
    return new Identity(
        in.get("certificate", FILE, or.certificate(), about),
        in.get(
            "key",
            FILE,
            or.key(),
            "its private key, a file in PEM (default: it stands in the certificate's file)"),
        in.get(
            "key-password",
            password,
            or.password(),
            "what the key is encrypted with; a variable: ${%s}".formatted(variable)));
  }
}
