package dev.ifmatch.transport.tls;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * When a certificate is accepted, and where to renew it. Immutable.
 *
 * @param section the section of the configuration that names its file, with a dot at its end
 * @param file what it was read from
 * @param subject whose it is
 * @param from when it is first accepted
 * @param to when it is last accepted
 */
record Validity(String section, Path file, String subject, Instant from, Instant to) {
  /**
   * How long before its end it is warned of at most; of one that lives shortly, in its last third.
   */
  private static final Duration LONGEST_NOTICE = Duration.ofDays(14);

  static Validity of(String section, Path file, X509Certificate certificate) {
    return new Validity(
        section,
        file,
        certificate.getSubjectX500Principal().getName(X500Principal.RFC2253),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant());
  }

  /** What keeps it from being accepted now, if anything does. */
  Optional<String> doubt(Instant now) {
    if (now.isAfter(to)) {
      return Optional.of(
          "%scertificate expired on %s (%s); renew it".formatted(section, to, subject));
    }
    return now.isBefore(from)
        ? Optional.of(
            "%scertificate is valid from %s only (%s); is the clock right?"
                .formatted(section, from, subject))
        : Optional.empty();
  }

  /** The same, or that it ends soon. */
  Optional<String> warning(Instant now) {
    return doubt(now)
        .or(
            () ->
                now.isBefore(to.minus(notice()))
                    ? Optional.empty()
                    : Optional.of(
                        ("%scertificate: the one in %s ends on %s (%s); write a renewed one there,"
                                + " which is used without a restart")
                            .formatted(section, file, to, subject)));
  }

  private Duration notice() {
    Duration third = Duration.between(from, to).dividedBy(3);
    return third.compareTo(LONGEST_NOTICE) < 0 ? third : LONGEST_NOTICE;
  }
}
