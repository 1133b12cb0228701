package dev.ifmatch.transport;

import io.netty.channel.Channel;

/**
 * Sets up what a client's connection passes through.
 *
 * @param proxy what the exchanges of the connection's event loop share
 */
record ClientPipeline(Proxy proxy) {

  void initialize(Channel channel) {
    RequestDecoder decoder = new RequestDecoder(proxy.settings().limits());
    channel
        .pipeline()
        .addLast(decoder)
        .addLast(new WholeMessage.AnswerEncoder())
        .addLast(new ClientHandler(proxy, decoder));
  }
}
