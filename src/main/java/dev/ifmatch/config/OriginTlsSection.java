package dev.ifmatch.config;

import dev.ifmatch.transport.tls.OriginTlsSettings;

/** {@code origin-tls}: how a backend is spoken to whose URL begins with {@code https://}. */
final class OriginTlsSection implements Section<OriginTlsSettings> {

  @Override
  public OriginTlsSettings bind(Keys in, OriginTlsSettings or) {
    return new OriginTlsSettings(
        in.get(
            "ca",
            IdentityKeys.FILE,
            or.ca(),
            "who may sign an https:// backend's certificate, a file in PEM (default: whom Java"
                + " trusts)"),
        IdentityKeys.bind(
            in,
            or.identity(),
            "the certificate for backends that ask for one, a file in PEM",
            "IFMATCH_ORIGIN_TLS_KEY_PASSWORD"),
        in.get(
            "insecure-origin",
            Scalar.flag(),
            or.insecure(),
            "an https:// backend's certificate is not checked; for trials only"),
        in.get(
            "reload-interval",
            Quantities.DURATION,
            or.reloadInterval(),
            "how often these files are looked at for changes"));
  }
}
