package dev.ifmatch.transport.tls;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a certificate and its key are. Immutable.
 *
 * @param certificate the file with the certificate and those that lead from it to a trusted one
 * @param key the file with its private key; empty where that stands in the certificate's file
 * @param password what the key is encrypted with
 */
public record Identity(
    Optional<Path> certificate, Optional<Path> key, Optional<KeyPassword> password) {

  /** No certificate. */
  public static final Identity NONE =
      new Identity(Optional.empty(), Optional.empty(), Optional.empty());

  /** Whether there is none. */
  boolean isEmpty() {
    return certificate.isEmpty() && key.isEmpty() && password.isEmpty();
  }

  /** The files that it is read from. */
  Set<Path> files() {
    return Stream.of(certificate, key).flatMap(Optional::stream).collect(Collectors.toSet());
  }
}
