package dev.ifmatch.transport.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One block of a file in PEM (RFC 7468). Immutable.
 *
 * @param label what it is: {@code CERTIFICATE}
 * @param body what stands between its lines
 */
record Pem(String label, String body) {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
  private static final Pattern WHITE_SPACE = Pattern.compile("\\s");

  /** All blocks of a file, in its order; what stands between them does not count. */
  static List<Pem> blocks(byte[] file) {
    return BLOCK
        .matcher(new String(file, ISO_8859_1))
        .results()
        .map(block -> new Pem(block.group(1), block.group(2)))
        .toList();
  }

  /** Whether it is encrypted the old way, by fields in front of it (RFC 1421). */
  boolean hasFields() {
    return body.indexOf(':') >= 0;
  }

  /**
   * What it holds.
   *
   * @throws IllegalArgumentException if it is damaged
   */
  byte[] decoded() {
    return Base64.getDecoder().decode(WHITE_SPACE.matcher(body).replaceAll(""));
  }

  /** The label; what it holds may be a secret. */
  @Override
  public String toString() {
    return label;
  }
}
