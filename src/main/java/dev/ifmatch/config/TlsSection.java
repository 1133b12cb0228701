package dev.ifmatch.config;

import dev.ifmatch.transport.tls.TlsSettings;
import dev.ifmatch.transport.tls.TlsSettings.ClientAuth;
import dev.ifmatch.transport.tls.TlsVersion;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code tls}: how clients are spoken to. */
final class TlsSection implements Section<TlsSettings> {
  private static final ScalarList<TlsVersion> VERSIONS =
      new ScalarList<>(Scalar.oneOf("VERSION", versions()).orNumbers(), 1);
  private static final Scalar<ClientAuth> CLIENT_AUTH = Scalar.oneOf("WHAT", ClientAuth.values());
  private static final Scalar<Optional<String>> FIELD =
      Scalar.text(
              "FIELD",
              "the name of a header field such as X-Client-Subject",
              ProbeFields::checkedName,
              name -> name)
          .optional();

  private static Map<String, TlsVersion> versions() {
    Map<String, TlsVersion> versions = new LinkedHashMap<>();
    Arrays.stream(TlsVersion.values()).forEach(each -> versions.put(each.toString(), each));
    return versions;
  }

  @Override
  public TlsSettings bind(Keys in, TlsSettings or) {
    return new TlsSettings(
        IdentityKeys.bind(
            in,
            or.identity(),
            "https for clients: the certificate, with those that signed it, a file in PEM",
            "IFMATCH_TLS_KEY_PASSWORD"),
        in.get("versions", VERSIONS, or.versions(), "which versions of TLS clients may speak"),
        in.get(
            "client-auth",
            CLIENT_AUTH,
            or.clientAuth(),
            "require: a client must show a certificate that client-ca signed"),
        in.get(
            "client-ca",
            IdentityKeys.FILE,
            or.clientCa(),
            "the certificates of those who sign clients', a file in PEM"),
        in.get(
            "client-subject-field",
            FIELD,
            or.clientSubjectField(),
            "the request field that tells the backend the subject of the client's certificate;"
                + " what clients send in it is removed"),
        in.get(
            "handshake-timeout",
            Quantities.DURATION,
            or.handshakeTimeout(),
            "how long a client may take for the handshake; beyond it the connection ends"),
        in.get(
            "reload-interval",
            Quantities.DURATION,
            or.reloadInterval(),
            "how often these files are looked at for changes"));
  }
}
