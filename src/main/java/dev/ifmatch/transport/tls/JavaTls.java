package dev.ifmatch.transport.tls;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** What an origin's certificate must be like, for Java's own HTTP client. */
public final class JavaTls {
  private JavaTls() {}

  /**
   * A context that trusts whom the settings name. It shows no certificate.
   *
   * @throws InvalidTls if the file of authorities cannot be used; the message says what to change
   */
  public static SSLContext trusting(OriginTlsSettings settings) throws InvalidTls {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trustManagers(settings), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      if (e instanceof InvalidTls invalid) {
        throw invalid;
      }
      throw new IllegalStateException("every Java platform has TLS", e);
    }
  }

  private static TrustManager[] trustManagers(OriginTlsSettings settings)
      throws GeneralSecurityException, IOException {
    if (settings.insecure()) {
      return InsecureTrustManagerFactory.INSTANCE.getTrustManagers();
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(settings.ca().isPresent() ? store(settings) : null); // null: whom Java trusts
    return factory.getTrustManagers();
  }

  private static KeyStore store(OriginTlsSettings settings)
      throws GeneralSecurityException, IOException {
    TlsFiles files = TlsFiles.read(Set.of(settings.ca().orElseThrow()));
    List<X509Certificate> authorities =
        Credentials.certificates("origin-tls.ca", settings.ca().orElseThrow(), files);
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (X509Certificate authority : authorities) {
      store.setCertificateEntry("authority-" + store.size(), authority);
    }
    return store;
  }
}
