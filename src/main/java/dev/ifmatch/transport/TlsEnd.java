package dev.ifmatch.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/** Ends connections of which the octets are TLS's (RFC 8446 §6.1). */
final class TlsEnd {
  /** What the handler that speaks TLS is called; a look for it by its class would load that. */
  static final String HANDLER = "tls";

  private TlsEnd() {}

  /**
   * Says that nothing more is sent, first within TLS and then below it; what comes is still read.
   */
  static void finishSending(DuplexChannel channel) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls == null) {
      channel.shutdownOutput(); // it was taken out with the connection's end
    } else {
      tls.closeOutbound().addListener(told -> channel.shutdownOutput());
    }
  }

  /** Closes without a word, so that nobody takes what was sent for the whole. */
  static void cut(Channel channel) {
    ChannelHandlerContext tls = channel.pipeline().context(SslHandler.class);
    if (tls == null) {
      channel.close();
    } else {
      tls.close(); // from below TLS, which else would say goodbye
    }
  }
}
