package dev.ifmatch.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;

/** Ends connections, in the words of TLS too where it is spoken, which is not loaded elsewhere. */
final class ChannelEnd {
  private ChannelEnd() {}

  /** Says that nothing more is sent; what comes is still read. */
  static void finishSending(DuplexChannel channel) {
    if (isTls(channel)) {
      TlsEnd.finishSending(channel);
    } else {
      channel.shutdownOutput();
    }
  }

  /**
   * Sends what was written as far as it goes at once, and resets the connection, so that nobody
   * takes what came for the whole.
   */
  static void cut(Channel channel) {
    channel.flush();
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    if (isTls(channel)) {
      TlsEnd.cut(channel);
    } else {
      channel.close();
    }
  }

  private static boolean isTls(Channel channel) {
    return channel.pipeline().context(TlsEnd.HANDLER) != null;
  }
}
