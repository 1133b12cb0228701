package dev.ifmatch.transport.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;

/** What does the cryptography: BoringSSL where its native library loads, Java itself elsewhere. */
public final class TlsProvider {
  private TlsProvider() {}

  /** Counted contexts and handlers are freed when they are let go of, not by a finalizer. */
  static SslProvider best() {
    return OpenSsl.isAvailable() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK;
  }

  /** Its name: {@code boringssl} or {@code jdk}. */
  public static String name() {
    return OpenSsl.isAvailable() ? "boringssl" : "jdk";
  }
}
