package dev.ifmatch.transport.tls;

/**
 * What a private key is encrypted with. Immutable.
 *
 * @param text the password itself
 */
public record KeyPassword(String text) {

  /**
   * Checks it.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public KeyPassword {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("the password is empty");
    }
  }

  /** Never the password. */
  @Override
  public String toString() {
    return "(secret)";
  }
}
