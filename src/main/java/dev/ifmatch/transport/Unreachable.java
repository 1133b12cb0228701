package dev.ifmatch.transport;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.net.ConnectException;

/** Says in plain words why no connection to the origin could be made. */
final class Unreachable {
  private Unreachable() {}

  /** A clause that can stand behind "but". */
  static String words(Origin origin, Throwable cause) {
    return "no connection to %s could be made (%s)".formatted(origin.authority(), why(cause));
  }

  private static String why(Throwable cause) {
    String text =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    if (cause instanceof ConnectTimeoutException) {
      return "it did not accept one in time";
    }
    if (cause instanceof ConnectException && text.contains("refused")) {
      return "connection refused";
    }
    if (cause instanceof NotSslRecordException || cause instanceof SslHandshakeTimeoutException) {
      return "it does not speak TLS there";
    }
    if (text.startsWith("PKIX path building failed")) {
      return "its certificate is signed by nobody that this Java trusts";
    }
    return text;
  }
}
