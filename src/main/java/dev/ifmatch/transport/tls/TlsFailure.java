package dev.ifmatch.transport.tls;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says in plain words why no TLS can be spoken with the origin, and what to set. */
public final class TlsFailure {
  private static final int DEEPEST = 20;

  private final List<Throwable> causes;

  private TlsFailure(List<Throwable> causes) {
    this.causes = causes;
  }

  /** A clause about the origin; empty where it is not TLS that failed. */
  public static Optional<String> words(Throwable thrown) {
    List<Throwable> causes = new ArrayList<>();
    Throwable cause = thrown;
    while (cause != null && causes.size() < DEEPEST) {
      causes.add(cause);
      cause = cause.getCause();
    }
    TlsFailure failure = new TlsFailure(causes);
    return failure.ofPeer().or(failure::ofCertificate).or(failure::ofAlert);
  }

  private Optional<String> ofPeer() {
    return message(NotSslRecordException.class)
        .or(() -> message(SslHandshakeTimeoutException.class))
        .map(text -> "it does not speak TLS there");
  }

  private Optional<String> ofCertificate() {
    return message(CertificateExpiredException.class)
        .map("its certificate has expired (%s): it must be renewed"::formatted)
        .or(
            () ->
                message(CertificateNotYetValidException.class)
                    .map("its certificate is not valid yet (%s): compare the clocks"::formatted))
        .or(this::ofHost)
        .or(
            () ->
                message(CertPathBuilderException.class)
                    .map(
                        text ->
                            "its certificate is signed by nobody that is trusted here: set"
                                + " --origin-tls-ca to the PEM file with the certificate of who"
                                + " signed it"));
  }

  private Optional<String> ofHost() {
    return causes.stream()
        .filter(CertificateException.class::isInstance)
        .map(cause -> String.valueOf(cause.getMessage()))
        .filter(
            text ->
                text.startsWith("No subject alternative") || text.startsWith("No name matching"))
        .findFirst()
        .map(
            text ->
                "its certificate is for another host (%s): give the backend's URL with a name that"
                        .formatted(text)
                    + " stands in the certificate");
  }

  private Optional<String> message(Class<? extends Throwable> type) {
    return causes.stream()
        .filter(type::isInstance)
        .findFirst()
        .map(cause -> String.valueOf(cause.getMessage()));
  }

  /** What the origin says itself, in the words of either of the libraries that read it. */
  private Optional<String> ofAlert() {
    String text =
        causes.stream()
            .map(cause -> String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT))
            .collect(Collectors.joining("\n"));
    if (text.contains("certificate_required")) {
      return Optional.of(
          "it wants to see a certificate: set origin-tls.certificate and origin-tls.key");
    }
    if (!text.contains("alert")) {
      return Optional.empty();
    }
    if (text.contains("protocol_version")) {
      return Optional.of("it speaks neither TLS 1.2 nor TLS 1.3");
    }
    if (text.contains("handshake_failure")) {
      return Optional.of(
          "it refused the handshake: it wants to see a certificate (origin-tls.certificate), or"
              + " knows none of our ciphers");
    }
    if (text.contains("unrecognized_name")) {
      return Optional.of("it has no host of this name: see the backend's URL");
    }
    boolean ours =
        List.of("bad_certificate", "unknown_ca", "certificate_unknown", "certificate_expired")
            .stream()
            .anyMatch(text::contains);
    return ours
        ? Optional.of("it does not accept our certificate: see origin-tls.certificate")
        : Optional.empty();
  }
}
