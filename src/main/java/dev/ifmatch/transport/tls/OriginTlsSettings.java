package dev.ifmatch.transport.tls;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How an origin is spoken to whose URL begins with {@code https://}. Immutable.
 *
 * @param ca the file with the certificates of those who may sign the origin's; empty for those that
 *     this Java trusts
 * @param identity what the proxy shows to an origin that asks for a certificate
 * @param insecure whether neither the origin's certificate nor its name is checked
 * @param reloadInterval how often the files are looked at for changes
 */
public record OriginTlsSettings(
    Optional<Path> ca, Identity identity, boolean insecure, Duration reloadInterval) {

  /** What holds where nothing else is said. */
  public static final OriginTlsSettings DEFAULT =
      new OriginTlsSettings(Optional.empty(), Identity.NONE, false, Duration.ofSeconds(10));
}
