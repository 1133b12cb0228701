package dev.ifmatch.representation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret that tags are made with, so that nobody else can work them out. Immutable. */
public final class Salt {
  private final byte[] secret;

  /** Keyed once, since a key costs two blocks of hashing; only ever copied. */
  private final Map<HashAlgorithm, Mac> prototypes = new EnumMap<>(HashAlgorithm.class);

  /**
   * A salt of these characters, in UTF-8.
   *
   * @throws IllegalArgumentException if there are none
   */
  public Salt(String secret) {
    if (secret.isEmpty()) {
      throw new IllegalArgumentException("the salt is empty");
    }
    this.secret = secret.getBytes(UTF_8);
    Arrays.stream(HashAlgorithm.values())
        .filter(HashAlgorithm::isCryptographic)
        .forEach(algorithm -> prototypes.put(algorithm, keyed(algorithm.macName())));
  }

  byte[] secret() {
    return secret.clone();
  }

  /** A fresh HMAC (RFC 2104) with the secret as its key, for a cryptographic algorithm. */
  Mac newMac(HashAlgorithm algorithm) {
    try {
      return (Mac) prototypes.get(algorithm).clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the platform's HMACs can be copied", e);
    }
  }

  /** Whether both have the same secret. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Salt salt && MessageDigest.isEqual(secret, salt.secret);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(secret);
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "(secret)";
  }

  private Mac keyed(String name) {
    try {
      Mac mac = Mac.getInstance(name);
      mac.init(new SecretKeySpec(secret, name));
      mac.update(new byte[0]); // has the key's block hashed here, not in every copy
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + name, e);
    }
  }
}
