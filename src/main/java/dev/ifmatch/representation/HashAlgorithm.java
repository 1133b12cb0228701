package dev.ifmatch.representation;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The hash functions that a fingerprint can be made with. */
public enum HashAlgorithm {
  SHA_256("SHA-256"),
  SHA_512("SHA-512"),
  SHA_1("SHA-1"),
  MD5("MD5"),
  /** XXH3 of 128 bits: faster than the others, but whoever wants to can make two states collide. */
  XXH3;

  @SuppressWarnings("ImmutableEnumChecker") // only ever copied
  private final Optional<MessageDigest> prototype;

  HashAlgorithm() {
    prototype = Optional.empty();
  }

  HashAlgorithm(String javaName) {
    try {
      prototype = Optional.of(MessageDigest.getInstance(javaName));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + javaName, e);
    }
  }

  /**
   * The algorithm with this name, written {@code sha-256}.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
   */
  public static HashAlgorithm of(String name) {
    return Arrays.stream(values())
        .filter(algorithm -> algorithm.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no hash '%s'; there are %s"
                        .formatted(
                            name,
                            Arrays.stream(values())
                                .map(HashAlgorithm::toString)
                                .collect(Collectors.joining(", ")))));
  }

  /** Whether it was made to withstand those who look for collisions; a salt then makes an HMAC. */
  public boolean isCryptographic() {
    return prototype.isPresent();
  }

  /** A fresh hash, keyed with the salt where there is one. */
  Hash newHash(Optional<Salt> salt) {
    if (prototype.isEmpty()) {
      Hash hash = new Xxh3Hash();
      salt.map(Salt::secret).ifPresent(secret -> hash.update(secret, 0, secret.length));
      return hash;
    }
    return salt.isPresent()
        ? new MacHash(salt.get().newMac(this))
        : new DigestHash(copyOf(prototype.get()));
  }

  /** How the platform calls the HMAC that is made with it: {@code HmacSHA256}. */
  String macName() {
    return "Hmac" + name().replace("_", "");
  }

  /** The name as it is written in options: {@code sha-256}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A copy is cheaper than asking the providers each time. */
  private static MessageDigest copyOf(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the platform's digests can be copied", e);
    }
  }
}
