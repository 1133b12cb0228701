package dev.ifmatch.transport;

import dev.ifmatch.transport.tls.TlsFailure;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLException;

/** Says in plain words why no connection to the origin could be made. */
final class Unreachable {
  private Unreachable() {}

  /** A clause that can stand behind "but". */
  static String words(Origin origin, Throwable cause) {
    return "no connection to %s could be made (%s)".formatted(origin.authority(), why(cause));
  }

  /** The same without saying where. */
  static String why(Throwable cause) {
    String text =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    if (cause instanceof ConnectTimeoutException) {
      return "it did not accept one in time";
    }
    if (cause instanceof ConnectException && text.contains("refused")) {
      return "connection refused";
    }
    if (cause instanceof ClosedChannelException) {
      return "it closed the connection before TLS was agreed on";
    }
    if (cause instanceof DecoderException || cause instanceof SSLException) {
      return TlsFailure.words(cause).orElse(text);
    }
    return text;
  }
}
