package dev.ifmatch.representation;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The hash functions that a fingerprint can be made with. */
public enum HashAlgorithm {
  SHA_256("SHA-256"),
  SHA_512("SHA-512"),
  SHA_1("SHA-1"),
  MD5("MD5");

  @SuppressWarnings("ImmutableEnumChecker") // only ever copied
  private final MessageDigest prototype;

  HashAlgorithm(String javaName) {
    try {
      prototype = MessageDigest.getInstance(javaName);
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

  /**
   * A fresh digest; a copy of a prototype, which is cheaper than asking the providers each time.
   */
  MessageDigest newDigest() {
    try {
      return (MessageDigest) prototype.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the platform's digests can be copied", e);
    }
  }

  /** The name as it is written in options: {@code sha-256}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
