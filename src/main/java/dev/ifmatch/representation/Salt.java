package dev.ifmatch.representation;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A secret that tags are made with, so that nobody else can work them out. Immutable. */
public final class Salt {
  private final byte[] secret;

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
  }

  byte[] secret() {
    return secret.clone();
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "(secret)";
  }
}
