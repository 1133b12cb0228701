package dev.ifmatch.transport;

import io.netty.channel.ChannelHandler;

/** The handler that knows what is in flight on a client's connection. */
interface ClientConnection extends ChannelHandler {

  /** Ends the connection once nothing is in flight on it: at once where nothing is. */
  void drain();
}
